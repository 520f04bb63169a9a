"""A pressroom in memory: print files that show their records, sheets as pixels, and a knife."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name

from sitegen.model.print_house import Duplex, Sheet
from sitegen.render.cards.imposition.layout import Spot

Pixels = NDArray[np.uint8]
POINTS = 72 / 25.4
FINE = 4
"""Pixels in a millimetre."""
_SCALE = FINE / POINTS * (1 - 1e-6)
"""A little less, or rounding adds a pixel and stretches the page over it."""


def print_file(cards: int, width: float, height: float, bleed: float) -> bytes:
    """Two pages a card: a ground of its own colour over the bleed, a black corner at the top left, bars that count."""
    with pikepdf.new() as target:
        shared = target.make_indirect(
            Dictionary(XObject=Dictionary(Art=_form(target, b"0 0 0 1 k 0 0 9 9 re f"), Waste=_waste(target)))
        )
        for page in range(2 * cards):
            content = target.make_stream(_page(page, width, height, bleed))
            across, up = ((length + 2 * bleed) * POINTS for length in (width, height))
            low, right, top = bleed * POINTS, (bleed + width) * POINTS, (bleed + height) * POINTS
            box = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, across, up]), BleedBox=Array([0, 0, across, up]),
                             TrimBox=Array([low, low, right, top]), Resources=shared, Contents=content)  # fmt: skip
            target.pages.append(pikepdf.Page(box))
        written = BytesIO()
        target.save(written, deterministic_id=True)
        return written.getvalue()


def drawn(pdf: bytes) -> tuple[Pixels, ...]:
    """Every page, FINE pixels a millimetre, with the colours red, green and blue."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.render(scale=_SCALE).to_numpy()[:, :, ::-1].copy() for page in document)
    finally:
        document.close()


def cut_cards(sheet: Sheet, front: Pixels, back: Pixels, places: tuple[Spot, ...]) -> Iterator[tuple[Pixels, Pixels]]:
    """Print both sides of one paper, cut it at the front's places, and look at each card: its front, then its back.

    The back is printed on the other side of the paper, which the press turns over its long or short edge. A card in
    the hand is turned upright, and then over, like the page of a book.
    """
    over_a_vertical_edge = (sheet.duplex is Duplex.LONG_EDGE) == (sheet.height >= sheet.width)
    through = np.fliplr(back) if over_a_vertical_edge else np.flipud(back)
    for spot in places:
        rows = slice(round(spot.y * FINE), round((spot.y + spot.height) * FINE))
        columns = slice(round(spot.x * FINE), round((spot.x + spot.width) * FINE))
        # numpy turns counterclockwise, the spot says clockwise: this turns it back.
        upright, behind = (np.rot90(side[rows, columns], spot.turn // 90) for side in (front, through))
        yield upright, np.fliplr(behind)


def trimmed(page: Pixels, bleed: float) -> Pixels:
    """A page of the print file without its bleed."""
    cut = round(bleed * FINE)
    return page[cut : page.shape[0] - cut, cut : page.shape[1] - cut]


def same(one: Pixels, other: Pixels) -> bool:
    """Whether two cuttings show the same, but for a few soft pixels along edges."""
    if one.shape != other.shape:
        return False
    return bool((np.abs(one.astype(int) - other).max(axis=2) > 60).mean() < 0.002)


def _page(page: int, width: float, height: float, bleed: float) -> bytes:
    card, is_back = divmod(page, 2)
    across, up = width + 2 * bleed, height + 2 * bleed
    ground = f"{0.15 + 0.5 * is_back} {0.1 * (card % 5)} {0.4 - 0.3 * is_back} 0 k 0 0 {across} {up} re f"
    corner = f"0 0 0 1 k {bleed} {bleed + height - 6} 9 6 re f"
    bars = " ".join(f"{bleed + 4 + 3 * (bit % 8)} {bleed + 4 + 8 * (bit // 8)} 2.5 6 re" for bit in range(card + 1))
    return f"{POINTS} 0 0 {POINTS} 0 0 cm {ground} {corner} 0 0 0 0 k {bars} f".encode()


def _form(target: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    return target.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))


def _waste(target: pikepdf.Pdf) -> pikepdf.Object:
    """Art of 40 kB that does not compress, as pictures are."""
    noise = np.random.default_rng(1).integers(0, 256, 40_000, dtype=np.uint8).tobytes()
    return target.make_stream(
        noise, Type=Name.XObject, Subtype=Name.Image, Width=200, Height=200, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )  # fmt: skip
