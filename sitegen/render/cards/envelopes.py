"""Print envelopes, and papers for envelopes with a window: every line in the zone that the post has for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sitegen.model.postal import Addressee, Area, EnvelopeKind, Postboxes, SenderStyle
from sitegen.render.cards.block import Block
from sitegen.render.cards.blocks import Frame, Printing, Stock, typeset
from sitegen.render.cards.labels import address_block
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.writing import clean

SMALL = (9.0, 8.0, 7.0)
"""Type sizes of a sender's block, in points."""
TINY = (7.0, 6.5, 6.0)
"""Type sizes of a sender's line above an address (DIN 5008: at least 6)."""
NAME = (22.0, 20.0, 18.0, 16.0, 14.0)
"""Type sizes of a name on a Chinese envelope: it stands alone, larger than the address."""
_DIGIT = 14.0
_CHINESE_CODE = re.compile(r"[0-9]{6}")
_NAME_HEIGHT = 13.0


def envelopes(addressees: Iterable[Addressee], sender: Addressee, kind: EnvelopeKind, printing: Printing) -> bytes:
    """A PDF with a page for each addressee, in their order.

    Raises CardsRefused with every address that does not fit or has a character which no font has, and with
    everything of the kind itself that reaches into a zone of the post.
    """
    _refuse_zones(kind)
    stock = Stock(f"envelopes-{kind.name}", (kind.width, kind.height), _frame(sender, kind))
    return typeset(stock, (_page(one, kind) for one in addressees), printing)


def in_clear_zone(kind: EnvelopeKind, things: Iterable[Area]) -> tuple[tuple[str, str], ...]:
    """What lies where nothing may: the name of the thing and that of the zone of the envelope which it meets."""
    return tuple((thing.name, zone.name) for thing in things for zone in kind.empty if thing.meets(zone))


def _refuse_zones(kind: EnvelopeKind) -> None:
    paper = Area("paper", 0, 0, kind.width, kind.height)
    things = (kind.address, kind.sender)
    met = in_clear_zone(kind, things)
    faults = [f"the {thing} reaches into the zone '{zone}', which is the post's" for thing, zone in met]
    faults += [f"the {thing.name} reaches over the edge of the paper" for thing in things if not paper.holds(thing)]
    if faults:
        advice = "move it, or choose another kind of envelope"
        raise CardsRefused(kind.name, [Refused(0, "", "", fault, advice) for fault in faults])


def _frame(sender: Addressee, kind: EnvelopeKind) -> Frame:
    """What is the same on every page: the sender, boxes and fold marks."""
    folds = tuple(Area("fold", 4, height, 4 if height != kind.height / 2 else 6, 0) for height in kind.folds)
    boxes = tuple(_boxes(kind))
    blocks: tuple[Block, ...]
    match kind.style:
        case SenderStyle.LINE:
            line = " · ".join(clean(part) for part in sender.whole)
            blocks = (Block(0, "", kind.sender, (line,), TINY, down=0.5, wraps=False),)
        case SenderStyle.BLOCK:
            blocks = (address_block(sender, kind.sender, SMALL),)
        case SenderStyle.CHINESE:
            blocks = _chinese_sender(sender, kind)
    return Frame(blocks, (*folds, *boxes))


def _boxes(kind: EnvelopeKind) -> Iterator[Area]:
    if row := kind.postboxes:
        for number in range(row.number):
            yield Area(f"box {number + 1}", row.x + number * row.pitch, row.y, row.width, row.height)


def _chinese_sender(sender: Addressee, kind: EnvelopeKind) -> tuple[Block, ...]:
    """The sender at the lower right, the postcode below at the very corner, beside the zone for the code."""
    code, lines = _split_code(sender)
    whole = (*lines, sender.name) if sender.inward else (sender.name, *lines)
    above = Block(0, "", kind.sender, tuple(map(clean, whole)), (11.0, 10.0, 9.0, 8.0), across=1.0, language="zh")
    corner = Area("sender's postcode", kind.width - 53, kind.height - 17, 41, 6)
    below = Block(0, "", corner, (f"邮政编码 {code}",), (11.0, 10.0), across=1.0, language="zh", wraps=False)
    return (above, below) if code else (above,)


def _page(one: Addressee, kind: EnvelopeKind) -> tuple[Block, ...]:
    """On a Chinese envelope digits stand in boxes, then the address, the name by itself; abroad all stays together."""
    code, lines = _split_code(one)
    row, owner = kind.postboxes, (one.record, one.customer_id)
    if not row or not code or not one.inward:
        return (address_block(one, kind.address, kind.sizes),)
    name = clean(one.name)
    above = replace(kind.address, height=kind.address.height - _NAME_HEIGHT)
    below = replace(kind.address, name="name", y=above.y + above.height, height=_NAME_HEIGHT)
    return (
        _digits(owner, code, row),
        Block(*owner, above, tuple(filter(None, map(clean, lines))), kind.sizes, down=0.7, language="zh"),
        Block(*owner, below, (f"{name} 收",) if name else (), NAME, 0.45, 0.5, "zh", wraps=False),
    )


def _digits(owner: tuple[int, str], code: str, row: Postboxes) -> Block:
    """The digits as one line of cells, each around its box."""
    left = row.x - (row.pitch - row.width) / 2
    area = Area("postcode", left, row.y, row.number * row.pitch, row.height)
    return Block(*owner, area, (code,), (_DIGIT,), down=0.5, wraps=False, pitch=row.pitch)


def _split_code(one: Addressee) -> tuple[str, tuple[str, ...]]:
    """The six digits of a Chinese postcode, "" where there is none, and the lines without the one that holds them."""
    codes = [line for line in one.lines if _CHINESE_CODE.fullmatch(line)] if one.country in ("", "CN") else []
    return (codes[0], tuple(line for line in one.lines if line != codes[0])) if codes else ("", one.lines)
