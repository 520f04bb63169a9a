"""Find out how many cards lie on a sheet, and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from sitegen.errors import Exit, SitegenError
from sitegen.model.card import Side
from sitegen.model.print_house import Duplex, Sheet

MARK = 5.0
"""Millimetres: the length of a mark where there is room for all of it."""
SHORTEST = 2.5
"""Millimetres that a mark needs on each edge of the sheet, or nobody finds it when cutting."""
SLUG = 3.4
"""Millimetres that the slug line, which is as far off as the marks, needs on one pair of edges."""
GAP = 0.5
"""Millimetres between a bleed and the marks: no mark touches it."""
CLEARANCE = 1.0
"""Millimetres between a trim and its marks where there is hardly a bleed."""
SLACK = 1e-6
"""Millimetres: sizes in inches don't come out even."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one card lies on one side of a sheet, as one looks at that side.

    `x`, `y` are millimetres from the sheet's top left corner to that of the trim, which takes `width` and `height` of
    the sheet. `turn` is by how many degrees the card is turned clockwise. Rows and columns count from 0.
    """

    row: int
    column: int
    x: float
    y: float
    width: float
    height: float
    turn: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` by `rows` cards on each sheet, each `width` by `height` mm when upright, `turned` a quarter or not."""

    sheet: Sheet
    width: float
    height: float
    bleed: float
    cards: int
    columns: int
    rows: int
    turned: bool

    @property
    def capacity(self) -> int:
        """Cards on one sheet."""
        return self.columns * self.rows

    @property
    def trim(self) -> tuple[float, float]:
        """Width and height that a card takes on the sheet."""
        return (self.height, self.width) if self.turned else (self.width, self.height)

    @property
    def hull(self) -> tuple[float, float]:
        """Width and height of all trims together; their middle is the middle of the sheet."""
        (width, height), gutter = self.trim, self.sheet.gutter
        return _span(self.columns, width, gutter), _span(self.rows, height, gutter)

    @property
    def offset(self) -> float:
        """From a trim to its marks."""
        return mark_offset(self.bleed)

    @property
    def room(self) -> tuple[float, float]:
        """For marks between the bleed and the unprintable margin: at the left and right, at the top and bottom."""
        width, height = self.hull
        lost = self.sheet.margin + self.offset
        return (self.sheet.width - width) / 2 - lost, (self.sheet.height - height) / 2 - lost


class NoRoom(SitegenError):
    """Not even one card fits on the sheet; `message` says so, `hint` what to do."""

    exit_code = Exit.CARD

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message}\nhint: {hint}")


def layout(sheet: Sheet, width: float, height: float, bleed: float, count: int) -> Layout:
    """How `count` cards of `width` by `height` mm with their bleed lie on `sheet`: as many on each as fit.

    Both ways of laying the cards are tried; where they are equal the cards stay upright. The cards lie in the middle
    of the sheet, so that front and back meet, `sheet.gutter` apart, with room around for marks and slug line. Raises
    NoRoom.
    """
    grids = [grid for turned in (False, True) for grid in _grids(sheet, (width, height, bleed, count), turned=turned)]
    if not grids:
        around = sheet.margin + mark_offset(bleed) + SHORTEST
        raise NoRoom(
            f"a card of {width:g} x {height:g} mm does not fit on sheet '{sheet.name}' ({sheet.width:g} x "
            f"{sheet.height:g} mm)",
            f"choose a larger sheet; bleed, marks and the press's margin take {around:g} mm on each edge and the slug "
            f"line {SLUG - SHORTEST:.1f} mm more on two",
        )
    return max(grids, key=lambda grid: (grid.capacity, not grid.turned, grid.columns))


def spots(plan: Layout, side: Side) -> tuple[Spot, ...]:
    """The positions of a side, in the order in which the front is read. The back's lie behind the front's, in turn."""
    front = tuple(_spot(plan, row, column) for row, column in product(range(plan.rows), range(plan.columns)))
    return front if side is Side.FRONT else tuple(behind(plan, spot) for spot in front)


def behind(plan: Layout, spot: Spot) -> Spot:
    """The same place on the paper, seen from the sheet's other side; and the card's other page, upright with its first.

    Turned over like a page, left and right change places. Turned over from top to bottom, top and bottom do, and the
    card would stand on its head: so it is turned half round.
    """
    if turns_like_a_page(plan.sheet):
        x, column = plan.sheet.width - spot.x - spot.width, plan.columns - 1 - spot.column
        return Spot(spot.row, column, x, spot.y, spot.width, spot.height, -spot.turn % 360)
    y, row = plan.sheet.height - spot.y - spot.height, plan.rows - 1 - spot.row
    return Spot(row, spot.column, spot.x, y, spot.width, spot.height, (180 - spot.turn) % 360)


def turns_like_a_page(sheet: Sheet) -> bool:
    """Whether the sheet is turned over a vertical edge. An upright sheet's long edge is one, a lying sheet's is not."""
    return (sheet.duplex is Duplex.LONG_EDGE) == (sheet.height >= sheet.width)


def mark_offset(bleed: float) -> float:
    """Millimetres from a trim to its marks."""
    return max(bleed + GAP, CLEARANCE)


def _grids(sheet: Sheet, card: tuple[float, float, float, int], *, turned: bool) -> list[Layout]:
    width, height, bleed, count = card
    across, down = (height, width) if turned else (width, height)
    around = 2 * (sheet.margin + mark_offset(bleed) + SHORTEST)
    columns = _fitting(sheet.width - around, across, sheet.gutter)
    rows = _fitting(sheet.height - around, down, sheet.gutter)
    grids = (
        Layout(sheet, width, height, bleed, count, some, others, turned)
        for some, others in product(range(1, columns + 1), range(1, rows + 1))
    )
    return [grid for grid in grids if max(grid.room) > SLUG - SLACK]


def _fitting(room: float, length: float, gutter: float) -> int:
    return max(0, math.floor((room + gutter + SLACK) / (length + gutter)))


def _span(count: int, length: float, gutter: float) -> float:
    return count * length + (count - 1) * gutter


def _spot(plan: Layout, row: int, column: int) -> Spot:
    (width, height), (across, down) = plan.trim, plan.hull
    x = (plan.sheet.width - across) / 2 + column * (width + plan.sheet.gutter)
    y = (plan.sheet.height - down) / 2 + row * (height + plan.sheet.gutter)
    return Spot(row, column, x, y, width, height, 90 if plan.turned else 0)
