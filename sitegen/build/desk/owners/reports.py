"""Make the owner's reports: gather what they are reckoned from, and reckon them one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis

from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.owners.planned import planned
from sitegen.build.people import People
from sitegen.model.project import Project
from sitegen.model.report import Report
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import purchases
from sitegen.programme.reports.registry import NAMES, made

DUTIES = "duties of the reports"
"""The engine's name for the duties that reports count."""


def report_names() -> tuple[str, ...]:
    """The names of all reports, in the order in which owners read them."""
    return NAMES


def reports(root: Path, project: Project, people: People, today: date, names: Collection[str] = ()) -> Iterator[Report]:
    """The reports of these names in their order, all of them where none is named; of people opened for messages.

    Each is reckoned when it is asked for.
    """
    duties = duty_table(root, project, people, today, DUTIES)
    try:
        with open_ground(project, people, duties) as ground:
            yield from made(ground, names)
    finally:
        people.engine.drop(duties)


@contextmanager
def open_ground(project: Project, people: People, duties: ibis.Table) -> Iterator[Ground]:
    """What the shop's reports of the people's day are reckoned from, with the duties of that day."""
    engine = people.engine
    # Ibis spells out a join anew for each question that goes through it, which takes longer than the answer.
    customers = engine.keep("report customers", people.tables["customers"])
    ground = Ground(
        tables={**people.tables, "customers": customers},
        ask=people.engine.ask,
        today=people.today,
        programme=project.programme,
        schema=project.shop.schema,
        duties=duties,
        planned=planned(project, people, people.today),
        currency=project.shop.currency,
    )
    bought = engine.keep("report purchases", purchases(ground))
    try:
        yield replace(ground, bought=bought)
    finally:
        engine.drop(bought)
        engine.drop(customers)
