"""Set blocks of lines on sheets of paper, each block in the largest size in which it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from markupsafe import escape

from sitegen.model.postal import Area
from sitegen.render.cards import glyphs, paper, sheet
from sitegen.render.cards.block import Block, placed
from sitegen.render.cards.block_fitting import fitted
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.typecase import TypeCase, laid_out, typecase

CHUNK = 200
"""Blocks set at once: WeasyPrint's time grows with the square of the pages."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What all sheets of one run share: fonts (TTF or OTF, the first that has a character sets it), title and date."""

    fonts: tuple[bytes, ...]
    title: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page: blocks, and rectangles drawn as hair lines (no width or height makes a line)."""

    blocks: tuple[Block, ...]
    strokes: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """Paper by its name and size (millimetres), and what all of its sheets show."""

    name: str
    size: tuple[float, float]
    frame: Frame = Frame(())


def typeset(stock: Stock, pages: Iterable[tuple[Block, ...]], printing: Printing) -> bytes:
    """A PDF of these pages from 0,0, everything in black ink only. What is in the frame is drawn once.

    Equal arguments give equal bytes. Raises CardsRefused in the name of the stock with every block that is missing,
    that does not fit into its area, or that has a character which no font has.
    """
    case = typecase(stock.size, printing.fonts)
    refused: list[Refused] = []
    ground = _set((stock.frame.blocks,), case, refused)
    chunks = [chunk for part in _chunks(pages) for chunk in _set(part, case, refused)]
    if refused:
        raise CardsRefused(stock.name, refused)
    with pikepdf.new() as target:
        sheet.joined(chunks, target)
        paper.finished(target, stock.size, ground[0], stock.frame.strokes)
        if strange := sorted(sheet.strange_fonts(target, frozenset(case.faces.families))):
            why = f"the font '{strange[0]}' is this machine's, not the shop's"
            advice = "give labels and envelopes a font that has every character"
            raise CardsRefused(stock.name, [Refused(0, "", "", why, advice)])
        return sheet.saved(target, printing.title, printing.instant)


def _set(pages: tuple[tuple[Block, ...], ...], case: TypeCase, refused: list[Refused]) -> tuple[bytes, ...]:
    """The PDF of some pages; () once anything was refused, in these or before. Adds what it refuses to `refused`."""
    blocks = tuple(dict.fromkeys(block for page in pages for block in page))
    known = frozenset(case.faces.advances)
    refused.extend(fault for block in blocks for fault in _unprintable(block, known))
    written = tuple(block for block in blocks if block.lines)
    fits = fitted(written, case)
    refused.extend(_too_long(block) for block in written if block not in fits)
    if refused:
        return ()
    return (laid_out(("".join(placed(block, fits[block]) for block in page) for page in pages), case).write_pdf(),)


def _chunks(pages: Iterable[tuple[Block, ...]]) -> Iterator[tuple[tuple[Block, ...], ...]]:
    chunk: list[tuple[Block, ...]] = []
    for page in pages:
        if chunk and sum(map(len, chunk)) + len(page) > CHUNK:
            yield tuple(chunk)
            chunk = []
        chunk.append(page)
    if chunk:
        yield tuple(chunk)


def _unprintable(block: Block, known: frozenset[str]) -> Iterator[Refused]:
    owner = (block.record, block.customer_id, block.area.name)
    if not block.lines:
        yield Refused(*owner, "the name or the address is missing", "complete it, or leave this customer out")
    said = str(escape("".join(block.lines)))
    lacking = glyphs.lacking(said, known)
    if why := f"no font has {lacking}" if lacking else glyphs.heaped(said):
        advice = "write it in another way, or give labels and envelopes a font with this character"
        yield Refused(*owner, why, advice)


def _too_long(block: Block) -> Refused:
    longest = max(block.lines, key=len)
    shown = longest if len(longest) <= 40 else longest[:39] + "…"
    room = f"{block.area.width:g} x {block.area.height:g} mm"
    why = f"'{shown}' and its lines do not fit into {room}, not even at {block.sizes[-1]:g} pt"
    return Refused(block.record, block.customer_id, block.area.name, why, "shorten it, or choose a larger kind")
