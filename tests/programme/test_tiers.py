"""Tests of tiers and points, run on a small engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.programme import Tier
from sitegen.model.tree import Place
from sitegen.programme.points.states import balances
from sitegen.programme.tiers import tier_facts

TODAY = date(2026, 9, 30)
TIERS = (
    Tier("silver", Decimal(1000), Decimal(2), "2% off", Place("tiers.yaml", 2)),
    Tier("gold", Decimal(3000), Decimal(5), "5% off", Place("tiers.yaml", 6)),
)
ORDERS = {"customer_id": "string", "ordered_at": "date", "amount": "decimal(14, 2)", "status": "string"}
POINTS = {"customer_id": "string", "day": "date", "points": "int64", "kind": "string"}

Order = tuple[str, date, Decimal, str | None]
Entry = tuple[str, date, int, str]


def tables(customers: list[str], orders: list[Order], points: list[Entry]) -> Mapping[str, ibis.Table]:
    """The three tables that tiers are made of."""
    return {
        "customers": ibis.memtable([(name,) for name in customers], schema={"customer_id": "string"}),
        "orders": ibis.memtable(orders, schema=ORDERS),
        "points": ibis.memtable(points, schema=POINTS),
    }


def run(expression: ibis.Table) -> dict[str, dict[str, object]]:
    """The rows by customer."""
    rows = ibis.duckdb.connect().to_pyarrow(expression).to_pylist()
    return {row.pop("customer_id"): row for row in rows}


def spent(*amounts: str) -> dict[str, object]:
    """The facts of a customer who paid those amounts."""
    orders: list[Order] = [("C-1", TODAY, Decimal(amount), "delivered") for amount in amounts]
    return run(tier_facts(tables(["C-1"], orders, []), TIERS, TODAY))["C-1"]


def test_a_tier_is_reached_by_the_sum_of_all_purchases() -> None:
    assert spent("400", "599.99") == {
        "tier": None,
        "tier_benefit": None,
        "next_tier": "silver",
        "to_next_tier": Decimal("0.01"),
        "points": 0,
    }
    assert spent("400", "600") == {
        "tier": "silver",
        "tier_benefit": "2% off",
        "next_tier": "gold",
        "to_next_tier": Decimal("2000.00"),
        "points": 0,
    }
    assert spent("3000") == {
        "tier": "gold",
        "tier_benefit": "5% off",
        "next_tier": None,
        "to_next_tier": None,
        "points": 0,
    }


def test_a_customer_who_never_bought_is_on_the_way_to_the_first_tier() -> None:
    assert spent()["to_next_tier"] == Decimal("1000.00")


def test_what_came_back_and_what_comes_later_counts_for_no_tier() -> None:
    orders: list[Order] = [
        ("C-1", TODAY, Decimal(900), None),
        ("C-1", TODAY, Decimal(900), "returned"),
        ("C-1", TODAY, Decimal(900), "cancelled"),
        ("C-1", date(2026, 10, 1), Decimal(900), "paid"),
    ]
    facts = run(tier_facts(tables(["C-1"], orders, []), TIERS, TODAY))
    assert facts["C-1"]["to_next_tier"] == Decimal("100.00")


def test_a_shop_without_tiers_still_counts_points() -> None:
    facts = run(tier_facts(tables(["C-1"], [], [("C-1", TODAY, 30, "earned")]), (), TODAY))
    assert facts == {"C-1": {"tier": None, "tier_benefit": None, "next_tier": None, "to_next_tier": None, "points": 30}}


def test_points_are_what_was_earned_less_what_was_spent_and_expired() -> None:
    entries: list[Entry] = [
        ("C-1", date(2026, 1, 1), 100, "earned"),
        ("C-1", date(2026, 2, 1), -30, "spent"),
        ("C-1", date(2026, 3, 1), -20, "expired"),
        ("C-1", date(2026, 9, 29), 500, "pending"),
        ("C-1", date(2026, 10, 1), 7, "earned"),
        ("C-2", TODAY, 5, "earned"),
    ]
    assert run(balances(tables([], [], entries), TODAY)) == {"C-1": {"points": 50}, "C-2": {"points": 5}}


CENTS = st.integers(min_value=1, max_value=400_000)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(CENTS, max_size=6), min_size=1, max_size=20))
def test_the_tier_and_the_way_to_the_next_one_agree_with_plain_arithmetic(bought: list[list[int]]) -> None:
    customers = {f"C-{number}": [Decimal(cent) / 100 for cent in cents] for number, cents in enumerate(bought)}
    orders: list[Order] = [(name, TODAY, amount, "paid") for name, paid in customers.items() for amount in paid]
    facts = run(tier_facts(tables(list(customers), orders, []), TIERS, TODAY))
    assert set(facts) == set(customers)
    for name, paid in customers.items():
        reached = [tier for tier in TIERS if sum(paid) >= tier.threshold]
        ahead = [tier for tier in TIERS if sum(paid) < tier.threshold]
        assert facts[name]["tier"] == (reached[-1].name if reached else None)
        assert facts[name]["next_tier"] == (ahead[0].name if ahead else None)
        assert facts[name]["to_next_tier"] == (ahead[0].threshold - sum(paid) if ahead else None)
