"""Set cards by whole pages: slow, plain, and the measure for every faster way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf

from sitegen.render.cards import art, qr, sheet
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.typeset import Sizes, typeset
from sitegen.render.cards.written import Written

CHUNK = 100
"""Cards laid out at once: WeasyPrint's time grows with the square of the pages."""


def pages(press: Press, plate: Plate, cards: Sequence[Written]) -> tuple[pikepdf.Pdf, list[Refused]]:
    """Two pages for each card, and a refusal for each text that is too long even in its smallest size."""
    design = press.design
    refused: list[Refused] = []
    chunks: list[bytes] = []
    sizes: Sizes = {}
    for chunk in _chunks(cards):
        document, too_long = typeset(press, chunk, sizes)
        refused.extend(too_long)
        chunks.append(document.write_pdf())
    target = pikepdf.new()
    sheet.joined(chunks, target)
    codes = tuple(qr.modules(made.card.link) if design.qr and made.card.link else () for made in cards)
    with art.forms(design, plate.art, target) as forms:
        sheet.finished(design, target, forms, codes)
    return target, refused


def _chunks(cards: Sequence[Written]) -> Iterator[tuple[Written, ...]]:
    for start in range(0, len(cards), CHUNK):
        yield tuple(cards[start : start + CHUNK])
