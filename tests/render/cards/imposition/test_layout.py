"""How many cards lie on a sheet, and where: on both sides of the same paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Exit
from sitegen.model.card import Side
from sitegen.model.print_house import Duplex, Sheet
from sitegen.render.cards.imposition.layout import SHORTEST, SLUG, Layout, NoRoom, Spot, behind, layout, spots
from sitegen.render.cards.imposition.papers import PAPERS, named_sheet
from tests.render.cards.imposition.strategies import layouts

SLACK = 1e-5


@pytest.mark.parametrize(
    ("sheet", "size", "grid"),
    [
        ("SRA3", (105, 148), (2, 2, False)),
        ("SRA3", (148, 105), (2, 2, True)),
        ("SRA3", (85, 55), (3, 6, False)),
        ("A4", (148, 105), (1, 2, False)),
        ("A4", (105, 148), (1, 2, True)),
        ("13x19", (210, 148), (2, 2, True)),
        ("A3", (210, 297), (1, 1, False)),
    ],
)
def test_as_many_cards_lie_on_a_sheet_as_fit_either_way(
    sheet: str, size: tuple[float, float], grid: tuple[int, int, bool]
) -> None:
    plan = layout(named_sheet(sheet), *size, 3, 100)

    assert (plan.columns, plan.rows, plan.turned) == grid


def test_narrower_gutters_make_room_for_more() -> None:
    sheet = named_sheet("SRA3")

    assert layout(sheet, 105, 148, 3, 100).capacity == 4
    assert layout(replace(sheet, gutter=6, margin=3), 105, 148, 3, 100).capacity == 6
    assert layout(replace(sheet, gutter=4, margin=3), 105, 148, 3, 100).capacity == 8


def test_cards_stay_upright_where_both_ways_hold_as_many() -> None:
    plan = layout(Sheet("square", 300, 300), 80, 60, 3, 10)

    assert (plan.turned, plan.capacity) == (False, layout(Sheet("square", 300, 300), 60, 80, 3, 10).capacity)


def test_a_sheet_without_room_for_one_card_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(NoRoom) as caught:
        layout(named_sheet("A4"), 210, 297, 3, 10)

    assert str(caught.value) == (
        "a card of 210 x 297 mm does not fit on sheet 'A4' (210 x 297 mm)\n"
        "hint: choose a larger sheet; bleed, marks and the press's margin take 11 mm on each edge and the slug line "
        "0.9 mm more on two"
    )
    assert caught.value.exit_code is Exit.CARD


@settings(deadline=None)
@given(layouts())
def test_no_two_cards_touch_and_all_lie_on_the_printable_paper_with_room_for_marks(plan: Layout) -> None:
    across, down = plan.room

    assert min(across, down) >= SHORTEST - SLACK
    assert max(across, down) >= SLUG - SLACK
    for side in Side:
        places = spots(plan, side)
        assert len({(spot.row, spot.column) for spot in places}) == plan.columns * plan.rows
        edge = plan.sheet.margin + plan.bleed
        for spot in places:
            assert edge <= spot.x + SLACK
            assert spot.x + spot.width <= plan.sheet.width - edge + SLACK
            assert edge <= spot.y + SLACK
            assert spot.y + spot.height <= plan.sheet.height - edge + SLACK
        assert all(_apart(one, other, plan.sheet.gutter) for one, other in combinations(places, 2))


@settings(deadline=None)
@given(layouts())
def test_no_grid_of_more_cards_would_have_fitted(plan: Layout) -> None:
    for turned in (False, True):
        for columns in range(1, 16):
            for rows in range(1, 16):
                other = replace(plan, columns=columns, rows=rows, turned=turned)
                fits = min(other.room) >= SHORTEST + SLACK and max(other.room) >= SLUG + SLACK
                assert not fits or columns * rows <= plan.capacity


@settings(deadline=None)
@given(layouts(), st.data())
def test_each_point_of_a_cards_back_is_behind_its_point_of_the_front(plan: Layout, data: st.DataObject) -> None:
    """The card is turned over like a page: what is `across` from the left on its back is so from the right in front."""
    across = data.draw(st.floats(0, plan.width))
    down = data.draw(st.floats(0, plan.height))
    for front, back in zip(spots(plan, Side.FRONT), spots(plan, Side.BACK), strict=True):
        x, y = _on_paper(front, plan.width - across, down)
        seen = _on_paper(back, across, down)

        assert seen == pytest.approx(_through_the_paper(plan.sheet, x, y), abs=SLACK)


@settings(deadline=None)
@given(layouts())
def test_the_back_of_the_back_is_the_front(plan: Layout) -> None:
    for front, back in zip(spots(plan, Side.FRONT), spots(plan, Side.BACK), strict=True):
        again = behind(plan, back)

        assert (again.row, again.column, again.turn) == (front.row, front.column, front.turn)
        assert (again.x, again.y) == pytest.approx((front.x, front.y))


@pytest.mark.parametrize(
    ("size", "duplex", "back"),
    [
        ((320, 450), Duplex.LONG_EDGE, [(0, 1, 0), (0, 0, 0), (1, 1, 0), (1, 0, 0)]),
        ((320, 450), Duplex.SHORT_EDGE, [(1, 0, 180), (1, 1, 180), (0, 0, 180), (0, 1, 180)]),
        ((450, 320), Duplex.SHORT_EDGE, [(0, 1, 270), (0, 0, 270), (1, 1, 270), (1, 0, 270)]),
        ((450, 320), Duplex.LONG_EDGE, [(1, 0, 90), (1, 1, 90), (0, 0, 90), (0, 1, 90)]),
    ],
)
def test_the_edge_over_which_the_paper_turns_decides_what_changes_places(
    size: tuple[float, float], duplex: Duplex, back: list[tuple[int, int, int]]
) -> None:
    plan = layout(Sheet("SRA3", *size, duplex=duplex), 105, 148, 3, 4)

    assert [(spot.row, spot.column, spot.turn) for spot in spots(plan, Side.BACK)] == back


def test_every_paper_holds_a_card() -> None:
    assert {name for name in PAPERS if layout(named_sheet(name), 148, 105, 3, 1).capacity} == set(PAPERS)


def _apart(one: Spot, other: Spot, gutter: float) -> bool:
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    return max(across, down) >= gutter - SLACK


def _on_paper(spot: Spot, across: float, down: float) -> tuple[float, float]:
    """Where a point of the upright card (mm from its top left corner) comes to lie on the sheet."""
    return {
        0: (spot.x + across, spot.y + down),
        90: (spot.x + spot.width - down, spot.y + across),
        180: (spot.x + spot.width - across, spot.y + spot.height - down),
        270: (spot.x + down, spot.y + spot.height - across),
    }[spot.turn]


def _through_the_paper(sheet: Sheet, x: float, y: float) -> tuple[float, float]:
    """The same point seen from the other side, when the sheet is turned over the edge that its name says."""
    long_edge_is_vertical = sheet.height >= sheet.width
    if (sheet.duplex is Duplex.LONG_EDGE) == long_edge_is_vertical:
        return sheet.width - x, y
    return x, sheet.height - y
