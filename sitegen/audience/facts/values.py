"""Gather what messages may say of each customer: the merge fields, as one table expression."""

from __future__ import annotations

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.model.field import FIELDS

_TYPES = {"text": "string", "integer": "int64", "money": "decimal(18, 2)", "date": "date"}
SAID = frozenset({field.name for field in FIELDS} - {"full_name"})
"""The columns of facts that are said."""


def values(facts: ibis.Table) -> ibis.Table:
    """customer_id and a column for each of FIELDS, in their order; null where there is nothing to say.

    `facts` is what `facts.facts` answers, with at least the columns of SAID. Texts are trimmed, and an empty text is
    null. It only looks at the facts: there is no need to keep it.
    """
    full = facts.mutate(full_name=full_name(facts["first_name"], facts["last_name"]))
    said = {field.name: _value(full[field.name], field.kind) for field in FIELDS}
    return full.select("customer_id", **said)


def _value(column: ibis.Value, kind: str) -> ibis.Value:
    value = column.cast(_TYPES[kind])
    return value.strip().nullif("") if kind == "text" else value
