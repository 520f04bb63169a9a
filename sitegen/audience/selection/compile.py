"""Turn rules into boolean expressions over the table of facts."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Literal

import ibis

from sitegen.audience.selection.phrase_values import phrase_value
from sitegen.audience.selection.ranks import NO_CUTS, Cuts, rank_value
from sitegen.model.column import Kind
from sitegen.model.rule import (
    All,
    Any,
    Condition,
    IsEmpty,
    IsKnown,
    None_,
    Rule,
    SegmentIs,
    TopBringing,
    TopCount,
    TopPercent,
    leaves,
)

MEMBER = "is member of "
"""Prefix of the columns that say who is in the segments that a rule refers to."""


def compile_rule(
    rule: Rule,
    facts: ibis.Table,
    today: date,
    unknown: Literal["leave out", "include", "fail"] = "leave out",
    cuts: Cuts = NO_CUTS,
) -> ibis.expr.types.BooleanValue:
    """Whether the rule holds for a row of `facts`: true or false, never null.

    `facts` holds customer_id, the columns of all facts that the rule names, and for each segment that it refers to
    a column named MEMBER and the segment's id. A condition on a missing value is false, or true where `unknown`
    is `include`; so `none:` lets those in of whom nothing is known. `cuts` holds the cut of every ranking in the rule.
    """
    match rule:
        case SegmentIs():
            member = facts[MEMBER + rule.segment]
            return ~member if rule.negated else member
        case Condition():
            return condition_value(rule, facts, today, cuts).fill_null(unknown == "include")
    parts = [compile_rule(part, facts, today, unknown, cuts) for part in rule.parts]
    match rule:
        case All():
            return reduce(and_, parts, ibis.literal(True))
        case Any():
            return reduce(or_, parts, ibis.literal(False))
        case None_():
            return ~reduce(or_, parts, ibis.literal(False))


def condition_value(
    condition: Condition, facts: ibis.Table, today: date, cuts: Cuts = NO_CUTS
) -> ibis.expr.types.BooleanValue:
    """Whether one condition holds for a row; null where the fact is missing and the phrase needs it."""
    column = facts[condition.fact.column]
    match condition.phrase:
        case TopPercent() | TopCount() | TopBringing():
            return rank_value(column, cuts.of(condition.fact.column, condition.phrase), facts["customer_id"])
        case IsKnown():
            return ~is_missing(column, condition.fact.kind)
        case IsEmpty():
            return is_missing(column, condition.fact.kind)
    return phrase_value(column, condition.fact.kind, condition.phrase, today)


def has_missing(rule: Rule, facts: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether a row misses a value that a condition of the rule needs."""
    asked = (leaf for leaf in leaves(rule) if isinstance(leaf, Condition))
    columns = {leaf.fact.column: None for leaf in asked if not isinstance(leaf.phrase, IsKnown | IsEmpty)}
    nothing_asked = facts["customer_id"].isnull()
    return reduce(or_, (facts[column].isnull() for column in columns), nothing_asked)


def is_missing(column: ibis.Value, kind: Kind) -> ibis.expr.types.BooleanValue:
    """Whether a value is unknown: null, or a text or list with nothing in it."""
    match kind:
        case Kind.LIST:
            return column.isnull() | (column.length() == 0).fill_null(False)
        case Kind.TEXT | Kind.LUNAR:
            return column.isnull() | (column == "").fill_null(False)
        case _:
            return column.isnull()
