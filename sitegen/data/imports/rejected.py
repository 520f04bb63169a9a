"""Write the rows that an import did not take into a file that can be mended and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ADDED, ExportFile
from sitegen.data.leaving.erasing_files import BOM, replacing


def write_rejected(source: ExportFile, rejected: Sequence[Rejected]) -> Path | None:
    """The file beside the imported one, `FILE.rejected.csv`; None where there is nothing to write.

    It has the columns `row` (the line in the imported file) and `reason`, then the original ones as they were. A
    former file of other content stays, for somebody may be mending it: then the name gets a number.
    """
    if not rejected:
        return None
    content = _content(source, rejected)
    path = _free(source.path, content)
    if not path.exists():
        with replacing(path) as new:
            new.write_bytes(content)
    return path


def _content(source: ExportFile, rejected: Sequence[Rejected]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=source.delimiter, lineterminator="\n")
    writer.writerow([*ADDED, *source.columns])
    for one in sorted(rejected, key=lambda one: one.row.line):
        writer.writerow([str(one.row.line), one.reason, *one.row.cells])
    return ((BOM if source.byte_order_mark else "") + text.getvalue()).encode()


def _free(path: Path, content: bytes) -> Path:
    number = 1
    while True:
        ending = ".rejected.csv" if number == 1 else f".rejected-{number}.csv"
        found = path.with_name(path.name.removesuffix(".csv") + ending)
        if not found.exists() or found.read_bytes() == content:
            return found
        number += 1
