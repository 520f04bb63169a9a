"""Reckon own facts and events row by row, from the description of the language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sitegen.model import rule
from sitegen.model.rule import CountOf, FactSpec, RowPeriod, SumOf
from sitegen.model.table import Schema
from tests.audience.oracle.days import period
from tests.audience.oracle.rules import condition_holds

Row: TypeAlias = Mapping[str, Any]
Tables: TypeAlias = Mapping[str, Sequence[Row]]


def reckoned(fact: FactSpec, tables: Tables, schema: Schema, today: date) -> dict[str, int | Decimal]:
    """The fact of every customer: 0 where there is nothing to count or to add up."""
    definition = fact.definition
    assert definition is not None
    table = schema.table(definition.table)
    found: dict[str, int | Decimal] = defaultdict(int)
    for row in tables[table.name]:
        customer = value_at(table.customer, row, table.name, (tables, schema))
        if customer is not None and _counts(definition, row, (tables, schema), today):
            if isinstance(definition, CountOf):
                found[customer] += 1
            else:
                found[customer] += value_at(definition.column, row, table.name, (tables, schema)) or 0
    return {row["customer_id"]: found[row["customer_id"]] for row in tables["customers"]}


def value_at(path: str, row: Row, table: str, around: tuple[Tables, Schema]) -> Any:
    """The value to which a path leads from a row; None where it leads nowhere."""
    step, _, rest = path.partition(".")
    if not rest:
        return row[step]
    tables, schema = around
    there = schema.table(table).column(f"{step}_id").refers_to
    key = schema.table(there).key[0]
    referred = [other for other in tables[there] if other[key] == row[f"{step}_id"]]
    return value_at(rest, referred[0], there, around) if referred else None


def _counts(definition: SumOf | CountOf, row: Row, around: tuple[Tables, Schema], today: date) -> bool:
    """Whether the row counts: it happened in the period, it still stands, and all of `where:` is true of it."""
    table = around[1].table(definition.table)
    day = value_at(table.day, row, table.name, around) if table.day else None
    if not _in_time(day.date() if isinstance(day, datetime) else day, definition.period, today):
        return False
    asked = {one.fact.column for one in definition.where}
    status = {"orders": "status", "order_lines": "order.status"}.get(table.name)
    if status and status not in asked and value_at(status, row, table.name, around) in ("returned", "cancelled"):
        return False
    values = {path: value_at(path, row, table.name, around) for path in asked}
    return all(condition_holds(one, values, (), today) is True for one in definition.where)


def _in_time(day: date | None, asked: RowPeriod | None, today: date) -> bool:
    """Without a period what has happened by today, or at no known day; only some periods look ahead."""
    match asked:
        case None:
            return day is None or day <= today
        case _ if day is None:
            return False
        case rule.Before(limit):
            return day < limit and day <= today
        case rule.After(limit):
            return limit < day <= today
        case rule.On(that):
            return day == that
    first, last = period(asked, today)
    return first <= day <= last
