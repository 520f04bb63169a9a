"""Members read each product once, at their own price; newcomers read theirs, and nobody else's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.concession import Days, Goods, Who
from sitegen.model.goods import Goods as Shelves
from sitegen.model.part import Arguments, BadArgument, On, Part, Terms
from sitegen.model.prices import Exclusive, Newcomer, Prices, Unsold
from sitegen.model.product import Product
from sitegen.model.programme import Programme, Tier
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place
from sitegen.programme.parts import newcomers, prices
from sitegen.programme.parts.newcomers import NewcomersView
from sitegen.programme.parts.prices import PricesView
from sitegen.programme.prices.members import newly, price_list
from sitegen.programme.prices.newcomers import RULE, newcomer_list
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY, cells_for, parsed

HERE = Place("tiers.yaml", 3)
LINEN, SILVER, GOLD = (
    Tier(name, Decimal(threshold), Decimal(percent), "", HERE)
    for name, threshold, percent in (("Linen", 0, 0), ("Silver", 1000, 2), ("Gold", 3000, 5))
)
OLD = date(2021, 3, 1)
SHEET = Product("P-1", "Sheet", Decimal("129.00"), "床单", "linen", launched_on=OLD, stock=64, sold=3, last_sold=TODAY)
CLOTH = Product("P-2", "Cloth", Decimal("149.50"), "桌布", "linen", launched_on=OLD, stock=2)
QUILT = Product("P-3", "Quilt", Decimal("359.00"), "秋月被", "quilts", launched_on=TODAY - timedelta(24), stock=9)
BOX = Product("P-4", "Box", Decimal("18.00"), None, "gifts", launched_on=OLD, stock=0, sold=1, last_sold=TODAY)
ODD = Product("P-5", "Thing", Decimal("7.77"))
ALL = (SHEET, CLOTH, QUILT, BOX, ODD)
SEGMENTS = ("satisfied", "friends", "told")


def on(programme: Programme, language: str = "en", products: tuple[Product, ...] = ALL) -> On:
    return On(programme, SHOP, TODAY, language, Shelves(products=products))


def tiered(prices_of: Prices, *tiers: Tier) -> Programme:
    return Programme(tiers=tiers or (LINEN, SILVER, GOLD), prices=prices_of)


def part_of(programme: Programme, arguments: Arguments | None = None, language: str = "en") -> Part:
    return prices.part(on(programme, language), arguments or {})


def view(part: Part, key: str) -> PricesView:
    found = next(cell.view for cell in part.cells if cell.key == key)
    assert isinstance(found, PricesView)
    return found


def read(part: Part, tier: str | None, *segments: str) -> list[tuple[str, Decimal, bool, bool]]:
    """What a customer reads, in whichever order: name, price, whether it is kept for few, and whether it is unsold."""
    views = [cell.view for cell in cells_for(part, tier, segments)]
    assert all(isinstance(one, PricesView) for one in views)
    lines = (line for one in views if isinstance(one, PricesView) for group in one.groups for line in group.lines)
    return [(line.name, line.price, line.exclusive, bool(line.unsold)) for line in lines]


GOODS = st.builds(
    Goods,
    st.lists(st.sampled_from(["linen", "quilts", "gifts"]), max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from([one.id for one in ALL]), max_size=3, unique=True).map(tuple),
)
WHO = st.builds(
    Who,
    st.lists(st.sampled_from(["Linen", "Silver", "Gold"]), max_size=2, unique=True).map(tuple),
    st.sampled_from((EVERYONE, EVERYONE, *SEGMENTS)),
)
DAY = st.none() | st.dates(TODAY - timedelta(3), TODAY + timedelta(3))
EXCLUSIVE = st.builds(Exclusive, GOODS.filter(lambda one: one != Goods()), WHO, st.builds(Days, DAY, DAY))
UNSOLD = st.none() | st.builds(Unsold, st.just(90), st.just(60), st.sampled_from([Decimal(0), Decimal(8)]), WHO)
PRICES = st.builds(
    Prices, exclusive=st.lists(EXCLUSIVE, max_size=4).map(tuple), unsold=UNSOLD, without=st.just((Goods(("gifts",)),))
)
TIERS = st.sampled_from([(), (LINEN, SILVER, GOLD), (SILVER, GOLD)])
CHOSEN = st.sampled_from([Goods(), Goods(("linen",)), Goods(("quilts",), ("P-5",)), Goods((), ("P-3", "P-4"))])


@settings(max_examples=300, deadline=None)
@given(prices_of=PRICES, tiers=TIERS, chosen=CHOSEN, segments=st.sets(st.sampled_from(SEGMENTS)))
def test_every_member_reads_each_product_once_and_at_the_price_that_the_programme_says(
    prices_of: Prices, tiers: tuple[Tier, ...], chosen: Goods, segments: set[str]
) -> None:
    programme = Programme(tiers=tiers, prices=prices_of)
    arguments = {"groups": ", ".join(chosen.groups), "products": ",".join(chosen.products)}
    part = part_of(programme, arguments)
    rules = prices.rules(Terms(programme, SHOP), arguments)
    assert len({cell.rule for cell in part.cells}) == len({cell.key for cell in part.cells}) == len(part.cells)
    assert {cell.rule for cell in part.cells} <= {*rules}
    meant = [one for one in ALL if chosen.hold(one.id, one.group)]
    nobody_yet = () if tiers and tiers[0].threshold == 0 else (None,)
    for tier in (*nobody_yet, *tiers):
        lines = price_list(meant, tier, prices_of, TODAY, {EVERYONE, *segments})
        expected = [(line.product.name, line.price, line.exclusive, line.unsold) for line in lines]
        assert Counter(read(part, tier.name if tier else None, *segments)) == Counter(expected)


def test_a_tier_has_one_list_where_nothing_is_kept_for_a_segment() -> None:
    programme = tiered(Prices(exclusive=(Exclusive(Goods((), ("P-3",)), Who(("Gold",)), Days()),)))
    assert [cell.key for cell in part_of(programme).cells] == ["Linen", "Silver", "Gold"]
    assert len(prices.rules(Terms(programme, SHOP), {})) == 3
    assert [line[0] for line in read(part_of(programme), "Silver")] == ["Thing", "Box", "Cloth", "Sheet"]


def test_what_a_tier_may_buy_anyway_makes_no_cell_for_the_segments_that_may_buy_it_too() -> None:
    goods, until = Goods((), ("P-3",)), Days(None, date(2026, 10, 17))
    gold = Exclusive(goods, Who(("Gold",)), until)
    content = Exclusive(goods, Who((), "satisfied"), replace(until, first=date(2026, 9, 16)))
    keys = [cell.key for cell in part_of(tiered(Prices(exclusive=(gold, content)))).cells]
    assert keys == ["Linen", "Linen satisfied", "Silver", "Silver satisfied", "Gold"]
    assert len(prices.rules(Terms(tiered(Prices(exclusive=(gold, content))), SHOP), {})) == 5


def test_members_of_no_tier_have_a_list_where_the_lowest_tier_must_be_reached() -> None:
    part = part_of(tiered(Prices(), SILVER, GOLD))
    assert [cell.key for cell in part.cells] == ["", "Silver", "Gold"]
    assert parsed(part.cells[0].rule) == parsed("all:\n  - tier: is empty\n")
    nobody = view(part, "")
    assert (nobody.tier, nobody.next_tier, nobody.reduced) == ("", "Silver", False)
    assert view(part, "Gold").next_tier == ""


def test_a_line_says_all_that_a_reader_asks() -> None:
    kept = Exclusive(Goods((), ("P-3",)), Who((), "satisfied"), Days(None, date(2026, 10, 17)))
    goods = (Goods(("gifts",), ("P-2",)),)
    part = part_of(tiered(Prices(without=goods, exclusive=(kept,), unsold=Unsold(90, 60))), language="zh")
    silver = view(part, "Silver")
    assert [(group.name, [line.name for line in group.lines]) for group in silver.groups] == [
        ("", ["Thing"]),
        ("gifts", ["Box"]),
        ("linen", ["桌布", "床单"]),
    ]
    assert silver.same == ("gifts", "桌布")
    assert (silver.percent, silver.reduced, silver.stocked, silver.kept) == (Decimal(2), True, True, False)
    cloth, sheet = silver.groups[2].lines
    assert (cloth.price, cloth.percent, cloth.stock, cloth.unsold) == (Decimal("149.50"), Decimal(0), "few", "first")
    assert (sheet.price, sheet.list_price, sheet.unsold) == (Decimal("126.42"), Decimal("129.00"), "")
    besides = view(part, "Silver satisfied")
    ((quilt,),) = [group.lines for group in besides.groups]
    assert besides.kept
    assert (quilt.name, quilt.price, quilt.exclusive) == ("秋月被", Decimal("351.82"), True)
    assert quilt.until == date(2026, 10, 17)


def test_goods_that_a_text_names_stand_in_its_order_and_in_no_groups() -> None:
    gold = view(part_of(tiered(Prices(without=(Goods(("gifts",)),))), {"products": "P-3, P-1, P-2"}), "Gold")
    assert (gold.grouped, gold.same) == (False, ())
    assert [(group.name, [line.name for line in group.lines]) for group in gold.groups] == [
        ("", ["Quilt", "Sheet", "Cloth"])
    ]
    assert view(part_of(tiered(Prices()), {"products": "P-3", "groups": "linen"}), "Gold").grouped


def test_what_is_kept_stands_as_a_list_of_its_own_where_the_tier_has_none() -> None:
    kept = Exclusive(Goods((), ("P-3",)), Who((), "satisfied"), Days())
    alone = part_of(tiered(Prices(exclusive=(kept,))), {"products": "P-3"})
    assert [cell.key for cell in alone.cells] == ["Linen satisfied", "Silver satisfied", "Gold satisfied"]
    assert not view(alone, "Gold satisfied").kept
    assert view(part_of(tiered(Prices(exclusive=(kept,)))), "Gold satisfied").kept


def test_a_thing_is_kept_until_the_last_day_that_holds_for_all_who_read_it() -> None:
    goods = Goods((), ("P-3",))
    lines = [
        Exclusive(goods, Who((), "satisfied"), Days(None, date(2026, 9, 30))),
        Exclusive(goods, Who((), "satisfied"), Days(None, date(2026, 10, 2))),
        Exclusive(goods, Who((), "friends"), Days(None, None)),
    ]
    one = view(part_of(tiered(Prices(exclusive=tuple(lines)))), "Gold friends satisfied")
    assert one.groups[0].lines[0].until == date(2026, 10, 2)
    ever = view(part_of(tiered(Prices(exclusive=tuple(lines[2:])))), "Gold friends")
    assert ever.groups[0].lines[0].until is None


def test_only_new_goods_stand_in_a_list_of_new_ones_and_a_list_of_nothing_is_none() -> None:
    part = part_of(tiered(Prices()), {"new": "30", "tiers": "Gold"})
    assert [cell.key for cell in part.cells] == ["Gold"]
    assert read(part, "Gold") == [("Quilt", Decimal("341.05"), False, False)]
    assert len(newly(price_list(ALL, GOLD, Prices(), TODAY), TODAY, 30)) == 1
    assert part_of(tiered(Prices()), {"new": "20"}) == Part()


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ({"groups": "linnen"}, "there is no group of goods 'linnen'", "did you mean 'linen'?"),
        ({"products": "P-1, P-9"}, "there is no product 'P-9'", "known are: P-1, P-2, P-3, P-4, P-5"),
        ({"tiers": "Platinum"}, "there is no tier 'Platinum'", "known are: Gold, Linen, Silver"),
        ({"new": "soon"}, "'soon' is no number of days", 'write how many days goods are new, like new="30"'),
    ],
)
def test_a_wrong_argument_is_named(arguments: Mapping[str, str], message: str, hint: str) -> None:
    with pytest.raises(BadArgument) as wrong:
        part_of(tiered(Prices()), arguments)
    assert (wrong.value.argument, wrong.value.message, wrong.value.hint) == (*arguments, message, hint)


def test_goods_that_nobody_has_yet_are_no_mistake_where_no_customer_file_is_open() -> None:
    assert prices.part(on(tiered(Prices()), products=()), {"groups": "linnen"}) == Part()


FIRST = Newcomer("first-parcel", Decimal(5), Goods(("linen",)), (Days(date(2026, 9, 1), date(2026, 12, 31)),))
SECOND = Newcomer("quilt-days", Decimal(10), Goods((), ("P-2", "P-3")), (Days(None, TODAY),))


def test_newcomers_read_the_best_offer_for_each_piece_and_no_members_price() -> None:
    programme = Programme(tiers=(LINEN, GOLD), newcomers=(FIRST, SECOND))
    part = newcomers.part(on(programme), {})
    ((cell,),) = [[*cells_for(part, "Linen", orders=0)]]
    assert [*cells_for(part, "Linen", orders=1)] == []
    assert isinstance(cell.view, NewcomersView)
    told = {(line.name, line.price) for offer in cell.view.offers for group in offer.groups for line in group.lines}
    expected = newcomer_list(ALL, (FIRST, SECOND), Prices(), TODAY)
    assert told == {(line.product.name, line.price) for line in expected}
    offers = [(str(offer.percent), offer.until) for offer in cell.view.offers]
    assert offers == [("5", date(2026, 12, 31)), ("10", TODAY)]
    assert cell.rule == RULE == newcomers.rules(Terms(programme, SHOP), {})[0]


def test_a_page_that_anybody_may_read_shows_newcomers_prices_to_anybody() -> None:
    programme = Programme(newcomers=(FIRST,))
    part = newcomers.part(on(programme), {"open": "yes"})
    assert [cell.rule for cell in part.cells] == [""]
    with pytest.raises(BadArgument, match="'perhaps' is neither yes nor no"):
        newcomers.part(on(programme), {"open": "perhaps"})


def test_without_an_offer_of_the_day_newcomers_read_nothing() -> None:
    over = replace(FIRST, days=(Days(None, TODAY - timedelta(1)),))
    assert newcomers.part(on(Programme(newcomers=(over,))), {}) == Part()
