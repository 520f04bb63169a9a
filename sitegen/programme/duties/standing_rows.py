"""The rows of a table that count for a duty: those that happened by today, stand, and fulfil the conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.own_fact_values import STANDING
from sitegen.audience.facts.rows import rows_with
from sitegen.audience.language.catalogue import UNDONE
from sitegen.audience.selection.compile import condition_value
from sitegen.model.rule import Condition, SumOf
from sitegen.programme.duties.asked import Asked


def fulfilling(rows: ibis.Table, conditions: Iterable[Condition], today: date) -> ibis.Table:
    """The rows of which all conditions are known to be true."""
    for condition in conditions:
        rows = rows.filter(condition_value(condition, rows, today).fill_null(False))
    return rows


def state_of(table: str, conditions: Iterable[Condition]) -> str:
    """The path to the state of the order a row stands for; "" where it has none, or the conditions ask for it."""
    path = STANDING.get(table, "")
    return "" if path in {condition.fact.column for condition in conditions} else path


def undone(state: ir.Value) -> ir.Value:
    """Whether the order came back or was cancelled: never null."""
    return state.isin(UNDONE).fill_null(False)


def summed_rows(tables: Mapping[str, ibis.Table], sum_of: SumOf, asked: Asked) -> ibis.Table:
    """The rows that a sum counts, by today: customer_id, day, value (exact decimals), and the key's columns by the
    table's names with "key " before them.
    """
    declared = asked.schema.table(sum_of.table)
    state = state_of(sum_of.table, sum_of.where)
    paths = [declared.customer, declared.day, sum_of.column, *(one.fact.column for one in sum_of.where)]
    rows = rows_with(tables, sum_of.table, [*paths, *([state] if state else [])], asked.schema)
    rows = rows.filter(rows[declared.day].cast("date") <= ibis.date(asked.today), rows[sum_of.column].notnull())
    if state:
        rows = rows.filter(~undone(rows[state]))
    rows = fulfilling(rows, sum_of.where, asked.today)
    return rows.select(
        customer_id=rows[declared.customer],
        day=rows[declared.day].cast("date"),
        value=rows[sum_of.column].cast("decimal(18, 2)"),
        **{f"key {column}": rows[column] for column in declared.key},
    )
