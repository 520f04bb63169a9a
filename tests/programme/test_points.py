"""Tests of the rules of points: what orders and happenings earn, when points go, what they buy, and that they are no
money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.rows import TYPES
from sitegen.content.law_file import built_in_law
from sitegen.model.concession import ConcessionKind, Per, Who
from sitegen.model.field import FIELDS
from sitegen.model.points import Earning, Expiry, ExpiryAt, Factor, Happening, Points, PointsGift, PointsPrice
from sitegen.model.programme import Tier
from sitegen.model.table import table
from sitegen.model.tree import Place
from sitegen.programme.points.concessions import concessions
from sitegen.programme.points.due import due_rows
from sitegen.programme.points.earning import order_points
from sitegen.programme.points.expiry import expires_on, expiry_day, last_expired
from sitegen.programme.points.gifts import NextGift, gifts_for, gifts_on, gifts_within_reach, next_gift
from tests.examples import examples
from tests.programme.points_oracle import end_of

TODAY = date(2026, 9, 8)
SINCE = date(2026, 1, 1)
TIERS = (
    Tier("Silver", Decimal(100), Decimal(2), "", Place("tiers.yaml", 2)),
    Tier("Gold", Decimal(300), Decimal(5), "", Place("tiers.yaml", 5)),
)
Row = dict[str, Any]


def tables(**rows: list[Row]) -> Mapping[str, ibis.Table]:
    people = {row["customer_id"] for row in rows.get("orders", [])} | {"C-1"}
    rows.setdefault("customers", [{"customer_id": whose} for whose in sorted(people)])
    return {name: _table(name, some) for name, some in rows.items()}


def _table(name: str, rows: list[Row]) -> ibis.Table:
    schema = ibis.schema({column.name: TYPES[column.kind] for column in table(name).columns})
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()), schema=schema)


def order(order_id: str, amount: str, day: date = TODAY, **more: Any) -> Row:
    row = {"order_id": order_id, "customer_id": "C-1", "ordered_at": day, "amount": Decimal(amount)}
    return {**row, "status": "delivered", **more}


def ask(expression: ibis.Table) -> list[Row]:
    rows: list[Row] = engine().to_pyarrow(expression).to_pylist()
    return rows


@cache
def engine() -> ibis.BaseBackend:
    return ibis.duckdb.connect()


def worth(shop: Mapping[str, ibis.Table], earning: Earning) -> dict[str, int]:
    return {row["order_id"]: row["points"] for row in ask(order_points(shop, earning, TIERS, TODAY))}


def due(shop: Mapping[str, ibis.Table], points: Points, today: date = TODAY) -> list[tuple[Any, ...]]:
    rows = sorted(ask(due_rows(shop, points, TIERS, today)), key=lambda row: (row["customer_id"], row["entry"]))
    return [tuple(row.values()) for row in rows]


def test_a_whole_euro_earns_a_point_and_what_is_left_of_one_earns_nothing() -> None:
    shop = tables(orders=[order("O-1", "12.99"), order("O-2", "0.99"), order("O-3", "-5.00"), order("O-4", "400.00")])
    assert worth(shop, Earning()) == {"O-1": 12, "O-2": 0, "O-3": 0, "O-4": 400}
    assert worth(shop, Earning(points=3, for_each=Decimal("2.50"), most=100)) == {
        "O-1": 15,
        "O-2": 0,
        "O-3": 0,
        "O-4": 100,
    }


def test_a_tier_counts_for_the_orders_after_the_one_that_reached_it() -> None:
    days = [TODAY - timedelta(days=count) for count in (9, 8, 7, 6)]
    amounts = ("100.00", "199.99", "0.01", "10.00")
    shop = tables(
        orders=[order(f"O-{n}", amount, day) for n, (amount, day) in enumerate(zip(amounts, days, strict=True))]
    )
    factors = (Factor("Silver", Decimal("1.5")), Factor("Gold", Decimal(3)))
    assert worth(shop, Earning(tiers=factors)) == {"O-0": 100, "O-1": 299, "O-2": 0, "O-3": 30}


def test_goods_of_a_group_count_as_often_as_the_rules_say() -> None:
    shop = tables(
        orders=[order("O-1", "100.00"), order("O-2", "30.00")],
        order_lines=[
            {"order_id": "O-1", "line": 1, "product_id": "P-1", "quantity": 2, "price": Decimal("10.50")},
            {"order_id": "O-1", "line": 2, "product_id": "P-2", "quantity": 1, "price": Decimal("79.00")},
            {"order_id": "O-2", "line": 1, "product_id": "P-3", "quantity": 1, "price": Decimal("30.00")},
        ],
        products=[
            {"product_id": "P-1", "name": "Tea", "group": "tea", "price": Decimal("10.50")},
            {"product_id": "P-2", "name": "Cloth", "group": "linen", "price": Decimal("79.00")},
            {"product_id": "P-3", "name": "Card", "group": "gift cards", "price": Decimal("30.00")},
        ],
    )
    factors = (Factor("tea", Decimal("1.5")), Factor("gift cards", Decimal(0)))
    assert worth(shop, Earning(groups=factors)) == {"O-1": 110, "O-2": 0}


@examples(40)
@given(
    amount=st.decimals(0, 100_000, places=2),
    factor=st.decimals(0, 10, places=2),
    each=st.decimals("0.01", 50, places=2),
)
def test_an_order_earns_the_whole_units_of_its_amount_times_the_factor(
    amount: Decimal, factor: Decimal, each: Decimal
) -> None:
    before = order("O-0", "300.00", TODAY - timedelta(days=1))
    shop = tables(orders=[before, order("O-1", str(amount))])
    earning = Earning(for_each=each, tiers=(Factor("Gold", factor),))
    assert worth(shop, earning)["O-1"] == int(amount * factor / each)


def test_what_happens_earns_once_and_a_second_look_finds_nothing() -> None:
    people = [
        {"customer_id": "C-1", "birthday": date(1980, 9, 8), "member_since": date(2020, 1, 1)},
        {"customer_id": "C-2", "birthday": date(1992, 2, 29), "member_since": date(2026, 1, 1)},
        {"customer_id": "C-3", "birthday": date(1992, 2, 29), "member_since": date(2026, 3, 1)},
        {"customer_id": "C-4", "birthday": date(1990, 9, 9)},
    ]
    orders = [order("O-1", "0.50", rating=5), order("O-2", "0.50", rating=1, status="returned"), order("O-3", "0.50")]
    brought = [
        {"referrer_id": "C-4", "referred_id": "C-2", "day": TODAY},
        {"referrer_id": "C-4", "referred_id": "C-3", "day": date(2025, 1, 1)},
    ]
    earning = Earning(happenings={Happening.BIRTHDAY: 50, Happening.REVIEW: 20, Happening.REFERRAL: 100})
    points = Points(SINCE, earning)
    shop = {"orders": orders, "customers": people, "referrals": brought}
    new = due(tables(**shop), points)
    assert new == [
        ("C-1", 1, TODAY, 50, "earned", "birthday", None),
        ("C-1", 2, TODAY, 20, "earned", "review", None),
        ("C-1", 3, TODAY, 20, "earned", "review", None),
        ("C-2", 1, TODAY, 50, "earned", "birthday", None),
        ("C-4", 1, TODAY, 100, "earned", "referral", None),
    ]
    names = [column.name for column in table("points").columns]
    booked = [dict(zip(names, row, strict=True)) for row in new]
    assert due(tables(**shop, points=booked), points) == []
    assert due(tables(**shop, points=booked), points, date(2026, 9, 9)) == [
        ("C-4", 2, date(2026, 9, 9), 50, "earned", "birthday", None)
    ]


def test_who_was_born_on_a_leap_day_gets_points_on_the_28th_of_february_of_a_common_year() -> None:
    shop = tables(customers=[{"customer_id": "C-1", "birthday": date(1992, 2, 29)}])
    points = Points(date(2025, 3, 1), Earning(happenings={Happening.BIRTHDAY: 1}))
    assert due(shop, points, date(2026, 2, 27)) == []
    assert len(due(shop, points, date(2026, 2, 28))) == 1
    assert due(shop, Points(date(2028, 1, 1), points.earning), date(2028, 2, 28)) == []
    assert len(due(shop, Points(date(2028, 1, 1), points.earning), date(2028, 2, 29))) == 1


def test_rows_that_an_old_file_holds_are_followed_by_the_rows_that_they_lacked() -> None:
    ledger = [
        {"customer_id": "C-1", "entry": 4, "day": date(2026, 8, 1), "points": 30, "kind": "pending", "order_id": "O-1"},
        {"customer_id": "C-1", "entry": 9, "day": date(2026, 9, 1), "points": 12, "kind": "pending", "order_id": "O-2"},
    ]
    orders = [order("O-1", "30.00", date(2026, 8, 1)), order("O-2", "12.00", date(2026, 9, 1))]
    shop = tables(orders=orders, points=[{**row, "reason": "order"} for row in ledger])
    assert due(shop, Points(SINCE, pending=14)) == [("C-1", 10, TODAY, 30, "active", "order", "O-1")]


def test_a_returned_order_takes_its_points_back_and_what_was_spent_of_them_from_the_next_ones() -> None:
    ledger = [
        {"customer_id": "C-1", "entry": 1, "day": SINCE, "points": 100, "kind": "earned", "order_id": "O-1"},
        {"customer_id": "C-1", "entry": 2, "day": SINCE, "points": -70, "kind": "spent", "reason": "tea tin"},
    ]
    orders = [order("O-1", "100.00", SINCE, status="returned"), order("O-2", "50.00", SINCE)]
    first = due(tables(orders=orders, points=ledger), Points(SINCE))
    assert first == [
        ("C-1", 3, TODAY, 50, "earned", "order", "O-2"),
        ("C-1", 4, TODAY, -80, "corrected", "returned", "O-1"),
    ]
    names = [column.name for column in table("points").columns]
    ledger += [dict(zip(names, row, strict=True)) for row in first]
    orders.append(order("O-3", "45.00"))
    assert due(tables(orders=orders, points=ledger), Points(SINCE)) == [
        ("C-1", 5, TODAY, 45, "earned", "order", "O-3"),
        ("C-1", 6, TODAY, -20, "corrected", "returned", "O-1"),
    ]


def test_a_row_is_never_dated_before_the_last_one_of_its_customer() -> None:
    later = TODAY + timedelta(days=3)
    ledger = [{"customer_id": "C-1", "entry": 1, "day": later, "points": 5, "kind": "corrected"}]
    assert due(tables(orders=[order("O-1", "7.00")], points=ledger), Points(SINCE)) == [
        ("C-1", 2, later, 7, "earned", "order", "O-1")
    ]


@pytest.mark.parametrize(
    ("earned", "months", "at", "gone"),
    [
        (date(2024, 2, 29), 24, ExpiryAt.DAY, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, ExpiryAt.DAY, date(2028, 2, 29)),
        (date(2025, 12, 31), 2, ExpiryAt.DAY, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, ExpiryAt.MONTH_END, date(2026, 2, 1)),
        (date(2025, 12, 1), 12, ExpiryAt.MONTH_END, date(2027, 1, 1)),
    ],
)
def test_points_go_at_the_end_of_their_months(earned: date, months: int, at: ExpiryAt, gone: date) -> None:
    assert expires_on(earned, Expiry(months, at)) == gone


DAYS = st.dates(date(1999, 1, 1), date(2101, 1, 1))
EXPIRIES = st.builds(Expiry, st.integers(1, 60), st.sampled_from(ExpiryAt), st.integers(0, 60))


@given(day=DAYS, expiry=EXPIRIES)
def test_the_last_expired_day_is_the_last_whose_points_are_gone(day: date, expiry: Expiry) -> None:
    last = last_expired(day, expiry)
    assert expires_on(last, expiry) <= day < expires_on(last + timedelta(days=1), expiry)
    assert expires_on(day, expiry) == end_of(day, expiry.months, expiry.at)


@examples(40)
@given(days=st.lists(DAYS, min_size=1, max_size=20), expiry=EXPIRIES)
def test_the_engine_counts_the_months_as_python_does(days: list[date], expiry: Expiry) -> None:
    rows = ibis.memtable(pa.table({"day": days}))
    told = ask(rows.select("day", gone=expiry_day(rows["day"], expiry)))
    assert [row["gone"] for row in told] == [expires_on(row["day"], expiry) for row in told]


TIN = PointsGift("tin", 400, {"en": "A tin"})
TOWEL = PointsGift("towel", 1500, {"en": "A towel"}, first=date(2026, 9, 1), last=date(2026, 9, 8))
CUPS = PointsGift("cups", 1200, {"en": "Cups"}, stock=0)


def test_a_gift_is_there_from_its_first_day_to_its_last_and_as_long_as_there_are_some() -> None:
    assert gifts_on((TOWEL, TIN, CUPS), TODAY) == (TIN, TOWEL)
    assert gifts_on((TOWEL, TIN, CUPS), date(2026, 9, 9)) == (TIN,)
    assert gifts_on((TOWEL, TIN, CUPS), date(2026, 8, 31)) == (TIN,)


def test_a_gift_for_some_is_for_no_others() -> None:

    gold = PointsGift("loom", 2000, {}, who=Who(("Gold",)))
    few = PointsGift("tea", 100, {}, who=Who((), "tea-circle"))
    assert gifts_for((TIN, gold, few), "Gold", frozenset()) == (TIN, gold)
    assert gifts_for((TIN, gold, few), None, frozenset({"tea-circle"})) == (TIN, few)


def test_the_next_gift_is_the_cheapest_that_is_out_of_reach() -> None:
    assert gifts_within_reach((TIN, CUPS, TOWEL), 1200) == (TIN, CUPS)
    assert next_gift((TOWEL, CUPS, TIN), 400) == NextGift(CUPS, 800)
    assert next_gift((TIN,), 400) is None


def test_points_are_no_money_unless_the_switch_is_on() -> None:
    assert concessions(None) == ()
    assert concessions(Points(SINCE)) == ()
    (one,) = concessions(Points(SINCE, price=PointsPrice(Decimal("0.01"), Decimal(10))))
    assert (one.kind, one.percent, one.per) == (ConcessionKind.POINTS, Decimal(10), Per.ORDER)


def test_no_greeting_brings_the_figures_of_points_along() -> None:
    (rule,) = (rule for rule in built_in_law().rules if rule.id == "shop-figures")
    of_points = {field.name for field in FIELDS if field.name.startswith("points")}
    assert len(of_points) == 5
    assert of_points <= set(rule.patterns)
