"""The work list of promises: what was promised to whom, by whom, until when."""

from __future__ import annotations

from datetime import date

from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.programme.service.promises import COLUMNS, open_promises


def promise_list(people: People, on: date) -> PrivateArtifact:
    """Every promise that waits to be kept on the day, as CSV, by adviser, then by the day on which it is due."""
    batches = people.engine.rows(open_promises(people.tables, on))
    rows = ([row[column] for column in COLUMNS] for batch in batches for row in batch)
    return sheet("work/promises.csv", COLUMNS, rows)
