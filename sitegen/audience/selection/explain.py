"""Say of one customer why they are in a segment, or why not: each condition with its answer and its value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any as Whatever
from typing import Literal, TypeAlias

import ibis

from sitegen.audience.selection.compile import condition_value
from sitegen.audience.selection.ranks import NO_CUTS, Cut, Cuts
from sitegen.model.rule import (
    All,
    Any,
    Condition,
    None_,
    Phrase,
    Rule,
    SegmentIs,
    TopBringing,
    TopCount,
    TopPercent,
    leaves,
)
from sitegen.model.segment import EVERYONE, OWNER, STAFF, Segment

Known: TypeAlias = str | int | Decimal | date | bool | tuple[str, ...]
"""What is known of a customer: a datetime is a date, too."""
Row: TypeAlias = Mapping[str, Whatever]
NO_PLACES: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands when all whose value is known are ranked by it: `place` counts from 1.

    `cut` says who is the last one in; None: nobody is.
    """

    place: int
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition, and what it comes to. `value` None: nothing is known.

    `assumed`: the phrase needs a value and there is none, so the segment's policy for unknown values answered.
    """

    condition: Condition
    holds: bool
    value: Known | None
    assumed: bool = False
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """`segment: is gold`, and why that one says what it says; None for the audiences that need no rule."""

    leaf: SegmentIs
    holds: bool
    inside: Explanation | None


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any` or `none`, with every part answered, though the first may have decided."""

    word: Literal["all", "any", "none"]
    holds: bool
    parts: tuple[Part, ...]


Part: TypeAlias = Answer | Followed | Group


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a customer is in a segment, and the whole rule with its answers."""

    segment: Segment
    member: bool
    rule: Part


def conditions_of(segments: Iterable[Segment]) -> tuple[Condition, ...]:
    """The conditions of these segments; of those that ask the same only the first."""
    found: dict[tuple[str, Phrase], Condition] = {}
    for segment in segments:
        for leaf in leaves(segment.rule):
            if isinstance(leaf, Condition):
                found.setdefault(_key(leaf), leaf)
    return tuple(found.values())


def questions(segments: Iterable[Segment], facts: ibis.Table, today: date, cuts: Cuts = NO_CUTS) -> ibis.Table:
    """For each customer: customer_id, and for condition N of `conditions_of` the columns `holds N` and `value N`.

    `holds N` is null where the phrase needs a value that is missing. Filter it by customer_id: a row takes no
    windows and no joins. STAFF and OWNER are columns, too. `cuts` holds the cut of every ranking.
    """
    house = {name: (facts["class"] == name).fill_null(False) for name in (STAFF, OWNER)}
    columns: dict[str, ibis.Value] = {}
    for number, condition in enumerate(conditions_of(segments)):
        columns[f"holds {number}"] = condition_value(condition, facts, today, cuts)
        columns[f"value {number}"] = facts[condition.fact.column]
    return facts.select("customer_id", **house, **columns)


def explain(
    segments: tuple[Segment, ...], row: Row, cuts: Cuts = NO_CUTS, places: Mapping[str, int] = NO_PLACES
) -> tuple[Explanation, ...]:
    """The explanation of each of `segments`, in their order, from one row of `questions` about the same ones.

    They must hold all segments that they refer to (`with_references`). `places` holds what `places_of` answers, by
    column; without it nobody has a Standing.
    """
    return _Reader(segments, row, cuts, places).explanations()


def places_of(segments: Iterable[Segment], facts: ibis.Table, row: Row) -> ibis.Table | None:
    """`column` and `place` of each fact that customers are ranked by; None where there is none or nothing is known.

    The place, from 1, is the customer's when all are ordered by that fact, largest first, ties by id. `row` is
    their row of `questions`.
    """
    values = {
        condition.fact.column: row[f"value {number}"]
        for number, condition in enumerate(conditions_of(segments))
        if isinstance(condition.phrase, TopPercent | TopCount | TopBringing)
    }
    counts = []
    for name, value in values.items():
        if value is not None:
            mine = ibis.literal(value, type=facts[name].type())
            equals = facts.filter(facts[name] == mine)
            # Two filters: numbers are compared ten times faster than "more, or equal and of a lower id" is decided.
            parts = facts.filter(facts[name] > mine), equals.filter(equals["customer_id"] <= row["customer_id"])
            counts += [part.aggregate(place=part.count()).mutate(column=ibis.literal(name)) for part in parts]
    if not counts:
        return None
    every = reduce(lambda one, other: one.union(other), counts)
    return every.group_by("column").aggregate(place=every["place"].sum())


def deciding(part: Part) -> tuple[Answer | Followed, ...]:
    """The conditions that settle a part: what fails in `all`, what holds in `any` and `none`, else all of them."""
    match part:
        case Group(word, holds):
            settled = holds if word == "any" else not holds
            wanted = part.parts
            if settled:
                wanted = tuple(one for one in part.parts if one.holds is (word != "all"))[:1]
            return tuple(leaf for one in wanted for leaf in deciding(one))
        case _:
            return (part,)


class _Reader:
    """One row, read."""

    def __init__(self, segments: tuple[Segment, ...], row: Row, cuts: Cuts, places: Mapping[str, int]) -> None:
        self.row = row
        self.cuts = cuts
        self.places = places
        self.segments = {segment.id: segment for segment in segments}
        self.numbers = {_key(found): number for number, found in enumerate(conditions_of(segments))}
        self.done: dict[str, Explanation] = {}

    def explanations(self) -> tuple[Explanation, ...]:
        return tuple(self.segment(segment) for segment in self.segments.values())

    def segment(self, segment: Segment) -> Explanation:
        if segment.id not in self.done:
            rule = self.part(segment.rule, segment.unknown == "include")
            self.done[segment.id] = Explanation(segment, rule.holds, rule)
        return self.done[segment.id]

    def part(self, rule: Rule, include: bool) -> Part:
        match rule:
            case Condition():
                return self.answer(rule, include)
            case SegmentIs():
                return self.followed(rule)
        parts = tuple(self.part(one, include) for one in rule.parts)
        match rule:
            case All():
                return Group("all", all(part.holds for part in parts), parts)
            case Any():
                return Group("any", any(part.holds for part in parts), parts)
            case None_():
                return Group("none", not any(part.holds for part in parts), parts)

    def answer(self, condition: Condition, include: bool) -> Answer:
        number = self.numbers[_key(condition)]
        holds, value = self.row[f"holds {number}"], self.row[f"value {number}"]
        value = tuple(value) if isinstance(value, list) else value
        return Answer(
            condition,
            holds=include if holds is None else holds,
            value=None if value in {"", ()} else value,
            assumed=holds is None,
            standing=self.standing(condition),
        )

    def standing(self, condition: Condition) -> Standing | None:
        place = self.places.get(condition.fact.column)
        if place is None or not isinstance(condition.phrase, TopPercent | TopCount | TopBringing):
            return None
        return Standing(place, self.cuts.of(condition.fact.column, condition.phrase))

    def followed(self, leaf: SegmentIs) -> Followed:
        if leaf.segment in self.segments:
            inside = self.segment(self.segments[leaf.segment])
            return Followed(leaf, inside.member is not leaf.negated, inside)
        member = leaf.segment == EVERYONE or bool(self.row[leaf.segment])
        return Followed(leaf, member is not leaf.negated, None)


def _key(condition: Condition) -> tuple[str, Phrase]:
    return condition.fact.column, condition.phrase
