"""Look whether anything prints where the post wants bare paper."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]

from sitegen.model.card import Side
from sitegen.render.cards.boxes import POINTS
from sitegen.render.cards.preflight.finding import Edges, Finding, Measures, Severity

_SCALE = 2.0
"""Pixels to the point: the thinnest line that prints still greys one."""
_PAPER = 250


def printed_zones(pdf: bytes, measures: Measures) -> Iterator[Finding]:
    """An error for each clear zone with ink in it, however it was drawn: the page is drawn and looked at."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            side = tuple(Side)[number % measures.sides]
            zones = [box for box in measures.clear if box.side is side]
            page = document[number]
            trim = page.get_trimbox()
            for box in zones:
                left, top = trim[0] + box.x * POINTS, trim[3] - box.y * POINTS
                edges = (left, top - box.height * POINTS, left + box.width * POINTS, top)
                if _has_ink(page, edges):
                    message = "something prints in an area that the post keeps for itself"
                    yield Finding("clear-zone", Severity.ERROR, number + 1, edges, "page", message, "leave it empty")
    finally:
        document.close()


def _has_ink(page: pypdfium2.PdfPage, edges: Edges) -> bool:
    left, bottom, right, top = page.get_mediabox()
    crop = (edges[0] - left, edges[1] - bottom, right - edges[2], top - edges[3])
    shown = page.render(scale=_SCALE, crop=tuple(max(side, 0) for side in crop)).to_pil()
    darkest, _ = shown.convert("L").getextrema()
    return bool(darkest < _PAPER)
