"""Match what was drawn with where it was laid out: each text becomes what a page says to show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen.model.card import Slot
from sitegen.render.cards.cutting import Drawn, DrawnGroup, DrawnLine, Inexpressible
from sitegen.render.cards.geometry import Block, Line
from sitegen.render.cards.typeset import LINE_BREAK, PIXELS, TOLERANCE
from sitegen.render.cards.written import Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A slot's box in a document: one text as a group, or lines of several texts; lines without texts are probes."""

    slot: Slot
    texts: tuple[Text, ...]
    html: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as a page's content stream says it, in CSS pixels from the trim's top left corner, y down.

    `operators` shows lines and is empty for a group; `form` is the group's name among the document's XObjects, or "";
    `page` is the number of the document's page, from 0.
    """

    text: Text
    operators: bytes
    form: str
    page: int


@dataclass(frozen=True, slots=True)
class _Alignment:
    """How a slot aligns its lines with its height: where one line of a plain letter starts, its height, and which
    part of the room that further lines take is taken upwards (0 where lines hang from the top, 1 where they stand)."""

    top: float
    height: float
    upwards: float


def placed(page: int, pieces: Sequence[Piece], laid: Mapping[int, Block], shown: Sequence[Drawn]) -> Iterator[Placed]:
    """Each text of a page's pieces that fits its slot. Raises Inexpressible where drawing and layout differ."""
    drawings = iter(shown)
    probes: list[Block] = []
    for number, piece in enumerate(pieces):
        block = laid[number]
        if piece.is_group:
            group = next(drawings, None)
            if not isinstance(group, DrawnGroup):
                raise Inexpressible(f"slot '{piece.slot.name}' is not drawn as a group")
            if _group_fits(piece.slot, block):
                yield Placed(piece.texts[0], b"", group.name, page)
            continue
        lines = [line for line in islice(drawings, len(block.lines)) if isinstance(line, DrawnLine)]
        if len(lines) != len(block.lines):
            raise Inexpressible(f"slot '{piece.slot.name}' is not drawn line by line")
        if piece.texts:
            alignment = _alignment(*probes[-2:])
            for text, operators in _texts(piece, block, lines, alignment):
                yield Placed(text, operators, "", page)
        else:
            probes.append(block)
    if next(drawings, None) is not None:
        raise Inexpressible("more is drawn than its slots hold")


def split(text: Text) -> list[str]:
    """The lines of a text that never breaks them, their white space as a browser would show it."""
    return [re.sub(r"[ \t\n\r\f]+", " ", line).strip(" ") for line in LINE_BREAK.split(text.content)]


def _group_fits(slot: Slot, block: Block) -> bool:
    left = min((line.left for line in block.lines), default=0.0)
    right = max((line.left + line.width for line in block.lines), default=0.0)
    if slot.one_line:
        return right - left <= (slot.box.width + TOLERANCE) * PIXELS
    edge = (slot.box.x + slot.box.width + TOLERANCE) * PIXELS
    return right <= edge and block.height <= (slot.box.height + TOLERANCE) * PIXELS


def _alignment(one: Block, two: Block) -> _Alignment:
    return _Alignment(one.top, one.height, (one.top - two.top) / (two.height - one.height))


def _texts(
    piece: Piece, block: Block, shown: Sequence[DrawnLine], alignment: _Alignment
) -> Iterator[tuple[Text, bytes]]:
    lines = iter(zip(block.lines, shown, strict=True))
    room = (piece.slot.box.width + TOLERANCE) * PIXELS
    for text in piece.texts:
        own = list(islice(lines, len(split(text))))
        if all(line.width <= room for line, _ in own):
            yield text, _operators(own, alignment)


def _operators(own: Sequence[tuple[Line, DrawnLine]], alignment: _Alignment) -> bytes:
    height = sum(line.height for line, _ in own)
    top = alignment.top - alignment.upwards * (height - alignment.height)
    parts: list[bytes] = []
    for line, shown in own:
        parts.append(b"BT\n1 0 0 -1 %.4f %.4f Tm\n%b\nET" % (line.left, top + line.baseline, shown.operators))
        top += line.height
    return b"\n".join(parts)
