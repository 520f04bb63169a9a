"""Write the changed rows into the CSV files of the customer folder: all files or none, other rows byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO
from unicodedata import normalize

from sitegen.data.imports.working import Change, Key, Working
from sitegen.data.leaving.erasing_files import BOM, replacing
from sitegen.data.sources.csv_text import Record, cells, records
from sitegen.data.sources.header import Header, read_header
from sitegen.errors import Mistakes, Unusable
from sitegen.model.column import Kind
from sitegen.model.table import Table


@contextmanager
def staged(work: Working, folder: Path) -> Iterator[Mapping[str, Path]]:
    """The new files by their tables' names, which take the places of the old ones when the block ends well.

    Raises Unusable where a table that changes is not a CSV file.
    """
    changed = {table.name: tuple(work.changes(table.name)) for table in work.schema.tables}
    with ExitStack() as files:
        new: dict[str, Path] = {}
        # The last that is entered is the first that is put in place: rows come before those that refer to them.
        for table in reversed(work.schema.tables):
            if changed[table.name]:
                path = _path(folder, table)
                new[table.name] = files.enter_context(replacing(path))
                _write(path, new[table.name], table, changed[table.name])
        yield new


def _path(folder: Path, table: Table) -> Path:
    if (folder / f"{table.name}.parquet").exists():
        hint = "save the table as CSV, or name another folder in site.yaml"
        raise Unusable(f"an import cannot change {table.name}.parquet\nhint: {hint}")
    return folder / f"{table.name}.csv"


def _write(path: Path, new: Path, table: Table, changes: tuple[Change, ...]) -> None:
    used = {name for change in changes for name in change.values if change.values[name]}
    if not path.exists():
        columns = tuple(column.name for column in table.columns if column.required or column.name in used)
        with new.open("w", encoding="utf-8", newline="") as stream:
            stream.write(",".join(columns) + "\n")
            _append(stream, Header(",", columns), "\n", changes)
        return
    header = read_header(path, path.name, table)
    if not isinstance(header, Header):
        raise Mistakes(header)
    more = tuple(column.name for column in table.columns if column.name in used and column.name not in header.columns)
    with path.open("rb") as old:
        mark = BOM if old.read(3) == BOM.encode() else ""
    with new.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        wide = Header(header.delimiter, header.columns + more, header.skipped)
        end = _copy(stream, records(path, header.delimiter), wide, (table, more, changes))
        _append(stream, wide, end, changes)


def _copy(
    stream: TextIO, old: Iterator[Record], header: Header, what: tuple[Table, tuple[str, ...], tuple[Change, ...]]
) -> str:
    """Copy the old records, changed where they are; what comes back is the file's line end."""
    table, more, changes = what
    other = {change.key: change for change in changes if not change.new}
    end = "\n"
    for number, record in enumerate(old):
        end = _end(record) or end
        text = record.text if _end(record) else record.text + end
        if number == header.skipped and more:
            text = text.rstrip("\r\n") + "".join(header.delimiter + name for name in more) + end
        elif number > header.skipped and not record.blank and (other or more):
            text = _changed(record, header, (table, more, other), end)
        stream.write(text)
    return end


def _end(record: Record) -> str:
    return record.text[len(record.text.rstrip("\r\n")) :]


def _changed(
    record: Record, header: Header, what: tuple[Table, tuple[str, ...], Mapping[Key, Change]], end: str
) -> str:
    table, more, other = what
    texts = [cell.text for cell in cells(record.text, header.delimiter)]
    at = {name: texts[index] for index, name in enumerate(header.columns[: len(texts)])}
    change = other.get(tuple(_key_text(table, name, at.get(name, "")) for name in table.key))
    if change is None:
        return record.text.rstrip("\r\n") + header.delimiter * len(more) + end
    return _line([change.values.get(name, at.get(name, "")) for name in header.columns], header.delimiter, end)


def _key_text(table: Table, name: str, text: str) -> str:
    """The text of a key as the engine knows it."""
    return str(int(text)) if table.column(name).kind is Kind.INTEGER else normalize("NFC", text)


def _append(stream: TextIO, header: Header, end: str, changes: tuple[Change, ...]) -> None:
    for change in changes:
        if change.new:
            stream.write(_line([change.values.get(name, "") for name in header.columns], header.delimiter, end))


def _line(texts: list[str], delimiter: str, end: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator=end).writerow(texts)
    return line.getvalue()
