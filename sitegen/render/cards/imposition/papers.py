"""Know the sheets of paper by the names that people use."""

from __future__ import annotations

import re
from difflib import get_close_matches

from sitegen.errors import Exit, SitegenError
from sitegen.model.print_house import Sheet

_INCH = 25.4
PAPERS = {
    "A3": (297.0, 420.0),
    "A3+": (329.0, 483.0),
    "A4": (210.0, 297.0),
    "B3": (353.0, 500.0),
    "SRA3": (320.0, 450.0),
    "SRA4": (225.0, 320.0),
    "letter": (215.9, 279.4),
    "tabloid": (279.4, 431.8),
    "12x18": (304.8, 457.2),
    "13x19": (330.2, 482.6),
}
"""Width and height in millimetres, upright: A and B by ISO 216, SRA by ISO 217, the others by ANSI and custom."""
_SMALLEST, _LARGEST = 100.0, 2000.0
"""Millimetres that a side of a sheet can have: less is inches without their unit, more is a slip."""
_FREE = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|in)?", re.IGNORECASE)


class UnknownSheet(SitegenError):
    """A sheet that nobody sells. `message` and `hint` serve whoever knows the place in a file."""

    exit_code = Exit.USAGE

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message}\nhint: {hint}")


def named_sheet(text: str) -> Sheet:
    """The sheet called `text`: a name of PAPERS in any case, or a free size: `450x320`, `450 x 320 mm`, `12.5x19in`.

    Numbers without a unit are millimetres, width first; named sheets stand upright. Raises UnknownSheet.
    """
    wanted = " ".join(text.split())
    for name, (width, height) in PAPERS.items():
        if name.lower() == wanted.lower():
            return Sheet(name, width, height)
    if size := _FREE.fullmatch(wanted):
        return _free(wanted, size)
    near = get_close_matches(wanted.lower(), [name.lower() for name in PAPERS], 1)
    known = next(name for name in PAPERS if name.lower() == near[0]) if near else ""
    names = ", ".join(PAPERS)
    hint = f"did you mean '{known}'?" if known else f"known are {names}, or write a size in millimetres: 450x320"
    raise UnknownSheet(f"unknown sheet '{wanted}'", hint)


def _free(wanted: str, size: re.Match[str]) -> Sheet:
    unit = _INCH if (size[3] or "").lower() == "in" else 1.0
    width, height = round(float(size[1]) * unit, 3), round(float(size[2]) * unit, 3)
    if min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST:
        return Sheet(wanted.replace(" ", ""), width, height)
    found = f"sheet '{wanted}' would be {width:g} x {height:g} mm"
    hint = f"write {size[1]}x{size[2]}in if these are inches" if max(width, height) < _SMALLEST else "450x320 is a size"
    raise UnknownSheet(found, f"each side is {_SMALLEST:g} to {_LARGEST:g} mm; {hint}")
