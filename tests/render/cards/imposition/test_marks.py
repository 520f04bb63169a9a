"""Marks lie where the knife and the folder need them, and nowhere on a card."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.card import Axis, Fold, Side
from sitegen.model.print_house import Duplex, Sheet
from sitegen.render.cards.imposition import marks
from sitegen.render.cards.imposition.layout import MARK, Layout, layout, spots
from sitegen.render.cards.sheet import POINTS
from tests.render.cards.imposition.strategies import folds, layouts

SLACK = 1e-3
PIECE = re.compile(rb"(\S+) (\S+) m (\S+) (\S+) l\n")
Piece = tuple[float, ...]


@settings(deadline=None)
@given(layouts(), st.sampled_from(Side), st.data())
def test_no_mark_touches_a_trim_or_a_bleed_or_paper_that_is_not_printed(
    plan: Layout, side: Side, data: st.DataObject
) -> None:
    fold = data.draw(st.none() | folds(plan))
    margin, width, height = plan.sheet.margin, plan.sheet.width, plan.sheet.height

    for left, top, right, bottom in _boxes(marks.sheet_marks(plan, side, fold)):
        assert margin - SLACK <= left <= right <= width - margin + SLACK
        assert margin - SLACK <= top <= bottom <= height - margin + SLACK
        for spot in spots(plan, side):
            apart_across = max(spot.x - right, left - spot.x - spot.width)
            apart_down = max(spot.y - bottom, top - spot.y - spot.height)
            assert max(apart_across, apart_down) >= max(plan.bleed + 0.5, 1) - SLACK


@settings(deadline=None)
@given(layouts(), st.sampled_from(Side))
def test_every_trim_has_a_mark_at_both_ends_of_each_cut(plan: Layout, side: Side) -> None:
    found = _pieces(marks.sheet_marks(replace(plan, sheet=replace(plan.sheet, registration=False)), side, None))
    places = spots(plan, side)
    top, bottom = min(spot.y for spot in places), max(spot.y + spot.height for spot in places)
    left, right = min(spot.x for spot in places), max(spot.x + spot.width for spot in places)

    for spot in places:
        for x in (spot.x, spot.x + spot.width):
            at = [piece for piece in found if piece[0] == piece[2] == pytest.approx(x, abs=SLACK)]
            assert any(piece[3] == pytest.approx(top - plan.offset, abs=SLACK) for piece in at)
            assert any(piece[1] == pytest.approx(bottom + plan.offset, abs=SLACK) for piece in at)
        for y in (spot.y, spot.y + spot.height):
            at = [piece for piece in found if piece[1] == piece[3] == pytest.approx(y, abs=SLACK)]
            assert any(piece[2] == pytest.approx(left - plan.offset, abs=SLACK) for piece in at)
            assert any(piece[0] == pytest.approx(right + plan.offset, abs=SLACK) for piece in at)
    assert all(max(abs(a - c), abs(b - d)) <= 2 * MARK + SLACK for a, b, c, d in found)


@settings(deadline=None)
@given(layouts(), st.data())
def test_fold_marks_of_both_sides_lie_on_each_other(plan: Layout, data: st.DataObject) -> None:
    fold = data.draw(folds(plan))
    front, back = (marks.sheet_folds(plan, side, fold) for side in Side)
    sheet = plan.sheet
    like_a_page = (sheet.duplex is Duplex.LONG_EDGE) == (sheet.height >= sheet.width)
    across = front.across if not like_a_page else [sheet.width - x for x in front.across]
    down = front.down if like_a_page else [sheet.height - y for y in front.down]

    assert sorted(back.across) == pytest.approx(sorted(across), abs=SLACK)
    assert sorted(back.down) == pytest.approx(sorted(down), abs=SLACK)
    assert len(front.across + front.down) == (plan.columns if front.across else plan.rows)


def test_the_spine_of_a_folded_card_is_marked_outside_its_bleed_on_both_sides() -> None:
    plan = layout(Sheet("SRA3", 320, 450), 210, 148, 3, 1)
    fold = Fold(Axis.VERTICAL, 104)
    drawn = {side: marks.sheet_marks(plan, side, fold) for side in Side}

    assert (plan.columns, plan.rows, plan.turned) == (1, 2, False)
    left, top = (320 - 210) / 2, (450 - 2 * 148 - 10) / 2
    ticks = {(top - 8.5, top - 3.5), (top + 151.5, top + 154.5), (top + 309.5, top + 314.5)}
    for side, x in ((Side.FRONT, left + 104), (Side.BACK, left + 106)):
        dashed = drawn[side].partition(b" d\n")[2]
        assert {(piece[1], piece[3]) for piece in _pieces(dashed)} == ticks
        assert {piece[0] for piece in _pieces(dashed)} == {x}


def test_a_turned_cards_fold_turns_with_it() -> None:
    plan = layout(Sheet("SRA3", 320, 450), 148, 210, 3, 1)
    assert plan.turned

    folded = marks.sheet_folds(plan, Side.FRONT, Fold(Axis.HORIZONTAL, 100))

    # The card's top lies at the right now.
    spot = spots(plan, Side.FRONT)[0]
    assert folded == marks.Folds(across=(spot.x + spot.width - 100,))


def test_a_single_page_has_fold_marks_of_its_own() -> None:
    drawn = marks.fold_marks((148, 105), 3, Fold(Axis.HORIZONTAL, 50), start=10)

    assert _pieces(drawn) == [(-8.5, 50, -3.5, 50), (151.5, 50, 156.5, 50)]
    matrix = [float(number) for number in drawn.split(b" cm", 1)[0].split()[1:]]
    assert [number / POINTS for number in matrix] == pytest.approx([1, 0, 0, -1, 10, 115], abs=1e-4)


def test_marks_keep_off_bleeds_and_farther_off_where_there_is_none() -> None:
    def upper(bleed: float) -> tuple[float, ...]:
        return _pieces(marks.fold_marks((148, 105), bleed, Fold(Axis.VERTICAL, 74), start=10))[0]

    assert (upper(3), upper(0)) == ((74, -8.5, 74, -3.5), (74, -6, 74, -1))


def test_the_inside_sees_the_fold_from_the_other_hand() -> None:
    assert marks.inside(Fold(Axis.VERTICAL, 100), 210) == Fold(Axis.VERTICAL, 110)
    assert marks.inside(Fold(Axis.HORIZONTAL, 100), 210) == Fold(Axis.HORIZONTAL, 100)


def test_marks_are_a_quarter_point_thin_and_in_every_ink() -> None:
    drawn = marks.sheet_marks(layout(Sheet("SRA3", 320, 450), 148, 105, 3, 1), Side.FRONT, None)
    width = re.search(rb"(\S+) w\n", drawn)

    assert drawn.startswith(b"q /All CS 1 SCN ")
    assert width
    assert float(width[1]) * POINTS == pytest.approx(0.25, abs=1e-4)
    with pikepdf.new() as target:
        assert [str(part) for part in marks.registration(target).as_list()[:3]] == [
            "/Separation",
            "/All",
            "/DeviceCMYK",
        ]


def test_targets_of_both_sides_lie_on_each_other() -> None:
    plan = layout(Sheet("SRA3", 320, 450, registration=True), 105, 148, 3, 1)

    front, back = (marks.targets(plan, side) for side in Side)

    assert [(320 - x, y) for x, y in front] == list(back)
    assert marks.sheet_marks(plan, Side.FRONT, None).count(b" c\n") == 16


def _pieces(drawn: bytes) -> list[Piece]:
    return [tuple(map(float, piece)) for piece in PIECE.findall(drawn)]


def _boxes(drawn: bytes) -> list[Piece]:
    return [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in _pieces(drawn)]
