"""Read finished paper back: where text stands, and where there is ink at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pypdfium2  # type: ignore[import-untyped]

from sitegen.model.postal import Area

MILLIMETRES = 25.4 / 72
DOTS = 8
"""Pixels to a millimetre when paper is looked at."""


def texts(pdf: bytes, page: int = 0) -> Iterator[tuple[str, Area]]:
    """Each line on a page with the rectangle that its ink fills."""
    opened = pypdfium2.PdfDocument(pdf)[page]
    height, read = opened.get_height(), opened.get_textpage()
    signs = [(read.get_text_range(number, 1), read.get_charbox(number)) for number in range(read.count_chars())]
    for broken, line in groupby(signs, key=lambda sign: sign[0] in "\r\n"):
        if not broken:
            written = list(line)
            boxes = [box for sign, box in written if sign.strip()]
            left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
            bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
            text = "".join(sign for sign, _ in written).strip()
            places = (left, height - top, right - left, top - bottom)
            yield text, Area(text, *(length * MILLIMETRES for length in places))


def words(pdf: bytes, page: int = 0) -> list[str]:
    """The lines of a page as they are read."""
    return [text for text, _ in texts(pdf, page)]


def inked(pdf: bytes, area: Area, page: int = 0) -> bool:
    """Whether anything is drawn in an area."""
    drawn = pypdfium2.PdfDocument(pdf)[page].render(scale=DOTS * MILLIMETRES, grayscale=True).to_numpy()
    top, bottom = round(area.y * DOTS), round((area.y + area.height) * DOTS)
    left, right = round(area.x * DOTS), round((area.x + area.width) * DOTS)
    return bool(np.any(drawn[top:bottom, left:right] < 250))
