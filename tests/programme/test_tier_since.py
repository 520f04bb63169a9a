"""Tests of the day on which a tier was reached: the engine, held against plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import ibis
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.programme import Tier
from sitegen.model.tree import Place
from sitegen.programme.tier_since import tier_since
from tests.examples import examples

TODAY = date(2026, 9, 30)
JOINED = date(2020, 5, 1)
PLACE = Place("tiers.yaml", 2)
SILVER, GOLD = Tier("silver", Decimal(100), Decimal(2), "", PLACE), Tier("gold", Decimal(300), Decimal(5), "", PLACE)
LINEN = Tier("linen", Decimal(0), Decimal(0), "", PLACE)
Order = tuple[date, Decimal, str]


def reached(people: Mapping[str, list[Order]], tiers: tuple[Tier, ...]) -> dict[str, date | None]:
    customers = {"customer_id": "string", "member_since": "date"}
    orders = {"customer_id": "string", "ordered_at": "date", "amount": "decimal(14, 2)", "status": "string"}
    tables = {
        "customers": ibis.memtable([(name, JOINED) for name in people], schema=customers),
        "orders": ibis.memtable([(name, *order) for name, some in people.items() for order in some], schema=orders),
    }
    rows = ibis.duckdb.connect().to_pyarrow(tier_since(tables, tiers, TODAY)).to_pylist()
    return {row["customer_id"]: row["tier_since"] for row in rows}


def plainly(orders: list[Order], tiers: tuple[Tier, ...]) -> date | None:
    kept = sorted((day, amount) for day, amount, status in orders if day <= TODAY and status != "returned")
    sums = {day: sum((amount for when, amount in kept if when <= day), Decimal(0)) for day, _ in kept}
    now = sum((amount for _, amount in kept), Decimal(0))
    mine = [tier for tier in tiers if now >= tier.threshold]
    if not mine:
        return None
    return JOINED if mine[-1].threshold == 0 else min(day for day in sums if sums[day] >= mine[-1].threshold)


ORDERS = st.tuples(
    st.integers(-40, 3).map(lambda days: TODAY + timedelta(days)),
    st.integers(-5_000, 20_000).map(lambda cents: Decimal(cents) / 100),
    st.sampled_from(["delivered", "delivered", "paid", "returned"]),
)


@examples(20)
@given(
    histories=st.lists(st.lists(ORDERS, max_size=8), min_size=1, max_size=15),
    tiers=st.sampled_from([(), (LINEN,), (SILVER, GOLD), (LINEN, SILVER, GOLD)]),
)
def test_the_day_is_that_of_the_order_which_made_the_sum_sufficient(
    histories: list[list[Order]], tiers: tuple[Tier, ...]
) -> None:
    people = {str(number): orders for number, orders in enumerate(histories)}
    assert reached(people, tiers) == {name: plainly(orders, tiers) for name, orders in people.items()}


def test_two_orders_of_one_day_count_together_and_what_came_back_does_not() -> None:
    day = date(2026, 9, 8)
    orders = [(day, Decimal(60), "paid"), (day, Decimal(40), "paid"), (date(2026, 1, 1), Decimal(500), "returned")]
    assert reached({"C-1": orders, "C-2": []}, (LINEN, SILVER, GOLD)) == {"C-1": day, "C-2": JOINED}
