"""Rules mean the same to the oracle, which is slow and obvious, to DuckDB, and to PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings

from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.language.events import event_facts, events_of
from sitegen.audience.selection.membership import members
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD
from tests.audience.agreement import forms_agree, members_agree, own_facts_agree
from tests.audience.drawn_facts import Trade, rows_of_tables, trades
from tests.audience.drawn_rules import EDGE_DAYS, FACTS, Case, Row, cases
from tests.audience.engines import Engine
from tests.audience.little_shop import segments
from tests.audience.oracle.own_facts import Tables, reckoned
from tests.audience.oracle.rules import members_of
from tests.examples import examples
from tests.servers.postgres import types_of

TIMELESS = (Kind.INTEGER, Kind.MONEY, Kind.TEXT, Kind.LIST, Kind.YES_NO)
LEAP_DAY, LEAP_MONTH = date(2024, 2, 28), date(2025, 8, 22)
"""The day before a leap day, and the last day of a leap month of the moon; other hard days are for the slow tests."""

EVENT_COUNTS = ("at least: 1", "at most: 1, within last: 400 days", "none, within next: 31 days")
"""One of something at any time, at most one lately, and none soon."""


def quick_days(fact: FactSpec) -> tuple[date, ...]:
    return (LEAP_DAY, LEAP_MONTH) if fact.kind is Kind.LUNAR else (LEAP_DAY,)


def _questions() -> list[object]:
    return [
        pytest.param(fact, day, id=f"{fact.name} {day}", marks=() if day in quick_days(fact) else pytest.mark.slow)
        for fact in FACTS
        for day in (EDGE_DAYS[:1] if fact.kind in TIMELESS else EDGE_DAYS)
    ]


@pytest.mark.parametrize(("fact", "today"), _questions())
def test_every_form_means_the_same_everywhere(engines: Sequence[Engine], fact: FactSpec, today: date) -> None:
    forms_agree(engines, fact, today)


@examples(60)
@given(cases())
def test_segments_have_the_same_members_everywhere(engines: Sequence[Engine], case: Case) -> None:
    members_agree(engines, case)


@pytest.mark.slow
@settings(max_examples=600)
@given(cases())
def test_segments_have_the_same_members_everywhere_looked_at_longer(engines: Sequence[Engine], case: Case) -> None:
    members_agree(engines, case)


@examples(30)
@given(trades())
def test_own_facts_are_the_same_everywhere(engines: Sequence[Engine], trade: Trade) -> None:
    own_facts_agree(engines, trade)


@pytest.mark.slow
@settings(max_examples=250)
@given(trades())
def test_own_facts_are_the_same_everywhere_looked_at_longer(engines: Sequence[Engine], trade: Trade) -> None:
    own_facts_agree(engines, trade)


@pytest.mark.parametrize("seed", range(3))
def test_every_event_is_the_same_everywhere(engines: Sequence[Engine], seed: int) -> None:
    today = EDGE_DAYS[seed]
    asked = [f"{word}: {{{count}}}" for word in events_of(STANDARD) for count in EVENT_COUNTS]
    lines = [f"  s{number}: {{all: [{{{line}}}]}}" for number, line in enumerate(asked)]
    found = segments("\n".join(["segments:", *lines]))
    rows = rows_of_tables(Random(seed), STANDARD.tables, today)
    own = event_facts(found)
    reckoned_rows = _customers_with(own, rows, today)
    expected = [
        {"customer_id": row["customer_id"], **{one.id: row["customer_id"] in ids[one.id] for one in found}}
        for ids in [members_of(found, reckoned_rows, today)]
        for row in sorted(reckoned_rows, key=lambda row: str(row["customer_id"]))
    ]
    assert any(True in row.values() and False in row.values() for row in expected)
    for engine in engines:
        tables = {name: engine.put(name, types_of(STANDARD.table(name)), given) for name, given in rows.items()}
        known = facts(tables, own, None, today, Scope(frozenset({"class", *(fact.column for fact in own)})))
        told = engine.ask(members(found, known, today).order_by("customer_id"))
        assert [{name: row[name] for name in expected[0]} for row in told] == expected, type(engine).__name__


def _customers_with(own: Sequence[FactSpec], rows: Tables, today: date) -> list[Row]:
    columns = {fact.column: reckoned(fact, rows, STANDARD, today) for fact in own}
    return [
        {**customer, **{column: values[customer["customer_id"]] for column, values in columns.items()}}
        for customer in rows["customers"]
    ]


def test_long_names_of_segments_stay_apart_in_every_engine(engines: Sequence[Engine]) -> None:
    beginning = "customers-who-have-not-been-seen-since-the-shop-in-the-har"
    long, longer = f"{beginning}-1", f"{beginning}-2"
    found = segments(f"""
        segments:
          {long}: {{all: [{{country: is DE}}]}}
          {longer}: {{all: [{{segment: is not {long}}}]}}
    """)
    rows = [{"customer_id": "A", "country": "DE"}, {"customer_id": "B", "country": "NO"}]
    for engine in engines:
        customers = engine.put("customers", types_of(STANDARD.table("customers")), rows)
        told = engine.ask(members(found, customers, EDGE_DAYS[0]).order_by("customer_id"))
        assert [(row[long], row[longer]) for row in told] == [(True, False), (False, True)]
