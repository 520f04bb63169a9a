"""Gather what messages may say of each customer: the merge fields, as one table expression."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.model.field import FIELDS

_TYPES = {"text": "string", "integer": "int64", "money": "decimal(18, 2)", "date": "date"}
SAID = frozenset({field.name for field in FIELDS} - {"full_name"})
"""The columns of facts that are said."""


def values(facts: ibis.Table, portraits: Mapping[str, str] = MappingProxyType({})) -> ibis.Table:
    """customer_id and a column for each of FIELDS, in their order; null where there is nothing to say.

    `portraits` are the addresses of the advisers' pictures by their paths; who names another one shows none.
    `facts` is what `facts.facts` answers, with at least the columns of SAID. Texts are trimmed, and an empty text is
    null. It only looks at the facts: there is no need to keep it.
    """
    full = facts.mutate(
        full_name=full_name(facts["first_name"], facts["last_name"]),
        adviser_photo=_address(facts["adviser_photo"], portraits),
    )
    said = {field.name: _value(full[field.name], field.kind) for field in FIELDS}
    return full.select("customer_id", **said)


def _address(path: ibis.Value, portraits: Mapping[str, str]) -> ibis.Value:
    return path.strip().cases(*portraits.items(), else_=None) if portraits else ibis.null("string")


def _value(column: ibis.Value, kind: str) -> ibis.Value:
    value = column.cast(_TYPES[kind])
    return value.strip().nullif("") if kind == "text" else value
