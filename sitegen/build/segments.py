"""Answer what people ask about segments: how many are in each, who they are, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import ibis
from ibis.common.exceptions import IbisError

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.references import with_references
from sitegen.audience.selection.explain import (
    Explanation,
    conditions_of,
    explain,
    places_of,
    questions,
)
from sitegen.audience.selection.membership import members as members_of
from sitegen.audience.selection.ranks import Cuts
from sitegen.build.people import People
from sitegen.errors import Unusable
from sitegen.model.segment import Segment

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """How many customers there are, how many are in each segment, and for how many it is the primary one.

    `both` counts those who are in two segments, under their ids in the order in which they were asked for; empty
    unless somebody asked.
    """

    customers: int
    inside: Mapping[str, int]
    primary: Mapping[str, int]
    both: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Shown:
    """One segment as the engine sees it: `sample` holds the first five members' ids, `sql` the question asked.

    `names` says what they are called; empty unless somebody asked. `veiled`: the question hides the personal values
    by which customers are ranked.
    """

    customers: int
    count: int
    sample: tuple[str, ...]
    names: Mapping[str, str]
    sql: str
    veiled: bool


def segment_counts(people: People, overlap: bool = False) -> Counts:
    """The counts of the named segments, by priority. One scan for all, overlaps too."""
    members = people.members
    names = [segment.id for segment in by_priority(people.segments)]
    pairs = tuple(combinations(names, 2)) if overlap else ()
    columns = {"customers": members.count()}
    columns |= {f"in {name}": _number(members[name]) for name in names}
    columns |= {f"first {name}": _number(members["primary"] == name) for name in names}
    # Numbers, not names: "a in b" may be a segment, too.
    columns |= {f"both {n}": _number(members[one] & members[other]) for n, (one, other) in enumerate(pairs)}
    (answer,) = people.engine.ask(members.aggregate(**columns))
    # DuckDB adds whole numbers up to numbers so large that they come back as decimals.
    row = {name: int(number) for name, number in answer.items()}
    return Counts(
        row["customers"],
        {name: row[f"in {name}"] for name in names},
        {name: row[f"first {name}"] for name in names},
        {pair: row[f"both {number}"] for number, pair in enumerate(pairs)},
    )


def by_priority(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments that have a name, first those that win."""
    return tuple(sorted((found for found in segments if found.named), key=lambda one: (one.priority, one.id)))


def shown_segment(people: People, segment: Segment, dialect: str, personal: bool) -> Shown:
    """A segment's count, its first members, and what its rule becomes in the language of an engine."""
    inside = people.members.filter(people.members[segment.id]).select("customer_id")
    first = inside.order_by("customer_id").limit(SAMPLE)
    sample = tuple(row["customer_id"] for row in people.engine.ask(first))
    cuts = people.cuts if personal else _veiled(people.cuts, with_references((segment,), people.segments))
    return Shown(
        customers=people.count(),
        count=people.engine.count(inside),
        sample=sample,
        names=names_of(people, sample) if personal else {},
        sql=rule_sql(people, segment, dialect, cuts),
        veiled=cuts != people.cuts,
    )


def rule_sql(people: People, segment: Segment, dialect: str, cuts: Cuts) -> str:
    """The question for a segment's members over the table of facts, in a dialect that Ibis knows.

    Raises Unusable where that dialect has no words for it.
    """
    needed = with_references((segment,), people.segments)
    asked = {condition.fact.column for condition in conditions_of(needed)}
    columns = {name: type_ for name, type_ in people.facts.schema().items() if name in {"customer_id", "class"} | asked}
    facts = ibis.table(columns, name="facts")
    members = members_of(needed, facts, people.today, cuts).select("customer_id", segment.id)
    question = members.filter(members[segment.id]).select("customer_id")
    try:
        return str(ibis.to_sql(question, dialect=dialect))
    except IbisError as error:
        hint = "its counts are right all the same; choose another --dialect to see its SQL"
        raise Unusable(f"the rule of '{segment.id}' can't be said in {dialect}: {error}\nhint: {hint}") from error


def _veiled(cuts: Cuts, segments: tuple[Segment, ...]) -> Cuts:
    """The cuts without what they say of the last customer who is in, where that is personal."""
    personal = {condition.fact.column for condition in conditions_of(segments) if condition.fact.personal}
    return Cuts(
        {
            key: replace(cut, value=type(cut.value)(0), customer_id="") if cut and key.column in personal else cut
            for key, cut in cuts.found.items()
        }
    )


def names_of(people: People, ids: Iterable[str]) -> dict[str, str]:
    """What customers are called, by id; those without a name are missing."""
    customers = table_of(people.engine.tables, "customers")
    asked = customers.filter(customers["customer_id"].isin(list(ids)))
    table = asked.select("customer_id", name=full_name(asked["first_name"], asked["last_name"]))
    return {row["customer_id"]: row["name"] for row in people.engine.ask(table) if row["name"]}


def explained(people: People, customer_id: str, wanted: tuple[Segment, ...]) -> tuple[Explanation, ...]:
    """Why a customer is in each of the segments, or not. Raises Unusable where there is no such customer."""
    segments = with_references(wanted, people.segments)
    table = questions(segments, people.facts, people.today, people.cuts)
    rows = people.engine.ask(table.filter(table["customer_id"] == customer_id))
    if not rows:
        raise Unusable(f"there is no customer '{customer_id}' in the customer file\nhint: ids are case-sensitive")
    places = places_of(segments, people.facts, rows[0])
    found = people.engine.ask(places) if places is not None else ()
    standing = {row["column"]: int(row["place"]) for row in found}
    by_id = {one.segment.id: one for one in explain(segments, rows[0], people.cuts, standing)}
    return tuple(by_id[segment.id] for segment in wanted)


def _number(condition: ibis.Value) -> ibis.Value:
    return condition.cast("int64").sum().fill_null(0)
