"""Show the proof's cards in one picture, as they lie on a table after the cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from PIL import Image

from sitegen.model.card import CardDesign
from sitegen.render.cards import pictures
from sitegen.render.cards.press import Press
from sitegen.render.cards.proof_picks import Pick

WIDTH = 1720
MOST = 1_000_000
"""Bytes of the PNG."""
_AREA = 82_000
"""Pixels of one side of a card, whatever its shape."""
_MARGIN, _GAP, _APART, _CAPTION, _HEAD, _TITLE = 60, 12, 52, 92, 150, 70
_ROOM = WIDTH - 2 * _MARGIN
_SHADOW = 9
_STYLE = """
html { background: #f2eee7; color: #3b342c }
p, h1, h2 { position: absolute; margin: 0; font-weight: 400; line-height: 1.15; white-space: nowrap; overflow: hidden }
h1 { font-size: 48px }
h2 { font-size: 29px; font-style: italic; color: #7a6a55 }
.note { font-size: 21px; color: #7a6a55 }
.who { font-size: 22px }
.why { font-size: 18px; font-style: italic; color: #7a6a55; white-space: normal; max-height: 42px }
"""


@dataclass(frozen=True, slots=True)
class Group:
    """The picks of one design, and the print file of their voided cards (proof.voided), in their order."""

    pdf: bytes
    picks: tuple[Pick, ...]
    design: CardDesign


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a pick lies: its left upper corner, and the height of its two sides."""

    pick: Pick
    left: int
    top: int
    width: int
    height: int


def contact_sheet(groups: Sequence[Group], title: str, press: Press) -> bytes:
    """A PNG (at most MOST bytes) with front and back of each pick, its design, record and reasons.

    `press` lends its fonts. Equal arguments make equal bytes.
    """
    rows, height = _rows(groups)
    words = [_line("h1", title, (_MARGIN, 54, _ROOM))]
    note = "Look at these before the print. Codes and links are not the customers’ own."
    words.append(_line("p.note", note, (_MARGIN, 114, _ROOM)))
    for group, top, cells in rows:
        words.append(_line("h2", group.design.title, (_MARGIN, top + 18, _ROOM)))
        words += [word for cell in cells for word in _caption(cell)]
    sheet = pictures.lettered("".join(words), _STYLE, (WIDTH, height), press)
    for group, _, cells in rows:
        _show(sheet, group, cells)
    return pictures.small_png(sheet, MOST)


def _rows(groups: Sequence[Group]) -> tuple[list[tuple[Group, int, tuple[_Cell, ...]]], int]:
    """Each group with its upper edge and its cells, and the height of the whole sheet."""
    rows, top = [], _HEAD
    for group in groups:
        cells = tuple(_cells(group, top + _TITLE))
        rows.append((group, top, cells))
        top = max((cell.top + cell.height + _CAPTION + _APART // 2 for cell in cells), default=top + _TITLE)
    return rows, top + _MARGIN // 2


def _cells(group: Group, top: int) -> Iterator[_Cell]:
    design = group.design
    height = round(sqrt(_AREA * design.height / design.width))
    width = round(height * design.width / design.height)
    pair = 2 * width + _GAP
    columns = max(1, (_ROOM + _APART) // (pair + _APART))
    for number, pick in enumerate(group.picks):
        left = _MARGIN + number % columns * (pair + _APART)
        yield _Cell(pick, left, top + number // columns * (height + _CAPTION + _APART // 2), width, height)


def _caption(cell: _Cell) -> Iterator[str]:
    below = cell.top + cell.height + 14
    room = 2 * cell.width + _GAP
    yield _line("p.who", f"card {cell.pick.card.record}", (cell.left, below, room))
    yield _line("p.why", "; ".join(cell.pick.reasons), (cell.left, below + 27, room))


def _line(kind: str, text: str, place: tuple[int, int, int]) -> str:
    """A text in its box: left, top, width. `kind` is a tag and a class."""
    tag, _, name = kind.partition(".")
    left, top, width = place
    where = f"left: {left}px; top: {top}px; width: {width}px"
    return f'<{tag} class="{name}" style="{where}">{escape(text)}</{tag}>'


def _show(sheet: Image.Image, group: Group, cells: Sequence[_Cell]) -> None:
    if not cells:
        return
    sides = pictures.cut(group.pdf, cells[0].height)
    for number, cell in enumerate(cells):
        for side in (0, 1):
            place = (cell.left + side * (cell.width + _GAP), cell.top)
            pictures.lay(sheet, sides[2 * number + side], place, _SHADOW)
