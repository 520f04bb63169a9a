"""Resolve segments to the customers that they select."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.language.references import in_order
from sitegen.audience.selection.compile import MEMBER, compile_rule, has_missing
from sitegen.audience.selection.ranks import NO_CUTS, Cuts
from sitegen.model.rule import Condition, leaves
from sitegen.model.segment import EVERYONE, OWNER, STAFF, Segment

PRIMARY = "primary"
"""The column that names the one segment under which a customer hears from the shop."""


def members(segments: tuple[Segment, ...], facts: ibis.Table, today: date, cuts: Cuts = NO_CUTS) -> ibis.Table:
    """One row for each customer: customer_id, a boolean column for each audience, and `primary`.

    The audiences are `everyone`, `staff`, `owner` and the segments, by id, never null. `primary` is the named
    segment of the lowest priority, then id, that the customer is in; null where there is none. Segments must have
    passed check_references. `cuts` holds the cut of every ranking that they ask for (`ranks.rank_keys`).
    """
    house = {name: (facts["class"] == name).fill_null(False) for name in (STAFF, OWNER)}
    table = facts.mutate(**_prefixed({EVERYONE: ibis.literal(True), **house}))
    for layer in in_order(segments):
        rules = {segment.id: compile_rule(segment.rule, table, today, segment.unknown, cuts) for segment in layer}
        table = table.mutate(**_prefixed(rules))
    audiences = dict.fromkeys((EVERYONE, STAFF, OWNER, *(segment.id for segment in segments)))
    columns = {name: table[MEMBER + name] for name in audiences}
    return table.select("customer_id", **columns, **{PRIMARY: _primary(segments, table)})


def missing(segments: tuple[Segment, ...], facts: ibis.Table) -> dict[str, ibis.expr.types.IntegerScalar]:
    """For each segment that says `unknown: fail`: how many customers miss a value that its conditions need."""
    strict = (segment for segment in segments if segment.unknown == "fail")
    return {segment.id: has_missing(segment.rule, facts).ifelse(1, 0).sum().fill_null(0) for segment in strict}


def columns_asked(segments: tuple[Segment, ...]) -> frozenset[str]:
    """The columns of facts that `members` and `missing` need."""
    asked = (leaf for segment in segments for leaf in leaves(segment.rule) if isinstance(leaf, Condition))
    return frozenset({"customer_id", "class", *(leaf.fact.column for leaf in asked)})


def _prefixed(columns: Mapping[str, ibis.Value]) -> dict[str, ibis.Value]:
    """A segment may be called like a fact, so its column can't have the bare name yet."""
    return {MEMBER + name: column for name, column in columns.items()}


def _primary(segments: tuple[Segment, ...], table: ibis.Table) -> ibis.Value:
    named = sorted((segment for segment in segments if segment.named), key=lambda one: (one.priority, one.id))
    if not named:
        return ibis.null("string")
    return ibis.cases(*((table[MEMBER + segment.id], segment.id) for segment in named))
