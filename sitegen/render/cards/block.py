"""A block of plain text lines in an area of paper, and its HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from sitegen.model.postal import Area

LEADING = 1.25
"""Line height in type sizes: between the lines of an address the posts want 0.5 to 2.5 mm."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of plain text in an area. `record` and `customer_id` say whose; record 0 is everybody's.

    `sizes` is the ladder of type sizes in points, largest first. `across` and `down` say where in the area the text
    stands: 0 at the left or top, 1 at the right or bottom. With a `pitch` (mm), each character of the one line has a
    cell of that width. A block without lines is something missing.
    """

    record: int
    customer_id: str
    area: Area
    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    across: float = 0.0
    down: float = 0.0
    language: str = ""
    wraps: bool = True
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a block is set: its type size, whether its lines may break, and the size of its text in millimetres."""

    size: float
    breaks: bool
    width: float
    height: float


def placed(block: Block, fit: Fit) -> str:
    """The block where it stands on its page."""
    area = block.area
    left = area.x + block.across * (area.width - fit.width)
    top = area.y + block.down * (area.height - fit.height)
    kind = "block" if fit.breaks else "block kept"
    style = f"left: {left:.4f}mm; top: {top:.4f}mm; width: {area.width}mm; font-size: {fit.size}pt"
    return f'<div class="{kind}"{_language(block)} style="{style}">{_lines(block)}</div>'


def named(block: Block, size: float, name: str) -> str:
    """The block in a size and a box as narrow as its text, under a name by which that box can be found."""
    text = f'<div class="block" id="{name}"{_language(block)} style="font-size: {size}pt">{_lines(block)}</div>'
    return f'<div class="block" style="left: 0; top: 0; width: {block.area.width}mm">{text}</div>'


def _lines(block: Block) -> str:
    if block.pitch:
        cell = f'<span class="cell" style="width: {block.pitch}mm">'
        return "".join(f"{cell}{escape(sign)}</span>" for sign in block.lines[0])
    return "<br>".join(str(escape(line)) for line in block.lines)


def _language(block: Block) -> str:
    return f' lang="{escape(block.language)}"' if block.language else ""
