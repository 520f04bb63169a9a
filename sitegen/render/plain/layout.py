"""Set one piece of plain text: a paragraph, a heading or a table becomes lines of 72 columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from sitegen.render.plain.wrap import columns, wrap

WIDTH = 72
ROW, CELL = "\x1e", "\x1f"
"""Control characters that part the rows and cells of a table's text; no merged value can hold them."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph. Its first line starts with `first`, the others with `rest`; "\\n" in `text` breaks a line.

    `blank`: an empty line stands before it. `underline` is the heading's rule, `wrapped` False keeps long lines.
    """

    text: str
    first: str = ""
    rest: str = ""
    blank: bool = True
    underline: str = ""
    wrapped: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: cells and rows of `text` are parted by control characters; `right` says which columns lean right."""

    text: str
    right: tuple[bool, ...]
    headed: bool
    first: str = ""
    rest: str = ""
    blank: bool = True


Piece: TypeAlias = Flow | Grid


def laid(piece: Piece, said: str) -> str:
    """The piece's lines, each with its line end, saying `said` where its own text may still hold merge fields."""
    lines = _grid_lines(piece, said) if isinstance(piece, Grid) else _flow_lines(piece, said)
    if isinstance(piece, Flow) and piece.underline:
        lines.append(piece.rest + piece.underline * min(WIDTH, max(map(columns, lines)) - columns(piece.rest)))
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return f"\n{text}" if piece.blank else text


def _flow_lines(flow: Flow, said: str) -> list[str]:
    lines: list[str] = []
    for number, line in enumerate(said.split("\n")):
        first = flow.rest if number else flow.first
        lines += wrap(line, WIDTH, first, flow.rest) if flow.wrapped else [first + line]
    return lines


def _grid_lines(grid: Grid, said: str) -> list[str]:
    rows = [row.split(CELL) for row in said.split(ROW)]
    widths = [max(map(columns, column)) for column in zip_longest(*rows, fillvalue="")]
    if sum(widths) + 2 * len(widths) - 2 + columns(grid.rest) > WIDTH:
        return _stacked(grid, rows)
    right = (*grid.right, *[False] * len(widths))
    lines = [
        "  ".join(_padded(cell, width, lean) for cell, width, lean in zip(row, widths, right, strict=False))
        for row in rows
    ]
    if grid.headed:
        lines.insert(1, "  ".join("-" * width for width in widths))
    return [(grid.rest if number else grid.first) + line for number, line in enumerate(lines)]


def _stacked(grid: Grid, rows: list[list[str]]) -> list[str]:
    """A table too wide for a line: each row as "heading: cell" lines, rows parted by an empty line."""
    heads, body = (rows[0], rows[1:]) if grid.headed else ([""] * len(rows[0]), rows)
    lines: list[str] = []
    for row in body:
        lines += [""] if lines else []
        for head, cell in zip(heads, row, strict=False):
            lines += wrap(f"{head}: {cell}" if head else cell, WIDTH, grid.rest, grid.rest + "  ")
    return lines


def _padded(cell: str, width: int, right: bool) -> str:
    gap = " " * (width - columns(cell))
    return gap + cell if right else cell + gap
