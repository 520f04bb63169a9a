"""Lead every complaint of the customer file through its steps, one at a time, and keep what lies on the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, groupby
from pathlib import Path

import ibis

from sitegen.build.desk.complaints.apologies import judged
from sitegen.build.people import People
from sitegen.data.engine import Engine, Row
from sitegen.model.complaint_desk import Step
from sitegen.model.project import Project
from sitegen.programme.complaints.apologies import Apology, Mechanical
from sitegen.programme.complaints.machine import Case, Closed, Open, Rules, case
from sitegen.programme.complaints.read_rows import complaint_of, taken_of
from sitegen.programme.complaints.rows import complaint_rows, settled, step_rows
from sitegen.programme.complaints.rules import manager, responsible, rules_on
from sitegen.programme.contacts import adviser_rows

QUARTER = 90
"""Days for which a closed complaint stays on the desk."""
STUDIED = 200
"""Cases of the library, the latest ones."""


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A complaint on the desk: its row, how it stands, whose the next step is, who gives the final opinion (advisers'
    ids, "" for nobody), and whether its apology is mechanical (None: it is not)."""

    case: Case
    row: Row
    adviser_id: str
    manager_id: str
    mechanical: Mechanical | None = None


@dataclass(frozen=True, slots=True)
class DeskCases:
    """What lies on the complaint desk on a day.

    `opened` are the complaints on their way, by the day on which the next step is due; `again` those whose second
    chance waits; `closed` those of a QUARTER, the latest first; `studies` those that teach something, the latest first.
    `settled` counts those that were over before the desk began; `advisers` are names by id. `there`: the shop has
    complaints, or a setting for them.
    """

    today: date
    advisers: Mapping[str, str]
    opened: tuple[DeskCase, ...] = ()
    again: tuple[DeskCase, ...] = ()
    closed: tuple[DeskCase, ...] = ()
    studies: tuple[DeskCase, ...] = field(default=())
    settled: int = 0
    there: bool = True


def open_desk(root: Path, project: Project, people: People, today: date) -> DeskCases:
    """Read the complaints and their steps once; of people opened for messages."""
    engine, programme, schema = people.engine, project.programme, project.shop.schema
    tables, rules = people.tables, rules_on(programme, today)
    advisers = {row["adviser_id"]: row["full name"] or row["adviser_id"] for row in engine.ask(adviser_rows(tables))}
    complaints = _stream(engine, complaint_rows(tables, today, rules.since, schema))
    found: dict[str, list[DeskCase]] = {name: [] for name in ("opened", "again", "closed", "studies")}
    for one, row in led(complaints, _stream(engine, step_rows(tables, today, schema)), rules):
        places = _places(one, row, today)
        if places:
            whose = responsible(programme, one.route, row["whose"] or "", row["region"] or "", advisers)
            boss = manager(programme, one.route, row["region"] or "", advisers)
            for place in places:
                found[place].append(DeskCase(one, row, whose, boss))
    ((count,),) = (row.values() for row in engine.ask(settled(tables, today, rules.since, schema)))
    there = programme.complaint_desk is not None or bool(count) or any(found.values())
    said = _apologies((*found["opened"], *found["again"], *found["closed"]))
    verdicts = judged(root, project, engine, said, today)
    listed = {place: [_with(one, verdicts) for one in cases] for place, cases in found.items()}
    return _sorted(DeskCases(today, advisers, settled=count, there=there), listed)


def led(complaints: Iterator[Row], steps: Iterator[Row], rules: Rules) -> Iterator[tuple[Case, Row]]:
    """Each complaint with its row, led through its steps; both streams are in the order of the complaints."""
    groups = groupby(steps, key=lambda row: row["complaint_id"])
    key, own = next(groups, ("", iter(())))
    for row in complaints:
        while key and key < row["complaint_id"]:
            key, own = next(groups, ("", iter(())))
        taken = [taken_of(step) for step in own] if key == row["complaint_id"] else []
        yield case(complaint_of(row), taken, rules), row


def _stream(engine: Engine, expression: ibis.Table) -> Iterator[Row]:
    return chain.from_iterable(engine.rows(expression))


def _places(one: Case, row: Row, today: date) -> tuple[str, ...]:
    """Where on the desk a complaint lies."""
    recent = isinstance(one.state, Closed) and one.state.on > today - timedelta(days=QUARTER)
    over = not isinstance(one.state, Open)
    places = {
        "opened": not over,
        "again": one.again is not None,
        "closed": recent,
        "studies": over and bool((row["lesson"] or "").strip()),
    }
    return tuple(name for name, there in places.items() if there)


def _apologies(cases: Iterable[DeskCase]) -> tuple[Apology, ...]:
    """The apologies of the cases, those too that don't count as a step."""
    found: dict[str, Apology] = {}
    for one in cases:
        for step in (*one.case.taken, *(refused.step for refused in one.case.refused)):
            if step.step is Step.APOLOGISE and step.evidence:
                found[one.case.complaint.id] = Apology(one.case.complaint.id, step.on, step.evidence)
    return tuple(found.values())


def _with(one: DeskCase, verdicts: Mapping[str, Mechanical]) -> DeskCase:
    found = verdicts.get(one.case.complaint.id)
    return replace(one, mechanical=found) if found else one


def _sorted(desk: DeskCases, found: Mapping[str, list[DeskCase]]) -> DeskCases:
    def due(one: DeskCase) -> tuple[date, str]:
        state = one.case.state
        return (state.due if isinstance(state, Open) else state.on), one.case.complaint.id

    def chance(one: DeskCase) -> tuple[date, str]:
        return (one.case.again.due if one.case.again else desk.today), one.case.complaint.id

    return replace(
        desk,
        opened=tuple(sorted(found["opened"], key=due)),
        again=tuple(sorted(found["again"], key=chance)),
        closed=tuple(sorted(found["closed"], key=due, reverse=True)),
        studies=tuple(sorted(found["studies"], key=due, reverse=True)[:STUDIED]),
    )
