"""Tests of the points ledger: random histories in the engine, held against purses in plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.facts.rows import TYPES
from sitegen.model.points import Expiry, ExpiryAt, Points
from sitegen.model.table import table
from sitegen.programme.points.due import COLUMNS, due_rows
from sitegen.programme.points.facts import point_facts
from sitegen.programme.points.states import states
from tests.programme.points_oracle import Bought, Made, Purse

FIRST = date(2024, 2, 26)
"""A Monday before a leap day."""
RULES = (
    Points(FIRST, pending=14, expiry=Expiry(2, notice=20)),
    Points(FIRST, pending=3, expiry=Expiry(1, ExpiryAt.MONTH_END, notice=10)),
    Points(FIRST, pending=0, expiry=Expiry(1, notice=0)),
    Points(FIRST, pending=5),
)
BOOKINGS = 5
CUSTOMERS = 80
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """What a customer does: orders, and on days of booking a share of the active points spent or a few points given."""

    orders: tuple[Bought, ...]
    spending: tuple[int, ...]
    given: tuple[int, ...]


def some_day(random: Random, most: int) -> date:
    return FIRST + timedelta(days=random.randint(0, most))


def history(random: Random) -> History:
    orders = []
    for number in range(random.randint(0, 5)):
        day = some_day(random, 100)
        undone = day + timedelta(days=random.randint(0, 60)) if random.random() < 0.4 else None
        orders.append(Bought(str(number), day, random.randint(0, 300), undone))
    spending = tuple(random.choice((0, 0, 0, 30, 100)) for _ in range(BOOKINGS))
    return History(tuple(orders), spending, tuple(random.choice((0, 0, 0, 40)) for _ in range(BOOKINGS)))


def memtable(name: str, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
    types = {column.name: TYPES[column.kind] for column in table(name).columns}
    schema = ibis.schema(types)
    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=schema.to_pyarrow()), schema=schema)


def ask(expression: ibis.Table) -> list[Row]:
    rows: list[Row] = engine().to_pyarrow(expression).to_pylist()
    return rows


@cache
def engine() -> ibis.BaseBackend:
    return ibis.duckdb.connect()


def shop(customers: Mapping[str, Sequence[Bought]], ledger: Sequence[Row], today: date) -> dict[str, ibis.Table]:
    orders = [
        {
            "order_id": f"{whose}-{order.order_id}",
            "customer_id": whose,
            "ordered_at": order.day,
            "amount": Decimal(order.amount) + Decimal("0.99"),
            "status": "returned" if order.undone_on and order.undone_on <= today else "delivered",
        }
        for whose, bought in customers.items()
        for order in bought
    ]
    return {
        "customers": memtable("customers", [{"customer_id": whose} for whose in customers]),
        "orders": memtable("orders", orders),
        "points": memtable("points", ledger),
    }


def row(ledger: Sequence[Row], whose: str, day: date, made: Made) -> Row:
    entry = 1 + max((row["entry"] for row in ledger if row["customer_id"] == whose), default=0)
    return dict(zip(COLUMNS, (whose, entry, day, made[0], made[1], "by hand", made[2]), strict=True))


def hold_against_purses(told: Sequence[History], booked: Sequence[date], rules: Points) -> set[str]:
    """Book the days in the engine and in the purses, and compare all that both know; the kinds of rows come back."""
    customers = {f"C-{number}": history.orders for number, history in enumerate(told)}
    purses = {whose: Purse(rules) for whose in customers}
    ledger: list[Row] = []
    for number, today in enumerate(booked):
        tables = shop(customers, ledger, today)
        new = sorted(ask(due_rows(tables, rules, (), today)), key=lambda row: (row["customer_id"], row["entry"]))
        wanted = {
            whose: [(points, kind, order and f"{whose}-{order}") for points, kind, order in made]
            for whose, orders in customers.items()
            if (made := purses[whose].run(orders, today))
        }
        assert {
            whose: sorted(
                [(row["points"], row["kind"], row["order_id"]) for row in new if row["customer_id"] == whose], key=str
            )
            for whose in {row["customer_id"] for row in new}
        } == {whose: sorted(made, key=str) for whose, made in wanted.items()}
        ledger += new
        if number == len(booked) - 1:
            assert ask(due_rows(shop(customers, ledger, today), rules, (), today)) == []
        for whose, one in zip(customers, told, strict=True):
            if spent := purses[whose].active() * one.spending[number] // 100:
                purses[whose].spend(spent)
                ledger.append(row(ledger, whose, today, (-spent, "spent", None)))
            # Among points that wait, those that count at once would be used out of turn.
            if (given := one.given[number]) and not rules.pending:
                purses[whose].give(given, today)
                ledger.append(row(ledger, whose, today, (given, "corrected", None)))
        compare(customers, ledger, purses, today)
    assert conserved(shop(customers, ledger, booked[-1]), {booked[0] - timedelta(days=1), *booked})
    return {row["kind"] for row in ledger}


def compare(
    customers: Mapping[str, Sequence[Bought]], ledger: Sequence[Row], purses: Mapping[str, Purse], today: date
) -> None:
    """The states and the facts of a day are those of the purses."""
    tables = shop(customers, ledger, today)
    rules = next(iter(purses.values())).rules
    told = {row.pop("customer_id"): row for row in ask(states(tables, today))}
    assert told == {
        whose: {
            "earned": purse.earned(),
            "active": purse.active(),
            "pending": purse.pending(),
            "spent": purse.spent,
            "expired": purse.expired,
        }
        for whose, purse in purses.items()
        if whose in told or purse.lots
    }
    names = ("points_pending", "points_expiring", "points_expire_on")
    facts = {row.pop("customer_id"): row for row in ask(point_facts(tables, rules.expiry, today, names))}
    for whose, purse in purses.items():
        going = purse.going(today + timedelta(days=rules.expiry.notice)) if rules.expiry else []
        assert facts[whose] == {
            "points_pending": purse.pending(),
            "points_expiring": sum(lot.left for lot in going),
            "points_expire_on": min((purse.end_of(lot, today) for lot in going), default=None),
        }


def conserved(tables: Mapping[str, ibis.Table], dates: set[date]) -> bool:
    """Whether earned = active + pending + spent + expired for everybody at all of the dates, and none below zero."""
    for day in dates:
        for told in ask(states(tables, day)):
            del told["customer_id"]
            earned = told.pop("earned")
            assert sum(told.values()) == earned, (day, told)
            assert min(told.values()) >= 0, (day, told)
    return True


@pytest.mark.parametrize("rules", RULES[1:2])
def test_points_are_earned_wait_are_spent_and_go_as_in_a_purse_and_none_is_lost(rules: Points) -> None:
    waits = {"pending", "active"} if rules.pending else {"earned"}
    assert play(0, rules) == {*waits, "spent", "expired", "corrected"}


@pytest.mark.slow
@pytest.mark.parametrize("rules", RULES)
@settings(deadline=None, max_examples=40)
@given(seed=st.integers(1))
def test_points_are_conserved_in_many_histories(seed: int, rules: Points) -> None:
    play(seed, rules)


def play(seed: int, rules: Points) -> set[str]:
    """The histories of many customers at once: each day is a few questions to the engine, however many they are.

    What comes back are the kinds of rows that there were.
    """
    random = Random(seed)
    booked = sorted(some_day(random, 150) for _ in range(BOOKINGS))
    return hold_against_purses([history(random) for _ in range(CUSTOMERS)], booked, rules)
