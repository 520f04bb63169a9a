"""Print cards by whole pages: slow, plain, and the measure for every faster way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from jinja2 import TemplateError
from weasyprint.urls import FatalURLFetchingError

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards import art, checks, glyphs, qr, sheet
from sitegen.render.cards.manifest import PageRecord, page_records
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.typeset import Sizes, typeset
from sitegen.render.cards.writing import cleaned

CHUNK = 100
"""Cards laid out at once: WeasyPrint's time grows with the square of the pages."""


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF with two pages a card, in the order of the cards, and what stands where."""

    pdf: bytes
    pages: tuple[PageRecord, ...]


def print_file(design: CardDesign, cards: tuple[Card, ...], titled: str, instant: datetime) -> PrintFile:
    """Two pages (front, back) for each card, boxes exact, code in black ink only, dates from `instant` (UTC).

    Equal arguments give equal bytes. Raises CardsRefused with every card that may not be printed: a text too long
    for its slot, a character that no font has, an empty name, a customer twice, a wrong number of pages, a code too
    small to be read; and with what is wrong in the design: a missing file, a colour for screens, a slot at the edge.
    """
    cards = tuple(cleaned(card) for card in cards)
    try:
        with checks.listening() as heard:
            return _printed(prepared(design), cards, (titled, instant), heard)
    except FatalURLFetchingError as error:
        name = str(error).rpartition("design.invalid/")[2].rstrip('"')
        advice = f"put it beside card.html of '{design.name}'; a card takes nothing from elsewhere"
        raise CardsRefused(design.name, [Refused(0, "", "", f"file '{name}' is missing", advice)]) from error
    except TemplateError as error:
        advice = "card.html may use card, greeting, page(...) and slot(...)"
        raise CardsRefused(design.name, [Refused(0, "", "", f"card.html: {error}", advice)]) from error


def _printed(press: Press, cards: tuple[Card, ...], named: tuple[str, datetime], heard: list[str]) -> PrintFile:
    design = press.design
    refused = [*checks.unsafe(design), *checks.unfit(press, cards)]
    hopeless = {one.record for one in refused}
    chunks: list[bytes] = []
    sizes: Sizes = {}
    for chunk in _chunks(tuple(card for card in cards if card.record not in hopeless)):
        document, too_long = typeset(press, chunk, sizes)
        refused.extend(too_long)
        if not refused:
            chunks.append(document.write_pdf())
    if refused:
        raise CardsRefused(design.name, refused)
    with pikepdf.new() as target:
        sheet.joined(chunks, target)
        codes = tuple(qr.modules(card.link) if design.qr and card.link else () for card in cards)
        sheet.finished(design, target, art.forms(press, target), codes)
        if faults := list(_faults(design, target, heard)):
            raise CardsRefused(design.name, faults)
        return PrintFile(sheet.saved(target, *named), page_records(cards))


def _faults(design: CardDesign, target: pikepdf.Pdf, heard: list[str]) -> Iterator[Refused]:
    """What is wrong with every card alike, seen only when all is drawn."""
    for message in heard:
        yield Refused(0, "", "", f"a picture is broken: {message}", "save the picture again as SVG, PNG or JPEG")
    if strange := sorted(sheet.strange_fonts(target, glyphs.families(design))):
        advice = "name only the design's own fonts in font-family"
        yield Refused(0, "", "", f"the font '{strange[0]}' is this machine's, not the design's", advice)
    if sheet.has_rgb(target):
        advice = "write each colour as device-cmyk(...), in card.css and in the art"
        yield Refused(0, "", "", "a colour for screens (RGB) is used", advice)


def _chunks(cards: tuple[Card, ...]) -> Iterator[tuple[Card, ...]]:
    for start in range(0, len(cards), CHUNK):
        yield cards[start : start + CHUNK]
