"""The work list for those who pack: what goes along with which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.programme.attachments.along import COLUMNS, packing


def packing_list(project: Project, people: People, days: tuple[date, date]) -> Iterator[PrivateArtifact]:
    """work/packing.csv; nothing where the programme has no attachments."""
    found = packing(people.engine.tables, project.programme.attachments, days)
    if found is not None:
        rows = (tuple(row[column] for column in COLUMNS) for batch in people.engine.rows(found) for row in batch)
        yield sheet("work/packing.csv", COLUMNS, rows)
