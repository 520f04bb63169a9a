"""Compare the segments of two days: who came, who left, and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise

import ibis

from sitegen.audience.language.references import with_references
from sitegen.build.people import People, people_on
from sitegen.model.project import Project
from sitegen.model.segment import Segment

EVERY_DAY = 31
"""Days of the longest span that is looked at day by day; a longer one is looked at week by week."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """Which segments to compare with what day, and how many customers to name on each side; None: all."""

    segments: tuple[Segment, ...]
    first: date
    most: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """A customer who came or left, and the first day looked at from which on it stayed so."""

    customer_id: str
    since: date


@dataclass(frozen=True, slots=True)
class Change:
    """One segment on two days. `entered` and `left` count; `came` and `went` name them, or the first of them."""

    segment: Segment
    before: int
    now: int
    entered: int
    left: int
    came: tuple[Move, ...] = ()
    went: tuple[Move, ...] = ()


def looks(first: date, last: date) -> tuple[date, ...]:
    """The days after `first` on which the segments are looked at, ending with `last`: every day, or every week."""
    days = (last - first).days
    step = 1 if days <= EVERY_DAY else WEEK
    return tuple(last - timedelta(days=back) for back in range(days - 1, -1, -1) if back % step == 0)


def changes(project: Project, now: People, asked: Asked, looked: Callable[[], None]) -> tuple[Change, ...]:
    """How the segments differ between a day and the day of `now`, in the order in which they were asked for.

    `looked` is called after each of `looks` but the last, which is the day of `now`.
    """
    then = people_on(now.engine, project, asked.first, " then")
    both = _both(now, then, asked.segments)
    counted = _counted(now, both, asked.segments)
    moved = tuple(change.segment for change in counted if change.entered or change.left)
    if not moved:
        return counted
    moves = now.engine.keep("moves", _moves(both, moved))
    days = looks(asked.first, now.today)
    differed = [_differed(project, now, moves, day, following) for day, following in _seen(pairwise(days), looked)]
    since = now.engine.keep("moves since", _since(moves, differed, days[0]))
    return tuple(_named(now, change, since, asked.most) if change.segment in moved else change for change in counted)


def _both(now: People, then: People, segments: tuple[Segment, ...]) -> ibis.Table:
    """For each customer and segment: `then ID` and `now ID`. A customer of one day only was in none on the other."""
    names = [segment.id for segment in segments]
    before = then.members.select(then="customer_id", **{f"then {name}": then.members[name] for name in names})
    after = now.members.select("customer_id", **{f"now {name}": now.members[name] for name in names})
    joined = after.left_join(before, after["customer_id"] == before["then"]).drop("then")
    filled = {f"then {name}": joined[f"then {name}"].fill_null(False) for name in names}
    return now.engine.keep("both days", joined.mutate(**filled))


def _counted(now: People, both: ibis.Table, segments: tuple[Segment, ...]) -> tuple[Change, ...]:
    columns: dict[str, ibis.Value] = {}
    for segment in segments:
        before, after = both[f"then {segment.id}"], both[f"now {segment.id}"]
        sides = {"before": before, "now": after, "entered": after & ~before, "left": before & ~after}
        columns |= {f"{side} {segment.id}": value.cast("int64").sum().fill_null(0) for side, value in sides.items()}
    if not columns:
        return ()
    (row,) = now.engine.ask(both.aggregate(**columns))
    sides_of = ("before", "now", "entered", "left")
    # DuckDB adds whole numbers up to numbers so large that they come back as decimals.
    counts = ((segment, [int(row[f"{side} {segment.id}"]) for side in sides_of]) for segment in segments)
    return tuple(Change(segment, before, now, entered, left) for segment, (before, now, entered, left) in counts)


def _moves(both: ibis.Table, segments: tuple[Segment, ...]) -> ibis.Table:
    """One row for each customer and segment that they entered or left: customer_id, segment, inside (now)."""
    parts = [
        both.filter(both[f"then {segment.id}"] != both[f"now {segment.id}"]).select(
            "customer_id", segment=ibis.literal(segment.id), inside=both[f"now {segment.id}"]
        )
        for segment in segments
    ]
    return reduce(lambda one, other: one.union(other), parts)


def _differed(project: Project, now: People, moves: ibis.Table, day: date, following: date) -> ibis.Table:
    """The moves that had not yet happened on that day, or had been undone: customer_id, segment, since (following)."""
    names = [row["segment"] for row in now.engine.ask(moves.select("segment").distinct().order_by("segment"))]
    moved = tuple(segment for segment in project.segments if segment.id in names)
    needed = with_references(moved, project.segments)
    people = people_on(now.engine, replace(project, segments=needed), day, f" {day}")
    joined = moves.inner_join(people.members, "customer_id")
    inside = ibis.cases(*((joined["segment"] == name, joined[name]) for name in names))
    differed = joined.filter(inside != joined["inside"]).select("customer_id", "segment", since=ibis.date(following))
    kept = now.engine.keep(f"differed {day}", differed)
    # A month of facts would not fit where one day's facts do.
    now.engine.drop(people.members)
    now.engine.drop(people.facts)
    return kept


def _since(moves: ibis.Table, differed: list[ibis.Table], first: date) -> ibis.Table:
    """The moves with the day from which on it stayed so."""
    if not differed:
        return moves.mutate(since=ibis.date(first))
    every = reduce(lambda one, other: one.union(other), differed)
    last = every.group_by(["customer_id", "segment"]).aggregate(since=every["since"].max())
    joined = moves.left_join(last, ["customer_id", "segment"])
    return joined.select("customer_id", "segment", "inside", since=joined["since"].fill_null(ibis.date(first)))


def _named(now: People, change: Change, since: ibis.Table, most: int | None) -> Change:
    mine = since.filter(since["segment"] == change.segment.id)
    came, went = (
        tuple(
            Move(row["customer_id"], row["since"])
            for batch in now.engine.rows(side.limit(most) if most is not None else side)
            for row in batch
        )
        for side in (mine.filter(wanted).order_by("customer_id") for wanted in (mine["inside"], ~mine["inside"]))
    )
    return replace(change, came=came, went=went)


def _seen(pairs: Iterator[tuple[date, date]], looked: Callable[[], None]) -> Iterator[tuple[date, date]]:
    for pair in pairs:
        yield pair
        looked()
