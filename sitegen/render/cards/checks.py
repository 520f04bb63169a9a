"""What makes a card or a design unfit for print before anything is set."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sitegen.model.card import Box, Card, CardDesign
from sitegen.render.cards import glyphs, qr
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.typeset import contents

_TAG = re.compile(r"<[^>]*>?")
_ALLOWED = re.compile(r"</?(?:p|strong|em)>|<br ?/?>")


def unfit(press: Press, cards: tuple[Card, ...]) -> Iterator[Refused]:
    """Duplicates, empty names, characters without a glyph, codes too small for a phone."""
    known = glyphs.printable(press.design)
    yield from _repeated(cards)
    for card in cards:
        if not card.name:
            advice = "write the customer's name into the customer file, or leave this customer out"
            yield Refused(card.record, card.customer_id, "name", "the name is empty", advice)
        yield from _tagged(card)
        yield from glyphs.missing(card, contents(press, card), known)
        yield from _too_fine(press.design, card)


def unsafe(design: CardDesign) -> Iterator[Refused]:
    """Slots that reach into the margin where the knife may cut."""
    places = [(slot.name, slot.box) for slot in design.slots]
    if design.qr:
        places.append(("qr", design.qr))
    for name, box in places:
        if not _is_safe(design, box):
            why = f"it comes nearer than {design.safe:g} mm to the edge of the card"
            yield Refused(0, "", name, why, "move the slot or make it smaller in design.yaml")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what WeasyPrint only logs: pictures that it could not read and left out."""
    heard: list[str] = []
    logger = logging.getLogger("weasyprint")
    ear = _Ear(heard)
    logger.addHandler(ear)
    try:
        yield heard
    finally:
        logger.removeHandler(ear)


class _Ear(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record.getMessage())


def _repeated(cards: tuple[Card, ...]) -> Iterator[Refused]:
    customers, records = Counter(card.customer_id for card in cards), Counter(card.record for card in cards)
    for card in cards:
        if customers[card.customer_id] > 1:
            advice = "one campaign sends one card to a customer: look for the customer twice in the plan"
            yield Refused(card.record, card.customer_id, "", "this customer has more than one card", advice)
        if records[card.record] > 1:
            advice = "number the cards of a campaign from 1, each number once"
            yield Refused(card.record, card.customer_id, "", "this record number is used twice", advice)


def _tagged(card: Card) -> Iterator[Refused]:
    """Links make annotations, pictures and styles make surprises: none of them belongs on paper."""
    strange = sorted({tag for tag in _TAG.findall(card.greeting) if not _ALLOWED.fullmatch(tag)})
    if strange:
        why = f"a card's text may not hold '{strange[0]}'"
        yield Refused(card.record, card.customer_id, "greeting", why, "use paragraphs, emphasis and line breaks only")


def _too_fine(design: CardDesign, card: Card) -> Iterator[Refused]:
    if design.qr and card.link:
        size = qr.pitch(qr.modules(card.link), design.qr.width)
        if size < qr.SMALLEST:
            why = f"the link is so long that a module of its code is {size:.2f} mm, under {qr.SMALLEST} mm"
            yield Refused(card.record, card.customer_id, "qr", why, "shorten the site's address")


def _is_safe(design: CardDesign, box: Box) -> bool:
    right, bottom = design.width - design.safe, design.height - design.safe
    fits = box.x + box.width <= right and box.y + box.height <= bottom
    return fits and box.x >= design.safe and box.y >= design.safe
