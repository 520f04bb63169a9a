"""Reckon a shop's own facts, as expressions to aggregate over the rows of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

import ibis

from sitegen.audience.facts.rows import TYPES, rows_with
from sitegen.audience.language.catalogue import UNDONE
from sitegen.audience.selection.compile import condition_value
from sitegen.audience.selection.phrase_values import Boolean, phrase_value
from sitegen.model.column import Kind
from sitegen.model.rule import After, Before, CountOf, FactSpec, RowPeriod, SumOf
from sitegen.model.table import Schema

STANDING = {"orders": "status", "order_lines": "order.status"}
"""Where the state of the order stands: what was returned or cancelled counts only where a `where:` asks for it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted or added up over the rows of a table, and the rows that count: never null."""

    value: ibis.Scalar
    counts: Boolean


def rows_for(
    tables: Mapping[str, ibis.Table], name: str, own: tuple[FactSpec, ...], schema: Schema
) -> tuple[ibis.Table, ibis.Value]:
    """The rows of a table with all that those own facts over it ask for, and the id of each row's customer."""
    event = schema.table(name)
    paths = [path for path in (event.customer, event.day, STANDING.get(name, "")) if path]
    for definition in (_definition(fact) for fact in own):
        paths += [condition.fact.column for condition in definition.where]
        paths += [definition.column] if isinstance(definition, SumOf) else []
    rows = rows_with(tables, name, paths, schema)
    return rows, rows[event.customer]


def own_measure(rows: ibis.Table, fact: FactSpec, today: date, schema: Schema) -> Measure:
    """The measure of an own fact over `rows_for` its table, of rows that belong to a customer."""
    definition = _definition(fact)
    event = schema.table(definition.table)
    asked = [condition.fact.column for condition in definition.where]
    kept = [_known(rows, event.day, definition.period, today)]
    state = STANDING.get(definition.table)
    if state and state not in asked:
        kept.append(~rows[state].isin(UNDONE).fill_null(False))
    kept += [condition_value(condition, rows, today).fill_null(False) for condition in definition.where]
    counts = reduce(and_, kept)
    if isinstance(definition, SumOf):
        return Measure(rows[definition.column].sum(where=counts).cast(_type(fact.kind)), counts)
    return Measure(rows[event.customer].count(where=counts), counts)


def _definition(fact: FactSpec) -> SumOf | CountOf:
    assert fact.definition is not None  # only the shop's own facts come here
    return fact.definition


def _known(rows: ibis.Table, path: str, period: RowPeriod | None, today: date) -> Boolean:
    """Rows of a day after today are not known yet, unless a period asks for them; rows without a day have no period."""
    if not path:
        return ibis.literal(period is None)
    day = rows[path].cast("date")
    by_now = day <= ibis.date(today)
    if period is None:
        return by_now.fill_null(True)
    inside = phrase_value(day, Kind.DATE, period, today)
    return (inside & by_now if isinstance(period, Before | After) else inside).fill_null(False)


def _type(kind: Kind) -> str:
    return "decimal(18, 2)" if kind is Kind.MONEY else TYPES[kind]
