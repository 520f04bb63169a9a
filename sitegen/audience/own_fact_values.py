"""Reckon a shop's own fact for each customer, as a table expression."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.catalogue import UNDONE
from sitegen.audience.compile import condition_value
from sitegen.audience.rows import TYPES, rows_with
from sitegen.audience.spans import shift
from sitegen.model.column import Kind
from sitegen.model.rule import CountOf, FactSpec, SumOf
from sitegen.model.table import STANDARD

STANDING = {"orders": "status", "order_lines": "order.status"}
"""Where the state of the order stands: what was returned or cancelled counts only where a `where:` asks for it."""


def own_fact(tables: Mapping[str, ibis.Table], fact: FactSpec, today: date) -> ibis.Table:
    """customer_id and the fact's column, for the customers who have a row. `fact` has a definition."""
    definition = fact.definition
    assert definition is not None  # only the shop's own facts come here
    event = STANDARD.table(definition.table)
    state = STANDING.get(definition.table)
    asked = [condition.fact.column for condition in definition.where]
    paths = [event.customer, event.day, *asked, *([state] if state else [])]
    rows = rows_with(
        tables, definition.table, [*paths, *([definition.column] if isinstance(definition, SumOf) else [])]
    )
    kept = [_known(rows, event.day, definition, today)]
    if state and state not in asked:
        kept.append(~rows[state].isin(UNDONE).fill_null(False))
    kept += [condition_value(condition, rows, today).fill_null(False) for condition in definition.where]
    rows = rows.filter(*kept)
    # The alias keeps a table's own customer_id apart from the one that the path leads to.
    rows = rows.select({"customer_id": rows[event.customer], "counted": _counted(rows, definition)})
    rows = rows.filter(rows["customer_id"].notnull())
    return rows.group_by("customer_id").aggregate({fact.column: rows["counted"].sum().cast(_type(fact.kind))})


def _known(rows: ibis.Table, path: str, definition: SumOf | CountOf, today: date) -> ibis.Value:
    """Rows of a day after today are not known yet; rows without a day belong to no period."""
    day = rows[path].cast("date")
    if definition.period is None:
        return (day <= ibis.date(today)).fill_null(True)
    first = shift(today, -definition.period.count, definition.period.unit)
    return day.between(ibis.date(first), ibis.date(today)).fill_null(False)


def _counted(rows: ibis.Table, definition: SumOf | CountOf) -> ibis.Value:
    return rows[definition.column] if isinstance(definition, SumOf) else ibis.literal(1, type="int64")


def _type(kind: Kind) -> str:
    return "decimal(18, 2)" if kind is Kind.MONEY else TYPES[kind]
