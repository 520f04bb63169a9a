"""Write a work list: a table with its columns, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from sitegen.model.artifact import PrivateArtifact
from sitegen.render.spreadsheet import guarded


def sheet(
    path: str, columns: Sequence[str], rows: Iterable[Sequence[object]], for_people: bool = True
) -> PrivateArtifact:
    """The rows below their columns. What is `for_people` is kept from being taken for a formula."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([_cell(value) if for_people else value for value in row] for row in rows)
    return PrivateArtifact(path, text.getvalue().encode())


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
