"""Who is who, and who hears what: customers become facts, segments, values and the plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis

from sitegen.audience.facts import facts as facts_of
from sitegen.audience.membership import members as members_of
from sitegen.audience.membership import missing
from sitegen.audience.occasions import Occasions
from sitegen.audience.plan import PlanInputs, decide, split
from sitegen.audience.values import values as values_of
from sitegen.data import ledger
from sitegen.data.engine import Engine, open_tables
from sitegen.errors import Mistakes, Problem
from sitegen.model.project import Project
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop
from sitegen.programme.tiers import tier_facts


@dataclass(frozen=True, slots=True)
class People:
    """The customers of one build: tables of the engine, materialised once."""

    engine: Engine
    facts: ibis.Table
    members: ibis.Table
    values: ibis.Table
    segments: tuple[Segment, ...]
    today: date

    def count(self) -> int:
        """How many customers there are."""
        return self.engine.count(self.members)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan and its exclusions, materialised: PLAN_COLUMNS and EXCLUSION_COLUMNS of sitegen.model.plan."""

    planned: ibis.Table
    excluded: ibis.Table

    def only(self, campaign: str) -> Plan:
        """The part of one campaign."""
        return Plan(
            self.planned.filter(self.planned["campaign"] == campaign),
            self.excluded.filter(self.excluded["campaign"] == campaign),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One segment as the engine sees it: `sample` holds the first five members' ids, `sql` the question asked."""

    count: int
    sample: tuple[str, ...]
    sql: str


@contextmanager
def open_people(root: Path, project: Project, today: date) -> Iterator[People]:
    """Read the customer file and work out who is in which segment on that day. Raises Mistakes."""
    folder = project.shop.source.folder
    with open_tables(root / folder, folder) as engine:
        extra = tier_facts(engine.tables, project.programme.tiers, today)
        facts = engine.keep("facts", facts_of(engine.tables, project.facts, extra, today))
        _refuse_missing(engine, project, facts)
        members = engine.keep("members", members_of(project.segments, facts, today))
        values = engine.keep("merge_values", values_of(engine.tables, facts))
        yield People(engine, facts, members, values, project.segments, today)


def make_plan(root: Path, project: Project, people: People, first: date, last: date) -> Plan:
    """The plan for the days from `first` to `last`, with what the ledger remembers."""
    path = root / project.shop.ledger
    engine = people.engine
    inputs = PlanInputs(
        shop=project.shop,
        campaigns=project.campaigns,
        occasions=Occasions(project.programme.occasions),
        segments=project.segments,
        facts=people.facts,
        members=people.members,
        values=people.values,
        tables=engine.tables,
        deliveries=ledger.deliveries(engine, path),
        first=first,
        last=last,
        last_day=ledger.last_day(path),
    )
    made = split(engine.keep("decided", decide(inputs)))
    return Plan(made.planned, made.excluded)


def _refuse_missing(engine: Engine, project: Project, facts: ibis.Table) -> None:
    counts = missing(project.segments, facts)
    if not counts:
        return
    row = next(engine.rows(facts.aggregate(**counts)))[0]
    problems: list[Problem] = []
    for segment in project.segments:
        if row.get(segment.id):
            message = f"{row[segment.id]} customers miss a value that '{segment.id}' asks for"
            hint = "fill the values in, or write 'unknown: leave out'"
            problems.append(segment.place.problem("unknown-value", message, hint))
    if problems:
        raise Mistakes(problems)


def segment_counts(project: Project, people: People) -> dict[str, tuple[int, int]]:
    """For each named segment: how many are in it, and for how many it is the primary one. One scan for all."""
    members = people.members
    named = [segment.id for segment in project.segments if segment.named]
    if not named:
        return {}
    inside = {f"in {name}": members[name].cast("int64").sum().fill_null(0) for name in named}
    first = {f"first {name}": (members["primary"] == name).cast("int64").sum().fill_null(0) for name in named}
    row = next(people.engine.rows(members.aggregate(**inside, **first)))[0]
    return {name: (row[f"in {name}"], row[f"first {name}"]) for name in named}


def shown_segment(people: People, segment: Segment) -> Shown:
    """A segment's count, a few members, and the SQL that its rule becomes."""
    inside = people.members.filter(people.members[segment.id]).select("customer_id")
    sample = [
        row["customer_id"] for batch in people.engine.rows(inside.order_by("customer_id").limit(5)) for row in batch
    ]
    rule = members_of(people.segments, people.facts, people.today).select("customer_id", segment.id)
    return Shown(
        people.engine.count(inside), tuple(sample), str(ibis.to_sql(rule.filter(rule[segment.id]), dialect="duckdb"))
    )


def customer_exists(root: Path, shop: Shop, customer_id: str) -> bool:
    """Whether the customer file has that customer. Raises Mistakes where the file is wrong."""
    folder = shop.source.folder
    with open_tables(root / folder, folder) as engine:
        customers = engine.tables["customers"]
        return engine.count(customers.filter(customers["customer_id"] == customer_id)) > 0
