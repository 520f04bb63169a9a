"""Find the largest size in which each block of lines fits into its area."""

from __future__ import annotations

from sitegen.model.postal import is_east_asian
from sitegen.render.cards.block import LEADING, Block, Fit, named
from sitegen.render.cards.typecase import Faces, TypeCase, laid_out
from sitegen.render.cards.typeset import PIXELS, TOLERANCE

_MILLIMETRES = 25.4 / 72
_KEPT_HAN = 2
_KERNING = 1.03
# Kerning moves characters by a few hundredths of a line at most, either way.


def fitted(blocks: tuple[Block, ...], case: TypeCase) -> dict[Block, Fit]:
    """How each block is set; one that does not fit in any size is not in it.

    Whole lines go down the ladder by the widths of their characters. What is too long for them is broken, and then
    only the typesetter knows its height: such blocks go down the ladder together.
    """
    fits = {block: fit for block in blocks if (fit := _whole(block, case.faces))}
    tried = {block: 0 for block in blocks if block not in fits and block.wraps}
    while tried:
        measured = _measured(tuple((block, block.sizes[step]) for block, step in tried.items()), case)
        for block, fit in zip(tuple(tried), measured, strict=True):
            tried[block] += 1
            if fit.width <= block.area.width + TOLERANCE and fit.height <= block.area.height + TOLERANCE:
                fits[block] = fit
            if block in fits or tried[block] == len(block.sizes):
                del tried[block]
    return fits


def _whole(block: Block, faces: Faces) -> Fit | None:
    """The largest size in which every line stays whole. Han reads well over a line break, better than very small."""
    longest = max(sum(faces.advances.get(sign, 0.0) for sign in line) for line in block.lines)
    cells = block.pitch * max(map(len, block.lines))
    han = block.wraps and is_east_asian("".join(block.lines))
    for size in block.sizes[: _KEPT_HAN if han else None]:
        width = cells or longest * size * _MILLIMETRES
        height = len(block.lines) * LEADING * size * _MILLIMETRES
        room = width if cells else width * _KERNING
        if room <= block.area.width + TOLERANCE and height <= block.area.height + TOLERANCE:
            return Fit(size, breaks=False, width=width, height=height)
    return None


def _measured(blocks: tuple[tuple[Block, float], ...], case: TypeCase) -> tuple[Fit, ...]:
    """The room that each block takes in a size, its lines broken."""
    page = "".join(named(block, size, f"b{number}") for number, (block, size) in enumerate(blocks))
    boxes = laid_out((page,), case).pages[0].anchors
    edges = (boxes[f"b{number}"] for number in range(len(blocks)))
    return tuple(
        Fit(size, breaks=True, width=(right - left) / PIXELS, height=(bottom - top) / PIXELS)
        for (_, size), (left, top, right, bottom) in zip(blocks, edges, strict=True)
    )
