"""Gather what messages may say of each customer: the merge fields, as one table expression."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from sitegen.audience.facts import full_name
from sitegen.audience.rows import rows_with
from sitegen.model.field import FIELDS

_TYPES = {"text": "string", "integer": "int64", "money": "decimal(18, 2)", "date": "date"}
_REACHED = {
    "adviser_first_name": "adviser.first_name",
    "adviser_title": "adviser.title",
    "adviser_phone": "adviser.phone",
    "adviser_email": "adviser.email",
}
"""Fields that stand in the row of the customer's adviser; the others stand in the facts."""


def values(tables: Mapping[str, ibis.Table], facts: ibis.Table) -> ibis.Table:
    """customer_id and a column for each of FIELDS, in their order; null where there is nothing to say.

    `facts` is what `facts.facts` answers. Texts are trimmed, and an empty text is null.
    """
    reached = rows_with(tables, "customers", _REACHED.values())
    reached = reached.select(
        {"customer": reached["customer_id"], **{name: reached[_REACHED[name]] for name in _REACHED}}
    )
    kept = facts.drop(*(name for name in _REACHED if name in facts.columns))
    table = kept.left_join(reached, kept["customer_id"] == reached["customer"])
    table = table.mutate(full_name=full_name(table["first_name"], table["last_name"]))
    said = {field.name: _value(table[field.name], field.kind) for field in FIELDS}
    return table.select("customer_id", **said)


def _value(column: ibis.Value, kind: str) -> ibis.Value:
    value = column.cast(_TYPES[kind])
    return value.strip().nullif("") if kind == "text" else value
