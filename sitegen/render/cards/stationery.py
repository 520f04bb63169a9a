"""The labels and envelopes that shops can buy, with their measures.

Labels: facts from the template database of gLabels, rounded to what the makers print on the box and centred on the
sheet as all of these are:

    Copyright (c) 2001-2009 Jim Evins

    Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
    documentation files (the "Software"), to deal in the Software without restriction, including without limitation
    the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
    to permit persons to whom the Software is furnished to do so, subject to the following conditions:

    The above copyright notice and this permission notice shall be included in all copies or substantial portions of
    the Software.

    THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
    THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
    AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
    CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
    IN THE SOFTWARE.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitegen.model.postal import Area, EnvelopeKind, LabelStock, Postboxes, SenderStyle

A4, LETTER = (210.0, 297.0), (215.9, 279.4)
_INCH = 25.4

_STOCKS = (
    LabelStock("L7159", A4, 3, 8, 63.5, 33.9, 66.04, 33.9),
    LabelStock("L7160", A4, 3, 7, 63.5, 38.1, 66.04, 38.1),
    LabelStock("L7161", A4, 3, 6, 63.5, 46.6, 66.04, 46.6),
    LabelStock("L7162", A4, 2, 8, 99.1, 33.9, 101.6, 33.9),
    LabelStock("L7163", A4, 2, 7, 99.1, 38.1, 101.6, 38.1),
    LabelStock("L7164", A4, 3, 4, 63.5, 72.0, 66.04, 72.0),
    LabelStock("L7165", A4, 2, 4, 99.1, 67.7, 101.6, 67.7),
    LabelStock("L7173", A4, 2, 5, 99.1, 57.0, 101.6, 57.0),
    # Cut without gaps, as sold everywhere in Europe and China: 24, 21 and 16 to a sheet.
    LabelStock("70x37", A4, 3, 8, 70.0, 37.0, 70.0, 37.0, margin=4.5),
    LabelStock("70x42.3", A4, 3, 7, 70.0, 42.3, 70.0, 42.3, margin=4.5),
    LabelStock("105x37", A4, 2, 8, 105.0, 37.0, 105.0, 37.0, margin=4.5),
    LabelStock("5160", LETTER, 3, 10, 2.625 * _INCH, _INCH, 2.75 * _INCH, _INCH, margin=2.0),
    LabelStock("5161", LETTER, 2, 10, 4 * _INCH, _INCH, 4.1875 * _INCH, _INCH, margin=2.0),
    LabelStock("5162", LETTER, 2, 7, 4 * _INCH, 4 / 3 * _INCH, 4.1875 * _INCH, 4 / 3 * _INCH),
    LabelStock("5163", LETTER, 2, 5, 4 * _INCH, 2 * _INCH, 4.1875 * _INCH, 2 * _INCH),
    LabelStock("5164", LETTER, 2, 3, 4 * _INCH, 10 / 3 * _INCH, 4.1875 * _INCH, 10 / 3 * _INCH),
)

_SAME = {"J8160": "L7160", "J8161": "L7161", "J8162": "L7162", "J8163": "L7163", "J8165": "L7165", "3474": "70x37",
         "8160": "5160", "5260": "5160", "8161": "5161", "8162": "5162", "8163": "5163", "8164": "5164"}  # fmt: skip

LABELS: Mapping[str, LabelStock] = MappingProxyType(
    {stock.name: stock for stock in _STOCKS}
    | {name: next(stock for stock in _STOCKS if stock.name == like) for name, like in _SAME.items()}
)
"""Sheets of labels by the number on the box: Avery and what is cut alike."""


def _german(name: str, width: float, height: float, address: Area) -> EnvelopeKind:
    """An envelope without a window. Deutsche Post: 74 x 40 mm for the stamp, 15 mm above the lower edge for the code,
    the address 15 mm from both sides and more than 40 mm below the upper edge."""
    sender = Area("sender", 12, 9, width - 74 - 17, 27)
    empty = (Area("stamp", width - 74, 0, 74, 40), Area("code", max(width - 150, 0), height - 15, 150, 15))
    return EnvelopeKind(name, width, height, address, sender, SenderStyle.BLOCK, empty)


def _letter(name: str, top: float, folds: tuple[float, ...]) -> EnvelopeKind:
    """A letter after DIN 5008: an address field of 85 x 45 mm, 20 mm from the left; its upper 17.7 mm are for the
    sender and notes, the rest for the address. Marks show where it is folded and holed."""
    sender = Area("sender", 25, top + 12.7, 80, 5)
    return EnvelopeKind(
        name, *A4, Area("address", 25, top + 17.7, 80, 27.3), sender, SenderStyle.LINE, (), None, (*folds, 148.5)
    )


def _insert(name: str, envelope: tuple[float, float], bottom: float, paper: tuple[float, float]) -> EnvelopeKind:
    """Paper behind a window of 90 x 45 mm, 20 mm from the left and `bottom` from the lower edge (DIN 680).

    What it says stands where the window shows it, however the paper slides: it may lie anywhere in the envelope.
    """
    slack_x, slack_y = envelope[0] - paper[0], envelope[1] - paper[1]
    left, top = 20.0, envelope[1] - bottom - 45
    window = Area("window", left, top, 90 - slack_x, 45 - slack_y)
    clear = 3.0
    x, width = window.x + clear, window.width - 2 * clear
    sender = Area("sender", x, window.y + 1, width, 4.5)
    address = Area("address", x, window.y + 8, width, window.height - 8 - clear)
    return EnvelopeKind(name, *paper, address, sender, SenderStyle.LINE, sizes=(11.0, 10.0, 9.0))


def _american(name: str, width: float, height: float) -> EnvelopeKind:
    """USPS, DMM 202: the address between 5/8 and 2 3/4 inches above the lower edge and half an inch from both sides,
    4 3/4 x 5/8 inches at the lower right empty for the barcode."""
    width, height = width * _INCH, height * _INCH
    left = round(width * 0.42, 1)
    read = Area("address", left, height - 2.75 * _INCH + 4, width - left - _INCH / 2, 2.125 * _INCH - 8)
    code = Area("barcode", width - 4.75 * _INCH, height - 0.625 * _INCH, 4.75 * _INCH, 0.625 * _INCH)
    stamp = Area("stamp", width - 1.625 * _INCH, 0, 1.625 * _INCH, 1.375 * _INCH)
    sender = Area("sender", 9.5, 9, left, height - 2.75 * _INCH - 9 if height < 5 * _INCH else 27)
    return EnvelopeKind(name, width, height, read, sender, SenderStyle.BLOCK, (code, stamp))


def _chinese(name: str, width: float, height: float) -> EnvelopeKind:
    """GB/T 1416-2003: six boxes for the postcode at the upper left, in 90 x 26 mm that hold nothing else; the stamp at
    the upper right; 20 mm above the lower edge empty for the code, from 55 to 160 mm from the right edge. The size of
    the boxes within their zone is our own choice."""
    left = round(width * 0.16, 1)
    top = max(34.0, round(height * 0.37, 1))
    address = Area("address", left, top, width - left - 22, min(height - top - 42, 46))
    sender = Area("sender", width - 112, height - 38, 100, 15)
    edge = min(160.0, width)
    code = Area("code", width - edge, height - 20, edge - 55, 20)
    empty = (Area("stamp", width - 34, 0, 34, 32), Area("postcode", 0, 0, 90, 26), code)
    boxes = Postboxes(12, 10, 7, 9, 10)
    return EnvelopeKind(
        name, width, height, address, sender, SenderStyle.CHINESE, empty, boxes, sizes=(15.0, 14.0, 13.0, 12.0, 11.0)
    )


_KINDS = (
    _german("din-c6", 162, 114, Area("address", 66, 47, 81, 44)),
    _german("din-dl", 220, 110, Area("address", 104, 46, 101, 42)),
    _german("din-c5", 229, 162, Area("address", 108, 78, 106, 58)),
    _letter("din-5008-a", 27, (87, 192)),
    _letter("din-5008-b", 45, (105, 210)),
    _insert("c6-window", (162, 114), 15, (148, 105)),
    _insert("dl-window", (220, 110), 15, (210, 105)),
    _insert("c5-window", (229, 162), 60, (210, 148)),
    _american("us-10", 9.5, 4.125),
    _american("us-a7", 7.25, 5.25),
    _american("us-6x9", 9, 6),
    _chinese("cn-b6", 176, 125),
    _chinese("cn-dl", 220, 110),
    _chinese("cn-zl", 230, 120),
    _chinese("cn-c5", 229, 162),
)

ENVELOPES: Mapping[str, EnvelopeKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""Envelopes, and papers for envelopes with a window, by name."""
