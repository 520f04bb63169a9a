"""What a print house wants of its files, and the paper that cards are imposed on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Duplex(StrEnum):
    """Over which edge a sheet is turned for its back: the cards there are mirrored accordingly."""

    LONG_EDGE = "long-edge"
    SHORT_EDGE = "short-edge"


class Order(StrEnum):
    """How records lie on sheets: so that cut stacks pile up in order, or one sheet after the other."""

    CUT_AND_STACK = "cut-and-stack"
    BY_SHEET = "by-sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper that several cards lie on. Lengths are millimetres.

    `margin` is the strip on every edge that the press cannot print; `gutter` lies between the trims of two cards, for
    bleed and marks. `lift` is the number of sheets that are cut at once; 0 for all of them. `registration`: targets
    that show whether front and back, and the inks, lie on each other.
    """

    name: str
    width: float
    height: float
    margin: float = 5.0
    gutter: float = 10.0
    duplex: Duplex = Duplex.LONG_EDGE
    order: Order = Order.CUT_AND_STACK
    lift: int = 500
    registration: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """The printing condition that the inks are meant for.

    `identifier` is its name in the registry (`registry`, a URL), "FOGRA39"; `condition` says it in words; `profile`
    is the ICC profile of that condition (CMYK, device class prtr).
    """

    identifier: str
    condition: str
    registry: str
    profile: bytes


@dataclass(frozen=True, slots=True)
class PrintHouse:
    """What the files of one print house must look like.

    `bleed` in millimetres; `marks`: crop marks on every page, outside the bleed; `records`: cards in one file;
    `variable`: PDF/VT-1 document parts, one for each record; `sheet` is None where the print house imposes itself;
    `ink` is the most ink that its paper takes, in percent of the four together.
    """

    name: str
    title: str
    bleed: float
    marks: bool
    records: int
    variable: bool
    intent: Intent
    ink: float = 300.0
    sheet: Sheet | None = None


NOBODY = PrintHouse("", "", 3.0, False, 500, False, Intent("", "", "", b""))
"""Who prints where no file was read: a stand-in, whose empty profile no print file may carry."""
