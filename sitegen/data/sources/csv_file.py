"""Read one CSV file into the engine as texts, and keep what the engine could not read."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from sitegen.data.functions import nfc
from sitegen.data.kept import kept
from sitegen.data.sources.csv_places import csv_places
from sitegen.data.sources.csv_text import Record, records
from sitegen.data.sources.header import UTF8_HINT, Header
from sitegen.data.sources.paths import literal_path
from sitegen.data.sources.sheet import ROW, Reject, Sheet
from sitegen.errors import Problem
from sitegen.model.table import Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def read_csv_file(connection: Backend, path: Path, place: Place, read: tuple[Table, Header]) -> Sheet | Problem:
    """Read a file of which the header is known to be right. `place` names the file for people."""
    table, header = read
    texts_name = f"texts of {table.name}"
    numbers = {f"c{number}": name for number, name in enumerate(header.columns)}
    try:
        view = connection.read_csv(
            literal_path(path),
            table_name=f"file of {table.name}",
            columns=dict.fromkeys(numbers, "VARCHAR"),
            auto_detect=False,
            header=True,
            skip=header.skipped,
            delim=header.delimiter,
            quote='"',
            escape='"',
            store_rejects=True,
            rejects_table=f"_rejects_{table.name}",
            rejects_scan=f"_scans_{table.name}",
        )
        whole = view.select(**{number: nfc(view[number]) for number in numbers})
        texts = kept(connection, texts_name, whole)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        unreadable = place.problem("unreadable", "the file cannot be read as CSV", UTF8_HINT)
        return _mixed_line_ends(path, place.file, header) or unreadable
    named = texts.select(
        texts.rowid().name(ROW),
        *(texts[number].name(name) for number, name in numbers.items()),
    )
    # Spreadsheets leave lines of bare delimiters below a table.
    named = named.filter(ibis.or_(*(named[name].notnull() for name in header.columns)))
    # A view is one name to Ibis: compiling each check over the whole chain again takes seconds of its own.
    named = connection.create_view(f"rows of {table.name}", named)
    rejects = _rejects(connection, table, header)
    mixed = _mixed_line_ends(path, place.file, header) if rejects else None
    where = partial(csv_places, path, place.file, header, frozenset(reject.record for reject in rejects))
    return mixed or Sheet(table, place.file, header.columns, named, where, texts_name, rejects)


def _mixed_line_ends(path: Path, file: str, header: Header) -> Problem | None:
    """The first line that ends in another way than those above it: the engine counts such lines differently."""
    ends: set[str] = set()
    for record in records(path, header.delimiter):
        ends.add(_line_end(record))
        if len(ends - {""}) > 1:
            message = "this line ends in another way than the lines above it"
            return Place(file, record.line).problem("mixed-line-ends", message, UTF8_HINT)
    return None


def _line_end(record: Record) -> str:
    return record.text[len(record.text.rstrip("\r\n")) :]


def _rejects(connection: Backend, table: Table, header: Header) -> tuple[Reject, ...]:
    """The first error of each record; the engine lists a short row once for each cell that it misses."""
    errors = connection.con.table(f"_rejects_{table.name}").order("line, byte_position, column_idx")
    first: dict[int, Reject] = {}
    for row in errors.to_arrow_table().to_pylist():
        first.setdefault(row["line"], _reject(row, header))
    return tuple(first.values())


def _reject(row: dict[str, Any], header: Header) -> Reject:
    width = len(header.columns)
    record, field = int(row["line"]), int(row["column_idx"]) - 1
    match row["error_type"]:
        case "TOO MANY COLUMNS":
            found = re.search(r"Found: (\d+)", row["error_message"])
            message = f"{found[1] if found else 'too many'} cells, but the first line names {width} columns"
            hint = f"put quotes around a cell that holds a '{header.delimiter}'"
            return Reject(record, width, "too-many-cells", message, hint)
        case "MISSING COLUMNS":
            cells = f"{field + 1} cell" if field == 0 else f"{field + 1} cells"
            message = f"{cells}, but the first line names {width} columns"
            return Reject(record, 0, "too-few-cells", message, f"an empty cell still needs its '{header.delimiter}'")
        case "UNQUOTED VALUE":
            message = "a quote is never closed, or a text goes on behind the closing quote"
            return Reject(record, field, "bad-quote", message, 'inside quotes write each quote twice: ""')
        case "INVALID ENCODING":
            return Reject(record, field, "not-utf-8", "this line is not UTF-8", UTF8_HINT)
        case _:
            return Reject(record, 0, "unreadable-row", "the row cannot be read", "look for a missing quote")
