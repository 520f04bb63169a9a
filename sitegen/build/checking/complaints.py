"""Look at the steps of complaints: those that don't count, those that nothing proves, and mechanical apologies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from sitegen.build.desk.complaints.apologies import judged, known
from sitegen.build.desk.complaints.cases import QUARTER, led
from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.programme.complaints.machine import Open
from sitegen.programme.complaints.rows import apology_rows, complaint_rows, step_rows
from sitegen.programme.complaints.rules import rules_on

DESK = "output/work/desk/complaints.html"


def complaint_problems(root: Path, project: Project, engine: Engine, where: tuple[str, date]) -> Iterator[Problem]:
    """What the desk would show, a finding each; of a shop that sets up a complaint desk.

    `where`: the file in which people look for what is wrong with customers, and today.
    """
    file, today = where
    if project.programme.complaint_desk is None:
        return
    rules, schema = rules_on(project.programme, today), project.shop.schema
    complaints = chain.from_iterable(engine.rows(complaint_rows(engine.tables, today, rules.since, schema)))
    steps = chain.from_iterable(engine.rows(step_rows(engine.tables, today, schema)))
    refused: list[str] = []
    claimed: list[str] = []
    for case, _ in led(complaints, steps, rules):
        refused += [f"'{case.complaint.id}': {one.why}" for one in case.refused]
        if case.claimed and isinstance(case.state, Open):
            claimed.append(f"'{case.complaint.id}': '{case.claimed}'")
    yield from _told(
        file, "uncounted-step", refused, ("a step of a complaint doesn't count", "steps of complaints don't count")
    )
    yield from _told(
        file,
        "unproved-step",
        claimed,
        ("a complaint claims a step that nothing proves", "complaints claim a step that nothing proves"),
    )
    recent = apology_rows(engine.tables, today, schema)
    recent = recent.filter(recent["done_on"] > today - timedelta(days=QUARTER))
    found = judged(root, project, engine, list(known(engine, recent.order_by("done_on", "complaint_id"))), today)
    mechanical = [f"that to '{complaint}', which {why}" for complaint, why in sorted(found.items())]
    yield from _told(file, "mechanical-apology", mechanical, ("an apology is mechanical", "apologies are mechanical"))


HINTS = {
    "uncounted-step": "put the row of complaint_steps right",
    "unproved-step": "write down in complaint_steps what proves it, step by step",
    "mechanical-apology": "apologise in your own words",
}


def _told(file: str, code: str, found: Sequence[str], said: tuple[str, str]) -> Iterator[Problem]:
    """One finding for all of a kind, with the first of them."""
    one, several = said
    if len(found) == 1:
        yield Problem(file, 0, 0, code, f"{one}: {found[0]}", f"{HINTS[code]}; {DESK} shows it")
    elif found:
        message = f"{len(found)} {several}, such as {found[0]}"
        yield Problem(file, 0, 0, code, message, f"{HINTS[code]}; {DESK} shows them")
