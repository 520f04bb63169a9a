"""The rows that the day adds to the points ledger, as a file that `sitegen import` takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from sitegen.build.people import People
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.programme.points.due import COLUMNS, due_rows


def points_list(project: Project, people: People, on: date) -> Iterator[PrivateArtifact]:
    """The new rows by customer and number, as CSV; nothing where the shop has no points.

    Its cells are for the ledger, so they stand there as they are.
    """
    programme = project.programme
    if programme.points is None:
        return
    sheet = io.StringIO()
    lines = csv.writer(sheet, lineterminator="\n")
    lines.writerow(COLUMNS)
    rows = due_rows(people.engine.tables, programme.points, programme.tiers, on)
    for batch in people.engine.rows(rows.order_by(["customer_id", "entry"])):
        lines.writerows([row[column] for column in COLUMNS] for row in batch)
    yield PrivateArtifact("work/points.csv", sheet.getvalue().encode())
