"""Draw own facts over the declared tables, and rows for those tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st

from sitegen.audience.language.catalogue import column_at, paths_from
from sitegen.audience.language.phrases import forms
from sitegen.audience.reading.row_conditions import row_facts
from sitegen.model import rule
from sitegen.model.column import Column, Kind, Table
from sitegen.model.rule import Condition, CountOf, FactSpec, RowPeriod, SumOf, Unit
from sitegen.model.table import STANDARD
from tests.audience.drawn_rules import EDGE_DAYS, Row, conditions_of, near, values_of

NUMBERS = (Kind.INTEGER, Kind.MONEY)


@dataclass(frozen=True, slots=True)
class Trade:
    """A shop on one day: own facts over its tables, and the rows of all tables that they need."""

    today: date
    facts: tuple[FactSpec, ...]
    tables: dict[str, list[Row]]


@st.composite
def trades(draw: st.DrawFn) -> Trade:
    """A few own facts over one or two tables."""
    today = draw(st.one_of(st.sampled_from(EDGE_DAYS), st.dates(date(1990, 1, 1), date(2060, 1, 1))))
    over = draw(st.lists(st.sampled_from(STANDARD.events()), min_size=1, max_size=2, unique_by=lambda one: one.name))
    facts = [
        FactSpec(f"own {number}", kind, f"own_{number}", definition=definition)
        for number, (kind, definition) in enumerate(
            draw(definitions(table, today)) for table in over for _ in range(draw(st.integers(1, 3)))
        )
    ]
    # One seed instead of a choice for each cell: there are thousands.
    random = Random(draw(st.integers(0, 2**32)))
    return Trade(today, tuple(facts), rows_of_tables(random, needed(over), today))


@st.composite
def definitions(draw: st.DrawFn, table: Table, today: date) -> tuple[Kind, SumOf | CountOf]:
    """What an own fact over that table counts, or adds up."""
    period = draw(st.one_of(st.none(), row_periods(today)))
    where = tuple(draw(st.lists(row_conditions(table.name, today), max_size=2)))
    numbers = [path for path in paths_from(STANDARD, table.name) if _kind(table, path) in NUMBERS]
    if not numbers or draw(st.booleans()):
        return Kind.INTEGER, CountOf(table.name, period, where)
    path = draw(st.sampled_from(numbers))
    return _kind(table, path), SumOf(table.name, path, period, where)


def _kind(table: Table, path: str) -> Kind:
    column = column_at(STANDARD, table.name, path)
    assert column is not None
    return column.kind


def row_periods(today: date) -> st.SearchStrategy[RowPeriod]:
    """A period in which rows may have happened."""
    days, counts, units = st.sampled_from(near(today)), st.sampled_from([0, 1, 7, 12, 31, 60]), st.sampled_from(Unit)
    return st.one_of(
        st.builds(rule.WithinLast, counts, units),
        st.builds(rule.WithinNext, counts, units),
        st.builds(rule.Before, days),
        st.builds(rule.After, days),
        st.builds(rule.On, days),
        st.builds(rule.IsDay, st.sampled_from([-1, 0, 1])),
    )


def row_conditions(table: str, today: date) -> st.SearchStrategy[Condition]:
    """A condition on a path from the rows of the table, of any form that does not rank."""

    def about(fact: FactSpec) -> st.SearchStrategy[Condition]:
        plain = [form for form in forms(fact.kind) if not form.shown.startswith("top")]
        return st.sampled_from(plain).flatmap(lambda form: st.sampled_from(conditions_of(form, fact, today)))

    return st.sampled_from(list(row_facts(STANDARD, table).values())).flatmap(about)


def needed(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The customers, the tables and all that they refer to, step by step."""
    found = {"customers": STANDARD.table("customers"), **{table.name: table for table in tables}}
    waiting = list(found.values())
    while waiting:
        for column in waiting.pop().columns:
            if column.refers_to and column.refers_to not in found:
                found[column.refers_to] = STANDARD.table(column.refers_to)
                waiting.append(found[column.refers_to])
    return tuple(found.values())


def rows_of_tables(random: Random, tables: Sequence[Table], today: date) -> dict[str, list[Row]]:
    """A few rows for each table, with references that lead somewhere or are missing."""
    ids = {table.name: [f"{table.name}-{number}" for number in range(random.randint(1, 5))] for table in tables}
    return {
        table.name: [
            _row(random, table, ids, today, number)
            for number in range(len(ids[table.name]) * (1 if len(table.key) == 1 else 3))
        ]
        for table in tables
    }


def _row(random: Random, table: Table, ids: dict[str, list[str]], today: date, number: int) -> Row:
    row = {column.name: _cell(random, column, ids, today) for column in table.columns}
    if len(table.key) == 1:
        row[table.key[0]] = ids[table.name][number]
    return row


def _cell(random: Random, column: Column, ids: dict[str, list[str]], today: date) -> Any:
    if column.refers_to:
        return random.choice([*ids[column.refers_to], None])
    if column.allowed:
        return random.choice([*column.allowed, None])
    return random.choice(values_of(FactSpec(column.name, column.kind, column.name), today))
