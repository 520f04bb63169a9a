"""What points buy: all see the gifts, and each reader which of them are theirs for the asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.concession import Who
from sitegen.model.goods import Goods
from sitegen.model.part import BadArgument, On, Part, Terms
from sitegen.model.points import Expiry, Points, PointsGift, PointsPrice
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.shop import Output
from sitegen.programme.parts import gifts
from sitegen.programme.parts.gifts import GiftCell, GiftsView
from sitegen.programme.points.gifts import gifts_for, gifts_on, gifts_within_reach
from tests.examples import examples
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY, cells_for, parsed

TIN = PointsGift("tin", 400, {"en": "A tin of tea", "zh": "一罐茶"}, {"en": "oolong", "zh": "乌龙"})
TOWEL = PointsGift("towel", 1500, {"": "A towel"}, product="P-006", last=date(2026, 9, 30), stock=2)
LOOM = PointsGift("loom", 2000, {"en": "An hour at the loom"}, service="an hour at the loom", who=Who(("Gold",)))
RESTRUNG = PointsGift("beads", 2400, {"en": "Beads restrung"}, who=Who(("Gold",), "bead-lovers"))
OVER = PointsGift("over", 1, {"en": "Over"}, last=date(2026, 9, 16))
POINTS = Points(date(2024, 3, 1), pending=14, expiry=Expiry(24), gifts=(LOOM, TOWEL, TIN, OVER, RESTRUNG))
GOODS = Goods(products=(Product("P-006", "Sauna linen towel", Decimal(39), "亚麻浴巾"),))
FULL = replace(SHOP, output=Output(member_data="full"))


def on(points: Points | None = POINTS, language: str = "en", full: bool = False) -> On:
    return On(Programme(points=points), FULL if full else SHOP, TODAY, language, GOODS, full=full)


def view(part: Part) -> GiftsView:
    assert isinstance(part.view, GiftsView)
    return part.view


def cell(one: object) -> GiftCell:
    assert isinstance(one, GiftCell)
    return one


def test_all_see_the_gifts_of_the_day_by_points_and_those_for_some_are_in_cells_of_their_own() -> None:
    shown = view(gifts.part(on(), {}))
    assert [(one.title, one.about, one.points, one.left, one.until) for one in shown.gifts] == [
        ("A tin of tea", "oolong", 400, None, None),
        ("A towel", "Sauna linen towel", 1500, 2, date(2026, 9, 30)),
    ]
    assert shown.price is None


def test_who_has_the_points_reads_that_a_gift_is_theirs() -> None:
    part = gifts.part(on(), {})
    assert [one.key for one in cells_for(part, "Silver", points=399)] == []
    assert [one.key for one in cells_for(part, "Silver", points=400)] == [view(part).gifts[0].key]
    assert [one.key for one in cells_for(part, None, points=9999)] == ["reach tin", "reach towel"]


def test_a_gift_for_some_is_shown_to_them_alone_within_reach_or_not() -> None:
    part = gifts.part(on(), {})
    found = [cell(one.view) for one in cells_for(part, "Gold", points=1999)]
    assert [(one.gifts[0].title, one.marked) for one in found if one.kind == "gift"] == [("An hour at the loom", False)]
    found = [cell(one.view) for one in cells_for(part, "Gold", {"bead-lovers"}, points=2000)]
    assert [(one.gifts[0].title, one.marked) for one in found if one.kind == "gift"] == [
        ("An hour at the loom", True),
        ("Beads restrung", False),
    ]


def test_what_waits_and_what_goes_is_shown_where_records_tell_of_it_to_those_whom_it_concerns() -> None:
    assert {one.key for one in gifts.part(on(), {}).cells}.isdisjoint({"pending", "expiring"})
    part = gifts.part(on(full=True), {})
    assert [one.key for one in cells_for(part, None, points=0, points_pending=0, points_expiring=7)] == ["expiring"]
    (waits,) = cells_for(part, None, points=0, points_pending=3, points_expiring=0)
    assert cell(waits.view) == GiftCell("pending", wait=14)


def test_a_reader_sees_titles_in_their_language_and_else_in_the_shops() -> None:
    shown = view(gifts.part(on(language="zh"), {}))
    assert [(one.title, one.about) for one in shown.gifts] == [("一罐茶", "乌龙"), ("A towel", "亚麻浴巾")]
    assert [one.title for one in view(gifts.part(on(language="nl"), {})).gifts] == ["A tin of tea", "A towel"]


def test_points_are_said_to_take_something_off_a_price_only_where_they_do() -> None:
    price = PointsPrice(Decimal("0.01"), Decimal(10))
    assert view(gifts.part(on(replace(POINTS, price=price)), {})).price == price
    assert gifts.part(on(None), {}) == Part(GiftsView((), None))


WHO = st.builds(Who, st.sampled_from([(), ("Gold",), ("Silver", "Gold")]), st.sampled_from(["everyone", "vip"]))
GIFT = st.builds(PointsGift, st.sampled_from("abcdef"), st.integers(1, 9), st.just({"": "tea"}), who=WHO)


@examples(40)
@given(
    some=st.lists(GIFT, max_size=6, unique_by=lambda gift: gift.name),
    tier=st.sampled_from([None, "Silver", "Gold"]),
    vip=st.booleans(),
    balance=st.integers(0, 10),
)
def test_each_reader_sees_what_is_meant_for_them_and_marked_is_what_they_may_have(
    some: list[PointsGift], tier: str | None, vip: bool, balance: int
) -> None:
    points = Points(date(2024, 3, 1), gifts=tuple(some))
    part = gifts.part(on(points), {})
    segments = frozenset({"vip"} if vip else ())
    read = [cell(one.view) for one in cells_for(part, tier, segments, points=balance)]
    meant = gifts_for(gifts_on(some, TODAY), tier, segments)
    few = [gift for one in read if one.kind == "gift" for gift in one.gifts]
    assert len(view(part).gifts) + len(few) == len(meant)
    marked = sum(len(one.gifts) for one in read if one.marked)
    assert marked == len(gifts_within_reach(meant, balance))


def test_with_those_within_reach_each_reader_sees_nothing_else() -> None:
    part = gifts.part(on(), {"show": "within reach"})
    assert view(part) == GiftsView((), None, listed=False)
    read = [cell(one.view) for one in cells_for(part, "Gold", {"bead-lovers"}, points=2000)]
    assert [gift.title for one in read for gift in one.gifts] == ["A tin of tea", "A towel", "An hour at the loom"]
    assert not any(one.marked for one in read)
    assert not list(cells_for(part, "Gold", points=399))
    with pytest.raises(BadArgument, match="'show' can't be 'mine'"):
        gifts.part(on(), {"show": "mine"})


def test_every_cells_rule_is_among_the_rules_and_can_be_read() -> None:
    for full, arguments in product((False, True), ({}, {"show": "within reach"})):
        asked = gifts.rules(Terms(Programme(points=POINTS), FULL if full else SHOP), arguments)
        assert {one.rule for one in gifts.part(on(full=full), arguments).cells} <= {*asked}
        assert all(parsed(rule) for rule in asked)
    assert gifts.rules(Terms(Programme(), SHOP), {}) == ()
