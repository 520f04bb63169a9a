"""Draw where to cut and where to fold: outside the trim and outside every bleed, in all inks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import Axis, Fold, Side
from sitegen.render.cards.imposition.layout import MARK, Layout, Spot, mark_offset, spots, turns_like_a_page
from sitegen.render.cards.sheet import POINTS

Interval: TypeAlias = tuple[float, float]
_THIN = 0.25 / POINTS
"""A quarter of a point, in millimetres."""
_LEAST = 1.0
"""Millimetres: a shorter mark between two cards helps nobody."""
_DASHES = "[1.2 0.7] 0 d"
_TARGET_FROM_TRIM = 8.0
_ROUND = 0.5523
"""Where the handles of a Bézier curve stand that draws a quarter of a circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The trims of a page or sheet as columns and rows, and how far off and how long their marks may be, in mm.

    `room` is what marks may take around all of it: at the left and right, at the top and bottom.
    """

    columns: tuple[Interval, ...]
    rows: tuple[Interval, ...]
    offset: float
    room: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Folds:
    """Where folds meet the edges: x of the vertical ones, y of the horizontal ones, in mm."""

    across: tuple[float, ...] = ()
    down: tuple[float, ...] = ()


def frame(plan: Layout) -> Frame:
    """The frame of a sheet; both sides have the same, since the cards lie in its middle."""
    places = spots(plan, Side.FRONT)
    columns = tuple((spot.x, spot.x + spot.width) for spot in places[: plan.columns])
    rows = tuple((spot.y, spot.y + spot.height) for spot in places[:: plan.columns])
    return Frame(columns, rows, plan.offset, (min(MARK, plan.room[0]), min(MARK, plan.room[1])))


def sheet_marks(plan: Layout, side: Side, fold: Fold | None) -> bytes:
    """Operators for one side of a sheet, in mm from its top left corner, y down: crop marks, folds, targets.

    They need the colour of `registration` as colour space All.
    """
    around, drawn = frame(plan), b""
    if plan.sheet.registration:
        drawn = b"".join(_target(*place, 0.4 * min(around.room)) for place in targets(plan, side))
    return _in_all_inks(_lines(_crop(around)) + drawn + _dashed(_fold(around, sheet_folds(plan, side, fold))))


def fold_marks(size: tuple[float, float], bleed: float, fold: Fold, start: float) -> bytes:
    """The fold marks of a single page, whose trim of `size` mm begins `start` mm from its left and bottom edges.

    Operators in points, y up; they need the colour of `registration` as colour space All. The fold is the page's own:
    see `inside`.
    """
    width, height = size
    around = Frame(((0.0, width),), ((0.0, height),), mark_offset(bleed), (MARK, MARK))
    folds = Folds(across=(fold.at,)) if fold.axis is Axis.VERTICAL else Folds(down=(fold.at,))
    matrix = f"{POINTS:.6f} 0 0 {-POINTS:.6f} {start * POINTS:.4f} {(start + height) * POINTS:.4f}"
    return f"q {matrix} cm\n".encode() + _in_all_inks(_dashed(_fold(around, folds))) + b"Q\n"


def inside(fold: Fold, width: float) -> Fold:
    """The same fold seen from the card's other page: cards are turned over like the page of a book."""
    return Fold(fold.axis, width - fold.at) if fold.axis is Axis.VERTICAL else fold


def registration(target: pikepdf.Pdf) -> pikepdf.Object:
    """The colour space that prints on every plate (PDF 1.6, 8.6.6.4: Separation All)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return target.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, target.make_indirect(tint)]))


def sheet_folds(plan: Layout, side: Side, fold: Fold | None) -> Folds:
    """The folds of all cards on one side of a sheet."""
    if fold is None:
        return Folds()
    own = fold if side is Side.FRONT else inside(fold, plan.width)
    along = {_fold_at(spot, own) for spot in spots(plan, side)}
    is_across = (own.axis is Axis.VERTICAL) != plan.turned
    return Folds(across=tuple(sorted(along))) if is_across else Folds(down=tuple(sorted(along)))


def targets(plan: Layout, side: Side) -> tuple[tuple[float, float], ...]:
    """The middles of the registration targets on one side: on each edge one, at the same places of the paper."""
    around, (width, height) = frame(plan), (plan.sheet.width, plan.sheet.height)
    far = around.offset + min(around.room) / 2
    x, y = around.columns[0][0] + _TARGET_FROM_TRIM, around.rows[0][0] + _TARGET_FROM_TRIM
    top, bottom = around.rows[0][0] - far, around.rows[-1][1] + far
    left, right = around.columns[0][0] - far, around.columns[-1][1] + far
    front = ((x, top), (x, bottom), (left, y), (right, y))
    if side is Side.FRONT:
        return front
    if turns_like_a_page(plan.sheet):
        return tuple((width - across, down) for across, down in front)
    return tuple((across, height - down) for across, down in front)


def _fold_at(spot: Spot, fold: Fold) -> float:
    """Where the fold of the card at that spot meets the sheet's x (or y) axis."""
    is_across = (fold.axis is Axis.VERTICAL) == (spot.turn in {0, 180})
    start, length = (spot.x, spot.width) if is_across else (spot.y, spot.height)
    # Turned clockwise, a card's left edge comes to the top, its top to the right.
    backwards = {180} | ({270} if fold.axis is Axis.VERTICAL else {90})
    return round(start + length - fold.at if spot.turn in backwards else start + fold.at, 4)


def _crop(around: Frame) -> Iterator[tuple[float, float, float, float]]:
    columns = tuple(edge for column in around.columns for edge in column)
    rows = tuple(edge for row in around.rows for edge in row)
    return _fold(around, Folds(columns, rows))


def _fold(around: Frame, lines: Folds) -> Iterator[tuple[float, float, float, float]]:
    """The pieces (x, y, x, y) of each line that lie in no trim and no bleed."""
    for x in dict.fromkeys(lines.across):
        for top, bottom in _gaps(around.rows, around.offset, around.room[1]):
            yield x, top, x, bottom
    for y in dict.fromkeys(lines.down):
        for left, right in _gaps(around.columns, around.offset, around.room[0]):
            yield left, y, right, y


def _gaps(trims: tuple[Interval, ...], offset: float, room: float) -> Iterator[Interval]:
    """Where marks may be along one axis: before the first trim, between two, and behind the last."""
    yield trims[0][0] - offset - room, trims[0][0] - offset
    for (_, end), (start, _) in pairwise(trims):
        low, high = end + offset, start - offset
        if high - low > 2 * MARK:
            yield low, low + MARK
            yield high - MARK, high
        elif high - low >= _LEAST:
            yield low, high
    yield trims[-1][1] + offset, trims[-1][1] + offset + room


def _lines(lines: Iterable[tuple[float, float, float, float]]) -> bytes:
    return "".join(f"{a:.4f} {b:.4f} m {c:.4f} {d:.4f} l\n" for a, b, c, d in lines).encode() + b"S\n"


def _dashed(lines: Iterable[tuple[float, float, float, float]]) -> bytes:
    found = tuple(lines)
    return f"{_DASHES}\n".encode() + _lines(found) if found else b""


def _target(x: float, y: float, half: float) -> bytes:
    """A circle in a cross."""
    radius = 0.6 * half
    handle = radius * _ROUND
    start = f"{x + radius:.4f} {y:.4f} m\n"
    quarters = "".join(
        f"{x + a * radius - b * handle:.4f} {y + b * radius + a * handle:.4f} "
        f"{x + a * handle - b * radius:.4f} {y + b * handle + a * radius:.4f} "
        f"{x - b * radius:.4f} {y + a * radius:.4f} c\n"
        for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1))
    )
    return f"{start}{quarters}".encode() + _lines(((x - half, y, x + half, y), (x, y - half, x, y + half)))


def _in_all_inks(drawn: bytes) -> bytes:
    return f"q /All CS 1 SCN {_THIN:.5f} w\n".encode() + drawn + b"Q\n"
