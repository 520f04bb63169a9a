"""Print the cards of one file: check them, set them by the engine that suits the design, and finish the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pikepdf

from sitegen.model.card import Card, Fold
from sitegen.model.print_house import PrintHouse, Sheet
from sitegen.render.cards import boxes, checks, fast, reference, sheet, standard
from sitegen.render.cards.imposition.imposed import imposed_into
from sitegen.render.cards.imposition.layout import NoRoom
from sitegen.render.cards.imposition.slug import Slug
from sitegen.render.cards.manifest import PageRecord, page_records
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.soundness import sound
from sitegen.render.cards.writing import cleaned
from sitegen.render.cards.written import Written, written


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a print file says of itself: for which house, of which campaign, when (UTC)."""

    house: PrintHouse
    campaign: str
    title: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF with two pages a card, in the order of the cards, and what stands where."""

    pdf: bytes
    pages: tuple[PageRecord, ...]


def print_file(press: Press, plate: Plate, cards: Sequence[Card], imprint: Imprint) -> PrintFile:
    """Two pages (front, back) for each card, boxes exact, texts and code in black ink only. Equal arguments give
    equal bytes.

    Raises CardsRefused with every card that may not be printed: a text too long for its slot, a character that no
    font has, an empty name, a customer twice, a wrong number of pages, a code too small to be read; and with what is
    wrong in the design: a missing file, a colour for screens, a slot at the edge.
    """
    design = press.design
    with sound(design):
        made = tuple(written(press, cleaned(card)) for card in cards)
        refused = [*checks.unsafe(design), *checks.unfit(design, press.known, made)]
        hopeless = {one.record for one in refused}
        engine = reference.pages if plate.way is Way.PAGES else fast.pages
        target, too_long = engine(press, plate, [one for one in made if one.card.record not in hopeless])
        with target:
            refused += too_long
            refused += _faults(press, target, plate.way, made)
            if refused:
                raise CardsRefused(design.name, refused)
            sheet.retag(target)
            boxes.boxed(target, boxes.design_boxes(design, imprint.house))
            parts = tuple(_part(one.card, number, imprint) for number, one in enumerate(made))
            pdf = standard.conformed(target, imprint.house, imprint.title, imprint.instant, parts)
    return PrintFile(pdf, page_records(tuple(one.card for one in made)))


def _faults(press: Press, target: pikepdf.Pdf, way: Way, cards: Sequence[Written]) -> Iterator[Refused]:
    """What is seen only when all is drawn."""
    if strange := sheet.strange_fonts(target, press.families):
        yield from _strange(press, cards, sorted(strange), sheet.letters_in(target, strange))
    # The fast engine writes the pages' own streams itself, in black and CMYK.
    if sheet.has_rgb(target, in_pages=way is Way.PAGES):
        advice = "write each colour as device-cmyk(...), in card.css and in the art"
        yield Refused(0, "", "", "a colour for screens (RGB) is used", advice)


def _strange(
    press: Press, cards: Sequence[Written], fonts: Sequence[str], letters: frozenset[str]
) -> Iterator[Refused]:
    """The texts with letters that only a font of this machine has, since the slot names others of the design's fonts
    than the one that knows them; or every card, where a font of this machine shows what each text is made of."""
    rare = not any(letter.isascii() and letter.isalnum() for letter in letters)
    found = tuple(checks.unknown(press.known - letters, cards)) if rare else ()
    advice = "name only the design's own fonts in font-family"
    yield from found or (Refused(0, "", "", f"the font '{fonts[0]}' is this machine's, not the design's", advice),)


def _part(card: Card, number: int, imprint: Imprint) -> standard.Part:
    customer = sha256(f"{imprint.campaign}\x1f{card.customer_id}".encode()).hexdigest()[:32]
    return standard.Part(card.record, 2 * number, 2, customer, imprint.campaign, card.language)


def sheet_file(pdf: bytes, sheet: Sheet, about: Slug, fold: Fold | None, imprint: Imprint) -> bytes:
    """The sheets of a print file, imposed and finished. Raises CardsRefused where no card fits on the sheet."""
    with pikepdf.open(BytesIO(pdf)) as source:
        try:
            target = imposed_into(source, sheet, about, fold)
        except NoRoom as error:
            raise CardsRefused(sheet.name, [Refused(0, "", "", error.message, error.hint)]) from error
        return standard.conformed(target, imprint.house, imprint.title, imprint.instant)


def finished(pdf: bytes, imprint: Imprint) -> bytes:
    """Labels or envelopes, finished as print files are; their pages are no records."""
    with pikepdf.open(BytesIO(pdf)) as target:
        return standard.conformed(target, imprint.house, imprint.title, imprint.instant)
