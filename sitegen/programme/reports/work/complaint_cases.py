"""Lead the complaints that may still be on their way through their steps, and count how the others ended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.complaint_desk import Step, Taken
from sitegen.model.report import Window
from sitegen.programme.complaints.machine import Case, case
from sitegen.programme.complaints.read_rows import complaint_of, taken_of
from sitegen.programme.complaints.rows import complaint_rows, step_rows
from sitegen.programme.complaints.rules import rules_on
from sitegen.programme.reports.compared import days_between, how_many, known, within
from sitegen.programme.reports.ground import Ground

OVER = 180
"""Days after the last step from which on a complaint is over for good, so that no build leads all of them through."""


@dataclass(frozen=True, slots=True)
class Solved:
    """Complaints with a result in a window, the days that they took together, and how many contented the customer."""

    complaints: int = 0
    days: int = 0
    content: int = 0


def cases(ground: Ground) -> tuple[Case, ...]:
    """The complaints on the day, by number, but those whose last step was done more than OVER days ago.

    As the complaint desk leads them: `programme.complaints.machine`.
    """
    desk = ground.programme.desk
    since = desk.since if desk else None
    rows = complaint_rows(ground.tables, ground.today, since, ground.schema)
    steps = step_rows(ground.tables, ground.today, ground.schema)
    over = steps.filter(steps["step"] == Step.FEEDBACK.value, _long_ago(steps, ground)).select("complaint_id")
    rows = rows.anti_join(over, "complaint_id").select(
        "complaint_id", "opened_on", "factor", "step", "solved_on", "routed_to", "spoken_on"
    )
    taken: dict[str, list[Taken]] = defaultdict(list)
    for row in ground.ask(steps.semi_join(rows, "complaint_id")):
        taken[row["complaint_id"]].append(taken_of(row))
    rules = rules_on(ground.programme, ground.today)
    complaints = (complaint_of(row) for row in ground.ask(rows.order_by("complaint_id")))
    return tuple(case(complaint, taken[complaint.id], rules) for complaint in complaints)


def solved(ground: Ground, window: Window) -> Solved:
    """The complaints whose result lies in the window."""
    rows = table_of(ground.tables, "complaints", ground.schema)
    rows = rows.filter(within(rows["solved_on"], window), known(rows["opened_on"], ground.today))
    (row,) = ground.ask(
        rows.aggregate(
            complaints=rows.count(),
            days=days_between(rows["opened_on"], rows["solved_on"]).sum().fill_null(0),
            content=how_many(rows["satisfied"].fill_null(False)),
        )
    )
    return Solved(*(int(row[name]) for name in ("complaints", "days", "content")))


def came(ground: Ground, window: Window) -> int:
    """How many complaints came in the window."""
    rows = table_of(ground.tables, "complaints", ground.schema)
    (row,) = ground.ask(rows.aggregate(came=how_many(within(rows["opened_on"], window))))
    return int(row["came"])


def _long_ago(steps: ibis.Table, ground: Ground) -> ibis.Value:
    return known(steps["done_on"], ground.today - timedelta(days=OVER + 1))
