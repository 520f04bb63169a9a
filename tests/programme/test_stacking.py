"""Tests of the stacking guard: what may meet, what is paid then, and that nothing is sold below the floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.concession import Concession, ConcessionKind, Days, Goods, Per, Who
from sitegen.model.prices import STEPS, Rounding, RoundingMode
from sitegen.model.product import Product
from sitegen.model.stacking import OnTop, Stacking, Together
from sitegen.programme.stacking.combinations import combinations as allowed
from sitegen.programme.stacking.offences import Offence, offences
from sitegen.programme.stacking.paid import holds, margin, paid

CENT = Rounding()
TIER = Concession(ConcessionKind.TIER_PRICE, "Gold", Decimal(5), who=Who(("Gold",)))
COUPON = Concession(ConcessionKind.COUPON, "ten", amount=Decimal(10), per=Per.ORDER, least=Decimal(50))
BIRTHDAY = Concession(ConcessionKind.BIRTHDAY, "extra", Decimal(3))
NEWCOMER = Concession(ConcessionKind.NEWCOMER_PRICE, "first", Decimal(10))
LADDER = tuple(
    Concession(ConcessionKind.LADDER, f"step {percent}", Decimal(percent), one_of="ladder") for percent in (3, 6)
)


def names(concessions: Iterable[Concession], stacking: Stacking) -> list[str]:
    return ["+".join(one.name for one in some) for some in allowed(concessions, stacking)]


def test_one_concession_is_enough_unless_the_shop_says_otherwise() -> None:
    assert names((TIER, COUPON, BIRTHDAY), Stacking()) == ["", "Gold", "ten", "extra"]
    assert names((TIER, COUPON), Stacking(most=2)) == ["", "Gold", "ten", "Gold+ten"]


def test_a_pair_that_is_named_may_meet_by_kind_or_by_name() -> None:
    by_kind = Stacking(together=(Together("coupon", "tier-price"),))
    by_name = Stacking(together=(Together("Gold", "ten"),))
    for stacking in (by_kind, by_name):
        assert names((TIER, COUPON, BIRTHDAY), stacking) == ["", "Gold", "ten", "extra", "Gold+ten"]


def test_three_meet_only_where_each_pair_of_them_may() -> None:
    pairs = (Together("tier-price", "coupon"), Together("tier-price", "ladder"))
    three = (TIER, COUPON, LADDER[0])
    assert "Gold+ten+step 3" not in names(three, Stacking(together=pairs))
    assert "Gold+ten+step 3" in names(three, Stacking(together=(*pairs, Together("coupon", "ladder"))))


def test_the_birthday_comes_on_top_of_whatever_else_is_allowed_and_nothing_else_does() -> None:
    stacking = Stacking(on_top=(OnTop("extra"), OnTop("ten")))
    assert names((TIER, COUPON, BIRTHDAY), stacking) == ["", "Gold", "ten", "extra", "Gold+extra", "ten+extra"]


def test_a_newcomers_price_never_meets_a_members_price_whatever_is_named() -> None:
    stacking = Stacking(most=3, together=(Together("newcomer-price", "tier-price"),), on_top=(OnTop("extra"),))
    assert names((NEWCOMER, TIER, BIRTHDAY), stacking) == ["", "first", "Gold", "extra", "Gold+extra"]
    assert "first+ten" in names((NEWCOMER, COUPON), stacking)


def test_one_step_of_a_ladder_is_all_that_an_order_reaches() -> None:
    assert names(LADDER, Stacking(most=3)) == ["", "step 3", "step 6"]


def test_what_has_no_day_in_common_never_meets() -> None:
    spring = Concession(ConcessionKind.BENEFIT, "spring", Decimal(5), days=(Days(last=date(2026, 5, 31)),))
    summer = Concession(ConcessionKind.COUPON, "summer", Decimal(5), days=(Days(date(2026, 6, 1)),))
    assert names((spring, summer), Stacking(most=3)) == ["", "spring", "summer"]
    both = Concession(ConcessionKind.COUPON, "both", Decimal(5), days=(Days(date(2026, 5, 31)), Days(None, date.min)))
    assert "spring+both" in names((spring, both), Stacking(most=3))
    never = Concession(ConcessionKind.BENEFIT, "never", Decimal(5), days=())
    assert names((never,), Stacking()) == [""]


@pytest.mark.parametrize(
    ("price", "concessions", "left"),
    [
        ("100.00", (TIER,), "95.00"),
        ("100.00", (BIRTHDAY, TIER), "92.15"),
        ("100.00", (COUPON, TIER), "85.00"),
        ("50.00", (COUPON,), "40.00"),
        ("20.00", (COUPON,), "16.00"),
        ("33.33", (COUPON,), "26.66"),
        ("8.00", (Concession(ConcessionKind.COUPON, "all", amount=Decimal(10), per=Per.ORDER),), "0.00"),
        ("8.00", (Concession(ConcessionKind.COUPON, "each", amount=Decimal(10)),), "0"),
        ("129.99", (Concession(ConcessionKind.COUPON, "each", amount=Decimal("0.99")),), "129.00"),
    ],
)
def test_a_price_after_some_concessions(price: str, concessions: tuple[Concession, ...], left: str) -> None:
    assert paid(Decimal(price), concessions, CENT) == Decimal(left)


def test_a_margin_is_of_the_price_paid_and_never_rounded_up() -> None:
    assert margin(Decimal("100.00"), Decimal("74.96")) == Decimal("25.0")
    assert margin(Decimal("89.00"), Decimal("80.00")) == Decimal("10.1")
    assert margin(Decimal("90.00"), Decimal("100.00")) == Decimal("-11.2")
    assert margin(Decimal(0), Decimal(1)) is None
    assert holds(Decimal("100.00"), Decimal("75.00"), Decimal(25))
    assert not holds(Decimal("100.00"), Decimal("75.01"), Decimal(25))


def test_the_smallest_combination_below_the_floor_is_named_with_its_price_and_margin() -> None:
    sheet = Product("P-1", "Sheet", Decimal("100.00"), cost=Decimal("70.00"))
    stacking = Stacking(most=2, on_top=(OnTop("extra"),), floor=Decimal(25))
    found = offences((sheet,), ("Silver", "Gold"), (TIER, COUPON, BIRTHDAY), stacking, CENT)
    assert found == (
        Offence(sheet, ("", "Silver", "Gold"), (COUPON,), Decimal("90.00"), Decimal("70.00"), Decimal("22.2")),
        Offence(sheet, ("Gold",), (TIER, BIRTHDAY), Decimal("92.15"), Decimal("70.00"), Decimal("24.0")),
    )


def test_a_list_price_below_the_floor_is_told_and_goods_outside_it_are_not() -> None:
    cheap = Product("P-1", "Sheet", Decimal("100.00"), group="linen", cost=Decimal("90.00"))
    unknown = Product("P-2", "Box", Decimal("10.00"))
    stacking = Stacking(floor=Decimal(25))
    (found,) = offences((cheap, unknown), ("Gold",), (TIER,), stacking, CENT)
    assert (found.product, found.concessions, found.tiers) == (cheap, (), ("", "Gold"))
    free = Stacking(floor=Decimal(25), without=(Goods(groups=("linen",)),))
    assert offences((cheap,), ("Gold",), (TIER,), free, CENT) == ()
    assert offences((cheap,), ("Gold",), (TIER,), Stacking(), CENT) == ()


# A plain oracle: every subset, by the sentences of the rules.

TIERS = ("Silver", "Gold")
KINDS = [ConcessionKind.NEWCOMER_PRICE, ConcessionKind.LADDER, ConcessionKind.BIRTHDAY, ConcessionKind.COUPON]
AMOUNTS = st.decimals(min_value="0.01", max_value=60, places=2)
DAYS = st.sampled_from([(Days(),), (Days(last=date(2026, 6, 30)),), (Days(date(2026, 7, 1)),), ()])
GOODS = st.sampled_from([Goods(), Goods(groups=("linen",)), Goods(products=("P-1", "P-2"))])


@st.composite
def concession(draw: st.DrawFn, number: int) -> Concession:
    percent = draw(st.booleans())
    least = draw(st.sampled_from(["0", "40", "200"]))
    return Concession(
        kind=draw(st.sampled_from(KINDS)),
        name=f"c{number}",
        percent=draw(AMOUNTS) if percent else Decimal(0),
        amount=Decimal(0) if percent else draw(AMOUNTS),
        per=draw(st.sampled_from(Per)),
        who=Who(draw(st.sampled_from([(), ("Gold",), ("Silver", "Gold")]))),
        goods=draw(GOODS),
        days=draw(DAYS),
        least=Decimal(least),
        one_of=draw(st.sampled_from(["", "", "ladder"])),
    )


@st.composite
def programme(draw: st.DrawFn) -> tuple[tuple[Product, ...], tuple[Concession, ...], Stacking, Rounding]:
    tiers = tuple(Concession(ConcessionKind.TIER_PRICE, name, draw(AMOUNTS), who=Who((name,))) for name in TIERS)
    others = tuple(draw(concession(number)) for number in range(draw(st.integers(0, 4))))
    words = [*(one.name for one in others), "tier-price", "coupon", "birthday"]
    pairs = draw(st.lists(st.tuples(st.sampled_from(words), st.sampled_from(words)), max_size=4))
    stacking = Stacking(
        most=draw(st.integers(1, 3)),
        together=tuple(Together(*pair) for pair in pairs),
        on_top=tuple(OnTop(one.name) for one in others if draw(st.booleans())),
        floor=draw(st.decimals(min_value=0, max_value=60, places=1)),
    )
    goods = tuple(
        Product(
            f"P-{number}",
            "A thing",
            draw(st.decimals(min_value="0.01", max_value=300, places=2)),
            group=draw(st.sampled_from(["linen", "beads", None])),
            cost=draw(st.decimals(min_value=0, max_value=120, places=2)),
        )
        for number in range(1, 3)
    )
    rounding = Rounding(draw(st.sampled_from(RoundingMode)), draw(st.sampled_from(STEPS)))
    return goods, (*tiers, *others), stacking, rounding


MEMBERS = {"tier-price", "unsold-price", "contract", "ladder", "benefit", "birthday"}


def may(some: tuple[Concession, ...], stacking: Stacking) -> bool:
    top = {one.name for one in stacking.on_top}
    counted = [one for one in some if not (one.kind == "birthday" and one.name in top)]
    if len(some) - len(counted) > 1:
        return False
    for one, other in combinations(some, 2):
        if one.one_of and one.one_of == other.one_of:
            return False
        if any(a.kind == "newcomer-price" and b.kind in MEMBERS for a, b in ((one, other), (other, one))):
            return False
    days = [date(2026, 6, 30), date(2026, 7, 1)]
    if some and not any(all(any(span.contains(day) for span in one.days) for one in some) for day in days):
        return False
    named = {frozenset((pair.one, pair.other)) for pair in stacking.together}
    friends = all(
        any(frozenset(words) in named for words in product((one.name, one.kind.value), (other.name, other.kind.value)))
        for one, other in combinations(counted, 2)
    )
    return len(counted) <= stacking.most or friends


def sold_at(price: Decimal, some: tuple[Concession, ...], rounding: Rounding) -> Decimal:
    """What a till takes for one piece: pieces first, then the order, which has just the goods that it must have."""
    ordered = sorted(some, key=lambda one: ([*Per].index(one.per), [*ConcessionKind].index(one.kind), one.name))
    for one in ordered:
        total = max(price, one.least) if one.per is Per.ORDER and one.amount else price
        exact = total * (1 - one.percent / 100) - one.amount
        steps = exact / rounding.step
        whole = steps.quantize(Decimal(1), "ROUND_" + rounding.mode.value.upper().replace("-", "_"))
        taken = max(Decimal(0), min(total, whole * rounding.step))
        price = taken if total == price else price * taken / total
    return price


def subsets(concessions: tuple[Concession, ...]) -> Iterator[tuple[Concession, ...]]:
    return chain.from_iterable(combinations(concessions, size) for size in range(len(concessions) + 1))


@settings(max_examples=250, deadline=None)
@given(programme())
def test_no_allowed_combination_that_passes_sells_below_the_floor(
    given_: tuple[tuple[Product, ...], tuple[Concession, ...], Stacking, Rounding],
) -> None:
    goods, concessions, stacking, rounding = given_
    assert stacking.floor is not None
    found = offences(goods, TIERS, concessions, stacking, rounding)
    for thing, tier in product(goods, ("", *TIERS)):
        told = [frozenset(one.concessions) for one in found if one.product == thing and tier in one.tiers]
        own = tuple(
            one
            for one in concessions
            if (tier in one.who.tiers or (not one.who.tiers and one.kind != "tier-price"))
            and one.goods.hold(thing.id, thing.group)
        )
        low = []
        for some in subsets(own):
            price = sold_at(thing.price, some, rounding)
            assert thing.cost is not None
            if may(some, stacking) and price - thing.cost < price * stacking.floor / 100:
                low.append(frozenset(some))
        assert all(any(named <= some for named in told) for some in low), "a combination that nobody told of"
        # A piece's part of a larger order is told to the whole cent below, so a telling may be a cent early.
        exact = all(one.per is Per.PRODUCT or not one.least for one in own)
        assert not exact or set(told) <= set(low), "a combination that is no offence"


@settings(max_examples=200, deadline=None)
@given(programme())
def test_one_concession_more_never_makes_a_price_rise(
    given_: tuple[tuple[Product, ...], tuple[Concession, ...], Stacking, Rounding],
) -> None:
    goods, concessions, _, rounding = given_
    for one in concessions:
        rest = tuple(other for other in concessions if other != one)
        assert paid(goods[0].price, concessions, rounding) <= paid(goods[0].price, rest, rounding)
