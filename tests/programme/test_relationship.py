"""Contracts, ladders, ways to pay and quiet months are reckoned as the programme says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.concession import Concession, ConcessionKind, Days, Goods, Per, Who
from sitegen.model.occasion import FixedDay
from sitegen.model.prices import STEPS, Rounding, RoundingMode
from sitegen.model.programme import Programme
from sitegen.model.relationship import (
    Contract,
    Ladder,
    LadderBy,
    OffSeason,
    PaymentKind,
    PaymentOption,
    Renewal,
    Step,
)
from sitegen.model.rule import All
from sitegen.programme.relationship.concessions import concessions
from sitegen.programme.relationship.contracts import Term, term_on
from sitegen.programme.relationship.ladder import LadderPrice, ladder_price, ladder_prices, next_step
from sitegen.programme.relationship.meant import chosen, is_for
from sitegen.programme.relationship.off_season import open_offers, season_of, season_on
from sitegen.programme.relationship.payment import Payment, options_for, payments
from sitegen.programme.relationship.rules import meant, on_step
from tests.audience.little_shop import segments

CENT = Rounding()
YEAR = Contract("year", 12, renewal=Renewal.AUTOMATIC, notice=30)
LINEN = Ladder("linen", LadderBy.PIECES, (Step(3, Decimal(3)), Step(6, Decimal(5))), goods=Goods(groups=("linen",)))
WINTER = OffSeason("winter", FixedDay(6, 1), FixedDay(8, 31), FixedDay(10, 1), Decimal(5))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ROUNDING = st.builds(Rounding, st.sampled_from(RoundingMode), st.sampled_from(STEPS))
MONEY = st.decimals(0, 100_000, places=2)


def test_a_contract_that_renews_itself_begins_again_on_the_same_day() -> None:
    signed = date(2026, 3, 31)
    assert term_on(YEAR, signed, date(2026, 3, 30)) is None
    assert term_on(YEAR, signed, date(2027, 3, 30)) == Term(1, signed, date(2027, 3, 30), date(2027, 2, 28))
    assert term_on(YEAR, signed, date(2027, 3, 31)) == Term(2, date(2027, 3, 31), date(2028, 3, 30), date(2028, 2, 29))


@pytest.mark.parametrize("renewal", [Renewal.NONE, Renewal.ON_REQUEST])
def test_a_contract_that_nobody_renews_ends(renewal: Renewal) -> None:
    contract = Contract("year", 12, renewal=renewal)
    assert term_on(contract, date(2026, 1, 1), date(2026, 12, 31)) is not None
    assert term_on(contract, date(2026, 1, 1), date(2027, 1, 1)) is None


@given(signed=DAYS, after=st.integers(0, 4000), months=st.integers(1, 36))
def test_every_day_of_a_contract_lies_in_one_term_and_terms_follow_each_other(
    signed: date, after: int, months: int
) -> None:
    contract = Contract("any", months, renewal=Renewal.AUTOMATIC)
    day = signed + timedelta(days=after)
    term = term_on(contract, signed, day)
    assert term is not None
    assert term.first <= day <= term.last
    following = term_on(contract, signed, term.last + timedelta(days=1))
    assert following is not None
    assert (following.number, following.first) == (term.number + 1, term.last + timedelta(days=1))


def test_a_ladder_gives_more_from_step_to_step() -> None:
    prices = [ladder_price(LINEN, Decimal("129.00"), count, CENT) for count in (1, 2, 3, 5, 6, 60)]
    assert prices == [Decimal(one) for one in ("129.00", "129.00", "125.13", "125.13", "122.55", "122.55")]
    assert ladder_prices(LINEN, Decimal("129.00"), CENT) == (
        LadderPrice(3, Decimal(3), Decimal("125.13")),
        LadderPrice(6, Decimal(5), Decimal("122.55")),
    )
    assert next_step(LINEN, 2) == LINEN.steps[0]
    assert next_step(LINEN, 3) == LINEN.steps[1]
    assert next_step(LINEN, 6) is None


@given(price=MONEY, count=st.integers(1, 20), rounding=ROUNDING)
def test_one_more_piece_never_makes_a_piece_dearer(price: Decimal, count: int, rounding: Rounding) -> None:
    more = ladder_price(LINEN, price, count + 1, rounding)
    assert more <= ladder_price(LINEN, price, count, rounding) <= price


def test_instalments_are_a_month_apart_and_the_last_takes_what_is_left() -> None:
    option = PaymentOption("three", PaymentKind.INSTALMENTS, parts=3)
    assert payments(option, Decimal("100.00"), date(2026, 1, 31), CENT) == (
        Payment(date(2026, 1, 31), Decimal("33.33")),
        Payment(date(2026, 2, 28), Decimal("33.33")),
        Payment(date(2026, 3, 31), Decimal("33.34")),
    )


def test_a_deposit_is_paid_at_once_and_the_rest_later() -> None:
    option = PaymentOption("fifth", PaymentKind.DEPOSIT, days=60, share=Decimal(20))
    assert payments(option, Decimal("299.00"), date(2026, 7, 1), CENT) == (
        Payment(date(2026, 7, 1), Decimal("59.80")),
        Payment(date(2026, 8, 30), Decimal("239.20")),
    )


def test_who_pays_in_advance_pays_less_and_an_invoice_is_due_later() -> None:
    advance = PaymentOption("now", PaymentKind.ADVANCE, discount=Decimal(2))
    invoice = PaymentOption("later", PaymentKind.INVOICE, days=30)
    assert payments(advance, Decimal(50), date(2026, 7, 1), CENT) == (Payment(date(2026, 7, 1), Decimal("49.00")),)
    assert payments(invoice, Decimal(50), date(2026, 7, 1), CENT) == (Payment(date(2026, 7, 31), Decimal("50.00")),)


@given(
    kind=st.sampled_from(PaymentKind),
    amount=MONEY,
    parts=st.integers(2, 60),
    numbers=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    rounding=ROUNDING,
)
def test_whoever_pays_in_parts_pays_the_whole_and_not_a_cent_more(
    kind: PaymentKind, amount: Decimal, parts: int, numbers: tuple[int, int], rounding: Rounding
) -> None:
    share, discount = map(Decimal, numbers)
    option = PaymentOption("any", kind, 30, parts, share, discount)
    whole = PaymentOption("whole", PaymentKind.ADVANCE, discount=discount)
    due = payments(option, amount, date(2026, 1, 31), rounding)
    assert sum(one.amount for one in due) == sum(one.amount for one in payments(whole, amount, date.min, rounding))
    assert [one.day for one in due] == sorted(one.day for one in due)
    assert all(one.amount > 0 for one in due)


def test_only_those_ways_to_pay_are_offered_that_are_meant_for_the_customer_and_the_sum() -> None:
    gold = PaymentOption("gold", PaymentKind.INVOICE, who=Who(tiers=("Gold",)))
    large = PaymentOption("large", PaymentKind.INSTALMENTS, least=Decimal(200))
    near = PaymentOption("near", PaymentKind.INVOICE, who=Who(audience="near"))
    options = (gold, large, near)
    assert options_for(options, Decimal(100), None, ()) == ()
    assert options_for(options, Decimal(200), "Silver", ("near",)) == (large, near)
    assert options_for(options, Decimal(199), "Gold", ()) == (gold,)


def test_a_tier_and_a_segment_must_both_fit() -> None:
    who = Who(tiers=("Gold", "Silver"), audience="near")
    assert is_for(who, "Silver", {"near", "far"})
    assert not is_for(who, "Silver", {"far"})
    assert not is_for(who, None, {"near"})


def test_the_engine_chooses_the_same_customers_as_a_plain_look_at_them() -> None:
    people = [("C-1", "Gold", True), ("C-2", "Silver", True), ("C-3", None, True), ("C-4", "Gold", False)]
    facts = ibis.memtable([one[:2] for one in people], schema={"customer_id": "string", "tier": "string"})
    members = ibis.memtable([(one[0], one[2]) for one in people], schema={"customer_id": "string", "near": "boolean"})
    for who in (Who(("Gold",)), Who(("Gold", "Silver")), Who(audience="near"), Who(("Gold",), "near")):
        found = chosen(who, facts, members)
        assert found is not None
        rows = ibis.duckdb.connect().to_pyarrow(found).to_pylist()
        expected = [name for name, tier, near in people if is_for(who, tier, {"near"} if near else ())]
        assert sorted(row["customer_id"] for row in rows) == expected
    assert chosen(Who(), facts, members) is None


def asked(text: str) -> int:
    """How many things the rule asks, read as a shop's own segments are."""
    near = "  near:\n    all:\n      - customer id: is known\n"
    *_, found = segments(f"segments:\n{near}  meant:\n" + "".join(f"    {line}\n" for line in text.splitlines()))
    assert isinstance(found.rule, All)
    return len(found.rule.parts)


def test_the_rule_of_a_step_asks_for_the_orders_before_it() -> None:
    again = Ladder("again", LadderBy.ORDERS, (Step(3, Decimal(3)),), within=90, who=Who(("Silver", "Gold"), "near"))
    text = on_step(again, again.steps[0])
    assert (
        text
        == """\
all:
  - tier: "one of [Silver, Gold]"
  - segment: is near
  - ordered: {at least: 2, within last: 90 days}
"""
    )
    assert asked(text) == 3
    assert on_step(LINEN, LINEN.steps[0]) == meant(Who()) == "all:\n  - customer id: is known\n"
    assert asked(meant(Who(("Gold",)))) == 1
    first = Ladder("first", LadderBy.ORDERS, (Step(1, Decimal(3)), Step(2, Decimal(4))), within=1)
    assert on_step(first, first.steps[0]) == meant(Who())
    assert asked(on_step(first, first.steps[1])) == 1


def test_an_offer_of_quiet_months_is_open_from_its_first_to_its_last_day() -> None:
    assert [bool(open_offers([WINTER], day)) for day in _around(date(2026, 6, 1), date(2026, 8, 31))] == [
        False,
        True,
        True,
        False,
    ]
    assert season_on(WINTER, date(2026, 9, 1)) == season_of(WINTER, 2027)
    assert season_of(WINTER, 2026).delivered_on == date(2026, 10, 1)


def test_an_offer_may_go_over_the_new_year_and_its_goods_come_after_it() -> None:
    spring = OffSeason("spring", FixedDay(11, 15), FixedDay(2, 29), FixedDay(1, 20))
    season = season_on(spring, date(2027, 1, 1))
    assert (season.first, season.last, season.delivered_on) == (
        date(2026, 11, 15),
        date(2027, 2, 28),
        date(2028, 1, 20),
    )


YEARLY = st.builds(FixedDay, st.integers(1, 12), st.integers(1, 28))


@given(opens=YEARLY, closes=YEARLY, delivers=YEARLY, on=DAYS)
def test_a_season_is_open_now_or_is_the_next_one(
    opens: FixedDay, closes: FixedDay, delivers: FixedDay, on: date
) -> None:
    season = season_on(OffSeason("any", opens, closes, delivers), on)
    assert season.first <= season.last < season.delivered_on
    assert on <= season.last
    assert season.last - season.first < timedelta(days=366)
    earlier = season_of(season.offer, season.first.year - 1)
    assert earlier.last < on


def _around(first: date, last: date) -> tuple[date, ...]:
    one = timedelta(days=1)
    return (first - one, first, last, last + one)


def test_what_takes_something_off_is_a_concession_and_what_does_not_is_none() -> None:
    signed = Contract("year", 12, discount=Decimal(3), who=Who(tiers=("Gold",)), holders="signed")
    now = PaymentOption("now", PaymentKind.ADVANCE, discount=Decimal(2), least=Decimal(50))
    programme = Programme(
        contracts=(YEAR, signed),
        ladder=(LINEN,),
        payment=(now, PaymentOption("later", PaymentKind.INVOICE)),
        off_season=(WINTER,),
    )
    found = concessions(programme, date(2026, 9, 8))
    seasons = tuple(Days(date(year, 6, 1), date(year, 8, 31)) for year in (2025, 2026, 2027))
    assert found == (
        Concession(ConcessionKind.CONTRACT, "year", Decimal(3), who=Who(("Gold",), "signed")),
        *(
            Concession(
                ConcessionKind.LADDER,
                f"linen, from {step.count} pieces",
                step.discount,
                goods=LINEN.goods,
                one_of="ladder linen",
            )
            for step in LINEN.steps
        ),
        Concession(ConcessionKind.PAYMENT, "now", Decimal(2), per=Per.ORDER, least=Decimal(50), one_of="payment"),
        Concession(ConcessionKind.OFF_SEASON, "winter", Decimal(5), days=seasons),
    )
