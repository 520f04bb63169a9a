"""Read a file that another system exported: its columns and its records, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.data.sources.csv_text import Record, records
from sitegen.data.sources.header import UTF8_HINT
from sitegen.errors import Mistakes
from sitegen.model.tree import Place

ADDED = ("row", "reason")
"""The columns that a file of rejected rows has before its own; they are passed over."""

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of which the first line is read. `columns` are the file's own, without those that sitegen added.

    `passed` columns at the front are those. `file` names it for people.
    """

    path: Path
    file: str
    delimiter: str
    columns: tuple[str, ...]
    passed: int
    byte_order_mark: bool


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One record: `line` is where it begins, `cells` are its texts, `by_name` the same, stripped, by their columns'
    names in lower case. `broken` says what is wrong with the record itself, "" where nothing is.
    """

    line: int
    cells: tuple[str, ...]
    by_name: Mapping[str, str]
    broken: str = ""

    def text(self, column: str) -> str:
        """The stripped text of a column, "" where the file has no such column."""
        return self.by_name.get(column.casefold(), "")


def read_export(path: Path, file: str) -> ExportFile:
    """The first line of a file. Raises Mistakes where it is no CSV with names of columns."""
    raw = path.read_bytes()[:4]
    first = next(records(path, ","), None)
    line = first.text.splitlines()[0] if first and first.text.strip() else ""
    place = Place(file, 1)
    if raw.startswith((b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0")) or "\ufffd" in line:
        raise Mistakes([place.problem("not-csv", "this is a spreadsheet or no UTF-8, not CSV", UTF8_HINT)])
    if not line:
        raise Mistakes([place.problem("no-header", "the first line is empty", "it must name the columns")])
    delimiter = max(_DELIMITERS, key=line.count)
    names = tuple(name.strip() for name in _split(line, delimiter))
    passed = len(ADDED) if names[: len(ADDED)] == ADDED else 0
    return ExportFile(path, file, delimiter, names[passed:], passed, raw.startswith(b"\xef\xbb\xbf"))


def rows(source: ExportFile) -> Iterator[ExportRow]:
    """The records below the first line, in order; blank ones are no records."""
    names = [name.casefold() for name in source.columns]
    for number, record in enumerate(records(source.path, source.delimiter)):
        if number and not record.blank:
            yield _row(source, names, record)


def _row(source: ExportFile, names: list[str], record: Record) -> ExportRow:
    cells = tuple(_split(record.text, source.delimiter))[source.passed :]
    by_name: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        by_name.setdefault(name, _plain(cell))
    return ExportRow(record.line, cells, by_name, _broken(source, cells))


def _broken(source: ExportFile, cells: tuple[str, ...]) -> str:
    if len(cells) != len(source.columns):
        return f"{len(cells)} cells, but the first line names {len(source.columns)} columns"
    return "this line is not UTF-8" if any("\ufffd" in cell for cell in cells) else ""


def _split(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _plain(cell: str) -> str:
    """Without the apostrophe by which spreadsheets are told to leave a number alone."""
    stripped = cell.strip()
    guarded = len(stripped) > 1 and stripped[0] == "'" and (stripped[1].isdigit() or stripped[1] == "+")
    return stripped[1:] if guarded else stripped
