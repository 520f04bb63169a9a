"""Rank customers without sorting them all: find who is the last one in, and compare the others with that one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import ibis

from sitegen.audience.selection.phrase_values import Boolean
from sitegen.model.rule import Condition, RankPhrase, TopBringing, TopCount, TopPercent, leaves
from sitegen.model.segment import Segment

HUNDRED = 1_000_000
"""100 per cent in ten-thousandths of one: a phrase has at most four decimals, and integers are exact everywhere."""

Ask: TypeAlias = Callable[[ibis.Table], Sequence[Mapping[str, Any]]]
"""Who answers a small question with its rows: the engine that holds the facts."""


@dataclass(frozen=True, slots=True)
class RankKey:
    """The column of a fact and the phrase that ranks customers by it, largest first, ties by customer id."""

    column: str
    phrase: RankPhrase


@dataclass(frozen=True, slots=True)
class Cut:
    """The last customer who is in: `inside` customers of the `known`, whose value is not missing, come up to here."""

    value: int | Decimal
    customer_id: str
    inside: int
    known: int


@dataclass(frozen=True, slots=True)
class Cuts:
    """The cut of each ranking on one day; None where nobody is in."""

    found: Mapping[RankKey, Cut | None]

    def of(self, column: str, phrase: RankPhrase) -> Cut | None:
        """The cut of a phrase; KeyError where nobody has asked for it (`rank_keys`)."""
        return self.found[RankKey(column, phrase)]


NO_CUTS = Cuts({})
"""What rules without rankings need."""


def rank_keys(segments: tuple[Segment, ...]) -> tuple[RankKey, ...]:
    """The rankings that the segments' rules ask for, each once."""
    asked = (leaf for segment in segments for leaf in leaves(segment.rule) if isinstance(leaf, Condition))
    keys = (
        RankKey(leaf.fact.column, leaf.phrase)
        for leaf in asked
        if isinstance(leaf.phrase, TopPercent | TopCount | TopBringing)
    )
    return tuple(dict.fromkeys(keys))


def find_cuts(ask: Ask, keys: tuple[RankKey, ...], facts: ibis.Table) -> Cuts:
    """The exact cut of each ranking, in a few small questions about `facts`, which should be computed already.

    The share of `top N%` is taken of the customers whose value is known, rounded up. `top customers bringing N%`
    are the fewest whose positive values reach N per cent of all positive values. Nothing is sorted but a histogram
    of whole units, one of the cents within one unit, and the ids of those who share the last value.
    """
    if not keys:
        return NO_CUTS
    columns = dict.fromkeys(key.column for key in keys)
    known = {f"known {name}": facts[name].count() for name in columns}
    brought = {f"brought {name}": _cents(facts[name]).sum() for name in columns}
    (whole,) = ask(facts.aggregate(**known, **brought))
    found = {}
    for key in keys:
        totals = int(whole[f"known {key.column}"]), int(whole[f"brought {key.column}"] or 0)
        found[key] = _cut(ask, key, facts, totals)
    return Cuts(found)


def rank_value(column: ibis.Value, cut: Cut | None, customer_id: ibis.Value) -> Boolean:
    """Whether a row comes before the cut, or is it; null where the value is null."""
    if cut is None:
        return ibis.ifelse(column.notnull(), ibis.literal(False), ibis.null("boolean"))
    value = ibis.literal(cut.value, type=column.type())
    return (column > value) | ((column == value) & (customer_id <= cut.customer_id))


def _cents(column: ibis.Value) -> ibis.Value:
    """What a customer brings: whole cents, because sums of integers are exact in every engine."""
    return (ibis.greatest(column, 0) * 100).round(0).cast("int64")


def _cut(ask: Ask, key: RankKey, facts: ibis.Table, totals: tuple[int, int]) -> Cut | None:
    column, bringing = facts[key.column], isinstance(key.phrase, TopBringing)
    need = _need(key.phrase, *totals)
    if need <= 0:
        return None
    ranked = facts.filter(column > 0 if bringing else column.notnull())
    ranked = ranked.select(
        "customer_id", value=column, weight=_cents(column) if bringing else ibis.literal(1, type="int64")
    )
    ahead = 0
    if not column.type().is_integer():
        unit = _last_step(ask, ranked.mutate(step=ranked["value"].floor().cast("int64")), need)
        ranked = ranked.filter(ranked["value"].floor().cast("int64") == unit.step)
        need, ahead = need - unit.weight_before, unit.before
    last = _last_step(ask, ranked.mutate(step=ranked["value"]), need)
    equals = ranked.filter(ranked["value"] == ibis.literal(last.step, type=column.type()))
    weight = round(last.step * 100) if bringing else 1
    among = min(-(-(need - last.weight_before) // weight), last.count)
    customer_id = _id_at(ask, equals, among, last.count)
    return Cut(last.step, customer_id, ahead + last.before + among, totals[0])


def _need(phrase: RankPhrase, known: int, brought: int) -> int:
    """How many customers, or how many cents, must be in; rounded up."""
    match phrase:
        case TopCount(count):
            return min(count, known)
        case TopPercent(percent):
            return -(-known * int(percent * 10_000) // HUNDRED)
        case TopBringing(percent):
            return -(-brought * int(percent * 10_000) // HUNDRED)


@dataclass(frozen=True, slots=True)
class _Step:
    """The step of a histogram on which the need is met: what its `count` rows, and those `before` it, come to."""

    step: Any
    weight_before: int
    before: int
    count: int


def _last_step(ask: Ask, ranked: ibis.Table, need: int) -> _Step:
    """The last step, from the largest downwards, of which the steps before weigh less than the need."""
    steps = ranked.group_by("step").aggregate(count=ranked.count(), weight=ranked["weight"].sum())
    downwards = ibis.cumulative_window(order_by=steps["step"].desc())
    steps = steps.mutate(
        weight_before=steps["weight"].sum().over(downwards) - steps["weight"],
        up_to_here=steps["count"].sum().over(downwards),
    )
    needed = steps.filter(steps["weight_before"] < need)
    (row,) = ask(
        needed.aggregate(
            step=needed["step"].min(),
            weight_before=needed["weight_before"].max(),
            before=(needed["up_to_here"] - needed["count"]).max(),
            up_to_here=needed["up_to_here"].max(),
        )
    )
    before = int(row["before"])
    return _Step(row["step"], int(row["weight_before"]), before, int(row["up_to_here"]) - before)


def _id_at(ask: Ask, equals: ibis.Table, place: int, count: int) -> str:
    """The customer id at a place, from 1, among customers of one value."""
    if place == count:
        question = equals.aggregate(customer_id=equals["customer_id"].max())
    else:
        question = equals.select("customer_id").order_by("customer_id").limit(1, offset=place - 1)
    (row,) = ask(question)
    return str(row["customer_id"])
