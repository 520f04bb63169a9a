"""Read the first line of a CSV file and compare it with the declared table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sitegen.data.sources.columns import column_problems, needed
from sitegen.data.sources.csv_text import cells
from sitegen.errors import Problem
from sitegen.model.table import Table
from sitegen.model.tree import Place

_LONGEST = 65_536
"""Bytes of a header; the declared columns need less than a thousand."""

_DELIMITERS = (",", ";", "\t")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_SEPARATOR = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([,;\t])"?', re.IGNORECASE)
"""What Excel writes above the names, and reads to know the delimiter."""

_STRANGE = {
    b"\xff\xfe": "Excel's 'Unicode Text' (UTF-16)",
    b"\xfe\xff": "Excel's 'Unicode Text' (UTF-16)",
    b"PK\x03\x04": "a spreadsheet",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
    b"PAR1": "a Parquet file",
}

UTF8_HINT = "save the file as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the delimiter, and the names of the columns in the file's order.

    `skipped` lines stand above it: Excel's `sep=;` is one.
    """

    delimiter: str
    columns: tuple[str, ...]
    skipped: int = 0


def read_header(path: Path, file: str, table: Table) -> Header | tuple[Problem, ...]:
    """The header of a file, or what is wrong with it. `file` is the name that people know it by."""
    with path.open("rb") as stream:
        start = stream.read(_LONGEST)
    strange = next((what for mark, what in _STRANGE.items() if start.startswith(mark)), "")
    if strange:
        return (Place(file, 1).problem("not-csv", f"this is {strange}, not CSV", UTF8_HINT),)
    lines = _LINE_END.split(start, 2)
    separator = _SEPARATOR.fullmatch(lines[0])
    skipped = 1 if separator and len(lines) > 1 else 0
    place = Place(file, 1 + skipped)
    try:
        line = lines[skipped].decode("utf-8-sig")
    except UnicodeDecodeError:
        return (place.problem("not-utf-8", "this line is not UTF-8", UTF8_HINT),)
    if not line.strip():
        message = "the first line is empty" if start else "the file is empty"
        hint = f"the first line names the columns: {', '.join(needed(table))}, ..."
        return (place.problem("no-header", message, hint),)
    delimiter = separator[1].decode() if separator else _delimiter(line)
    found = cells(line, delimiter)
    problems = column_problems(
        [(cell.text.strip(), Place(file, place.line, cell.column)) for cell in found], place, table
    )
    return problems or Header(delimiter, tuple(cell.text.strip() for cell in found), skipped)


def _delimiter(line: str) -> str:
    """Whichever the line has most of: spreadsheets of half of Europe write semicolons, and Excel's "Text" tabs."""
    return max(_DELIMITERS, key=line.count)
