"""Match what was drawn with where it was laid out: each text becomes what a page says to show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen.model.card import Slot
from sitegen.render.cards.cutting import Drawn, DrawnGroup, DrawnLine, Inexpressible
from sitegen.render.cards.geometry import Block
from sitegen.render.cards.lines import SetLine
from sitegen.render.cards.typeset import LINE_BREAK, PIXELS, TOLERANCE
from sitegen.render.cards.written import Text


@dataclass(frozen=True, slots=True)
class Piece:
    """A slot's box in a document: one text as a group; or a probe, which tells how lines stand in the slot.

    The last of a slot's three probes (one letter, two lines of one letter, one line of several) holds its texts.
    """

    slot: Slot
    texts: tuple[Text, ...]
    html: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A text as a page's content stream says it, in CSS pixels from the trim's top left corner, y down.

    `operators` shows lines and is empty for a group; `form` is the group's name among the document's XObjects, or "".
    """

    text: Text
    operators: bytes
    form: str


@dataclass(frozen=True, slots=True)
class _Alignment:
    """How a slot aligns its lines: where one line of a plain letter starts, its height, and which part of the room
    that further lines take is taken upwards (0 where lines hang from the top, 1 where they stand); where the first
    line and the next ones would start if they had no width, and how far they move to the right for each pixel of it."""

    top: float
    height: float
    upwards: float
    lefts: tuple[float, float]
    moved: float


def placed(
    pieces: Sequence[Piece],
    laid: Mapping[int, Block],
    shown: Sequence[Drawn],
    lines: Mapping[int, Sequence[SetLine]],
) -> Iterator[Placed]:
    """Each text of the pieces that fits its slot; `lines` holds those of the probes' texts, by the piece's number.

    Raises Inexpressible where drawing and layout differ.
    """
    drawings = iter(shown)
    probes: list[Block] = []
    for number, piece in enumerate(pieces):
        block = laid[number]
        if piece.is_group:
            group = next(drawings, None)
            if not isinstance(group, DrawnGroup):
                raise Inexpressible(f"slot '{piece.slot.name}' is not drawn as a group")
            if _group_fits(piece.slot, block):
                yield Placed(piece.texts[0], b"", group.name)
            continue
        drawn = [line for line in islice(drawings, len(block.lines)) if isinstance(line, DrawnLine)]
        if not drawn or len(drawn) != len(block.lines):
            raise Inexpressible(f"slot '{piece.slot.name}' is not drawn line by line")
        probes.append(block)
        if piece.texts:
            alignment = _alignment(*probes[-3:])
            ink = drawn[0].operators.partition(b"\n")[0]
            for text, operators in _texts(piece, iter(lines[number]), alignment, ink):
                yield Placed(text, operators, "")
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


def _alignment(one: Block, two: Block, wide: Block) -> _Alignment:
    first, longer, second = one.lines[0], wide.lines[0], two.lines[1]
    moved = (longer.left - first.left) / (longer.width - first.width)
    lefts = (first.left - moved * first.width, second.left - moved * second.width)
    return _Alignment(one.top, one.height, (one.top - two.top) / (two.height - one.height), lefts, moved)


def _texts(piece: Piece, lines: Iterator[SetLine], alignment: _Alignment, ink: bytes) -> Iterator[tuple[Text, bytes]]:
    room = (piece.slot.box.width + TOLERANCE) * PIXELS
    for text in piece.texts:
        own = list(islice(lines, len(split(text))))
        if all(line.width <= room for line in own):
            yield text, _operators(own, alignment, ink)


def _operators(own: Sequence[SetLine], alignment: _Alignment, ink: bytes) -> bytes:
    height = sum(line.height for line in own)
    top = alignment.top - alignment.upwards * (height - alignment.height)
    parts: list[bytes] = []
    for number, line in enumerate(own):
        left = alignment.lefts[min(number, 1)] + alignment.moved * line.width
        parts.append(b"BT\n1 0 0 -1 %.4f %.4f Tm\n%b\n%b\nET" % (left, top + line.baseline, ink, line.operators))
        top += line.height
    return b"\n".join(parts)
