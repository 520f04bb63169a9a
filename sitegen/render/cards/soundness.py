"""Tell what is wrong with a design itself while something of it is drawn."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import TemplateError
from weasyprint.urls import FatalURLFetchingError

from sitegen.model.card import CardDesign
from sitegen.render.cards.refusal import CardsRefused, Refused


@contextmanager
def sound(design: CardDesign) -> Iterator[None]:
    """Raises CardsRefused for what is wrong with card.html or a file of the design while something is drawn.

    WeasyPrint only logs pictures that it could not read, and leaves them out.
    """
    heard: list[str] = []
    logger = logging.getLogger("weasyprint")
    ear = _Ear(heard)
    logger.addHandler(ear)
    try:
        yield
    except FatalURLFetchingError as error:
        name = str(error).rpartition("design.invalid/")[2].rstrip('"')
        advice = f"put it beside card.html of '{design.name}'; a card takes nothing from elsewhere"
        raise CardsRefused(design.name, [Refused(0, "", "", f"file '{name}' is missing", advice)]) from error
    except TemplateError as error:
        advice = "card.html may use card, greeting, page(...) and slot(...)"
        raise CardsRefused(design.name, [Refused(0, "", "", f"card.html: {error}", advice)]) from error
    finally:
        logger.removeHandler(ear)
    if heard:
        advice = "save the picture again as SVG, PNG or JPEG"
        broken = [Refused(0, "", "", f"a picture is broken: {message}", advice) for message in heard]
        raise CardsRefused(design.name, broken)


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())
