"""Choose the blocks of a body that a reader may read: the same on every channel."""

from __future__ import annotations

from sitegen.audience.selection.access import visible
from sitegen.model.body import Block, Body


def blocks_for(body: Body, reader: frozenset[str]) -> tuple[Block, ...]:
    """The blocks, in order, that a reader who is in these audiences may read."""
    return tuple(block for block in body.blocks if not block.audience or visible(block.audience, reader))


def variant(body: Body, reader: frozenset[str]) -> frozenset[str]:
    """The body's block audiences that the reader is in: readers with the same variant read the same text."""
    return frozenset(audience for audience in body.audiences if visible(audience, reader))
