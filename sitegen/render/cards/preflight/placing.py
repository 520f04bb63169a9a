"""Reckon where things come to stand on a page."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Any

from pikepdf import Matrix

from sitegen.render.cards.preflight.finding import Edges


def matrix_of(operands: Sequence[Any]) -> Matrix:
    """The matrix of six operands. Raises ValueError where there are more or fewer."""
    first, second, third, fourth, fifth, sixth = (float(value) for value in operands)
    return Matrix(first, second, third, fourth, fifth, sixth)


def union(one: Edges, other: Edges) -> Edges:
    """The smallest box around both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def outline(matrix: Matrix, box: Edges) -> Edges:
    """The box around a box that was moved, turned or stretched."""
    corners = [matrix.transform((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def thinnest(matrix: Matrix) -> float:
    """What becomes of a length of 1 in the direction in which it shrinks most."""
    return min(hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d))


def within(inner: Edges, outer: Edges, slack: float = 0.0) -> bool:
    """Whether a box lies inside another one, or reaches out by no more than `slack`."""
    low = inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack
    return low and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack


def touches(one: Edges, other: Edges) -> bool:
    """Whether two boxes have an area in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def inset(box: Edges, by: float) -> Edges:
    """The box, smaller by `by` on every side."""
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by
