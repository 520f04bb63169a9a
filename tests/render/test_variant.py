"""Readers see the blocks that are for them, the same on every channel."""

from sitegen.model.body import Block, Body
from sitegen.render.variant import blocks_for, variant

FOR_ALL, FOR_GOLD, FOR_SILVER = Block("a", 1), Block("b", 3, "gold", 2), Block("c", 6, "silver", 5)
BODY = Body("content/campaigns/tea.md", (FOR_ALL, FOR_GOLD, FOR_SILVER, Block("d", 9, "gold", 8)), ())


def test_a_reader_sees_the_blocks_of_their_own_audiences() -> None:
    assert blocks_for(BODY, frozenset({"gold"})) == (FOR_ALL, FOR_GOLD, BODY.blocks[3])
    assert blocks_for(BODY, frozenset()) == (FOR_ALL,)
    assert blocks_for(BODY, frozenset({"gold", "silver"})) == BODY.blocks


def test_readers_with_the_same_blocks_have_the_same_variant() -> None:
    assert variant(BODY, frozenset({"gold", "lovers-of-tea"})) == variant(BODY, frozenset({"gold"}))
    assert variant(BODY, frozenset({"gold"})) != variant(BODY, frozenset({"silver"}))


def test_a_block_for_everyone_is_for_each_customer_and_not_for_strangers() -> None:
    body = Body("content/campaigns/tea.md", (Block("a", 2, "everyone", 1),), ())
    assert blocks_for(body, frozenset({"any"})) == body.blocks
    assert blocks_for(body, frozenset()) == ()
