"""Cut and piled, the cards are in order again."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from hypothesis import given, settings

from sitegen.model.card import Side
from sitegen.model.print_house import Order, Sheet
from sitegen.render.cards.imposition.layout import Layout, layout, spots
from sitegen.render.cards.imposition.order import Position, dealt, lifts, positions
from tests.render.cards.imposition.strategies import layouts

FOUR_UP = layout(Sheet("SRA3", 320, 450, lift=3), 105, 148, 3, 17)


def test_records_run_deep_then_right_then_down_and_the_last_lift_is_padded_with_blanks() -> None:
    assert list(lifts(FOUR_UP)) == [(0, 3), (12, 2)]
    assert dealt(FOUR_UP) == (
        (0, 3, 6, 9),
        (1, 4, 7, 10),
        (2, 5, 8, 11),
        (12, 14, 16, None),
        (13, 15, None, None),
    )


def test_by_sheet_records_run_right_then_down() -> None:
    plan = replace(FOUR_UP, sheet=replace(FOUR_UP.sheet, order=Order.BY_SHEET), cards=6)

    assert dealt(plan) == ((0, 1, 2, 3), (4, 5, None, None))


def test_no_cards_need_no_sheets() -> None:
    assert dealt(replace(FOUR_UP, cards=0)) == ()
    assert dealt(replace(FOUR_UP, cards=0, sheet=replace(FOUR_UP.sheet, lift=0))) == ()


@settings(deadline=None)
@given(layouts())
def test_the_stacks_of_every_lift_pile_up_in_order_each_card_once(plan: Layout) -> None:
    plan = replace(plan, sheet=replace(plan.sheet, order=Order.CUT_AND_STACK))
    printed = iter(dealt(plan))
    pile: list[int] = []
    for start, depth in lifts(plan):
        stack = list(islice(printed, depth))
        assert start == len(pile)
        for position in range(plan.capacity):
            cut = [sheet[position] for sheet in stack]
            pile.extend(card for card in cut if card is not None)
        assert len(stack) <= (plan.sheet.lift or len(stack))

    assert pile == list(range(plan.cards))
    assert list(printed) == []


@settings(deadline=None)
@given(layouts())
def test_sheet_by_sheet_the_cards_are_in_reading_order(plan: Layout) -> None:
    plan = replace(plan, sheet=replace(plan.sheet, order=Order.BY_SHEET))

    assert [card for sheet in dealt(plan) for card in sheet if card is not None] == list(range(plan.cards))


@settings(deadline=None)
@given(layouts())
def test_no_sheet_is_wasted(plan: Layout) -> None:
    assert len(dealt(plan)) == -(-plan.cards // plan.capacity)


@settings(deadline=None)
@given(layouts())
def test_the_manifest_says_where_each_card_lies_on_both_sides(plan: Layout) -> None:
    sheets, places = dealt(plan), {side: spots(plan, side) for side in Side}
    found = positions(plan)

    assert len(found) == plan.cards
    for card, (front, back) in enumerate(found):
        assert (front.side, back.side, front.sheet) == (Side.FRONT, Side.BACK, back.sheet)
        position = sheets[front.sheet - 1].index(card)
        for where in (front, back):
            spot = places[where.side][position]
            assert (where.row, where.column) == (spot.row + 1, spot.column + 1)


def test_positions_count_from_one_as_people_do() -> None:
    assert positions(FOUR_UP)[4] == (Position(2, Side.FRONT, 1, 2), Position(2, Side.BACK, 1, 1))
