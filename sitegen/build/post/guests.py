"""The work list of guests, for whoever sets the table; and a word where the year has too few gatherings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.build.checking.gatherings import missing_gatherings
from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.programme.gatherings.chairs import gathering, gathering_rows
from sitegen.programme.gatherings.guests import COLUMNS, coming_rows

CELLS = {True: "yes", False: "no"}


def guest_list(project: Project, people: People, today: date, notices: list[str]) -> Iterator[PrivateArtifact]:
    """work/guests.csv; nothing where the programme says nothing of gatherings. What is amiss goes to `notices`."""
    setting = project.programme.gatherings
    if setting is None:
        return
    tables = people.engine.tables
    found = [gathering(row) for row in people.engine.ask(gathering_rows(tables, today))]
    notices += [problem.message for problem in missing_gatherings(found, setting, today.year)]
    batches = people.engine.rows(coming_rows(tables, setting.reminders, today))
    rows = ([_cell(row[column]) for column in COLUMNS] for batch in batches for row in batch)
    yield sheet("work/guests.csv", COLUMNS, rows)


def _cell(value: object) -> object:
    return CELLS[value] if isinstance(value, bool) else value
