"""Read from a laid-out page where the lines of each piece came to stand.

WeasyPrint's public API tells the place of boxes that have an id only, at half the price of the layout again; so this
module and lines, alone, look at its boxes. `compile.plate` compares every design with the reference engine before
anything relies on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

Box: TypeAlias = Any
"""A box of WeasyPrint, which has no types."""

PIECE = "data-piece"
"""The attribute that numbers the pieces of a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. CSS pixels: `left` from the page's left edge, `baseline` down from the line's own top."""

    left: float
    width: float
    height: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one piece, the first of which starts at `top`, and the `height` of its text with all margins.

    CSS pixels, from the page's top edge.
    """

    top: float
    height: float
    lines: tuple[Line, ...]


def pieces(page: Any) -> dict[int, Box]:
    """The boxes of the pieces on a page of a WeasyPrint document, by their numbers."""
    found: dict[int, Box] = {}
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - see above
        element = getattr(box, "element", None)
        if element is not None and element.get(PIECE) is not None:
            found[int(element.get(PIECE))] = box
    return found


def block(box: Box) -> Block:
    """How a piece was laid out."""
    inside = list(box.descendants(placeholders=True))
    lines = [inner for inner in inside if type(inner).__name__ == "LineBox"]
    texts = [inner for inner in inside if inner.element is not None and inner.element.get("class") == "text"]
    height = texts[0].border_height() if texts else sum(line.height for line in lines)
    return Block(lines[0].position_y if lines else box.position_y, height, tuple(_line(line) for line in lines))


def right_edges(page: Any) -> dict[str, float]:
    """How far to the right the lines of each text of several lines reach, by the text's id."""
    found: dict[str, float] = {}
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - see above
        element = getattr(box, "element", None)
        name = element.get("id") if element is not None and element.get("class") == "text" else None
        if name and name not in found:
            found[name] = max((line.left + line.width for line in block(box).lines), default=0.0)
    return found


def only_text(box: Box) -> Box | None:
    """The text in a piece, None where there is not exactly one."""
    texts = list(_texts(box))
    return texts[0] if len(texts) == 1 else None


def _line(line: Box) -> Line:
    texts = list(_texts(line))
    left = min((text.position_x for text in texts), default=line.position_x)
    right = max((text.position_x + text.width for text in texts), default=left)
    return Line(left, right - left, line.height, line.baseline)


def _texts(box: Box) -> Iterator[Box]:
    return (inner for inner in box.descendants(placeholders=True) if type(inner).__name__ == "TextBox")
