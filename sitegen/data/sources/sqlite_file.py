"""Read the tables of a SQLite file, one batch of rows at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from sitegen.data.incoming import BATCH
from sitegen.data.sources.database import Database, Forms, read_database
from sitegen.data.sources.sheet import Found, Reject
from sitegen.data.sources.types import Form
from sitegen.errors import Mistakes, Unusable
from sitegen.model.table import Schema, Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

PATIENCE = 30
"""Seconds to wait for whoever writes to the file."""

_NAMES = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"


def read_sqlite(
    connection: Backend, path: Path, label: str, schema: Schema, names: Collection[str] | None = None
) -> Found:
    """The tables and views of a file. `label` is what it is called in messages ("shop.sqlite"); `names` say which
    are read, all where None.

    Every cell is read as the text that SQLite makes of it, for its columns hold what they like. Raises Mistakes
    where there is no such file, or it is none of SQLite's; Unusable where somebody keeps it locked.
    """
    place = Place(label)
    if not path.is_file():
        hint = "write its path from the folder that holds content/"
        raise Mistakes([place.problem("missing-file", "the customer file is missing", hint)])
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as file:
            file.text_factory = bytes
            # One transaction for all tables: they are those of one moment.
            file.isolation_level = None
            file.execute("BEGIN")
            return read_database(connection, _database(file, label), schema, names)
    except sqlite3.OperationalError as error:
        raise Unusable(f"{label} cannot be read: {error}\nhint: close the programs that write to it") from None
    except sqlite3.DatabaseError:
        hint = "name a SQLite file, or take 'folder:' for CSV files"
        raise Mistakes([place.problem("unreadable", "the file cannot be read as SQLite", hint)]) from None


def _database(file: sqlite3.Connection, label: str) -> Database:
    def rows(table: Table, forms: Forms, rejects: list[Reject]) -> Iterator[pa.RecordBatch]:
        return _rows(file, table, forms, rejects)

    names = [name.decode() for (name,) in file.execute(_NAMES)]
    tables = {name: _forms(file, name) for name in names}
    return Database(label, lambda name: f"{label}, table '{name}'", tables, rows)


def _forms(file: sqlite3.Connection, table: str) -> Forms:
    columns = file.execute("SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden IN (0, 2, 3)", (table,))
    return {name.decode(): _form(type_.decode().upper()) for name, type_ in columns}


def _form(declared: str) -> Form:
    """By SQLite's own rules of affinity, https://sqlite.org/datatype3.html#determination_of_column_affinity.

    Its decimal columns keep 12.5 as a float, but print at most 15 digits: an amount of up to 14 digits comes back
    as it was written. So their cells are read as texts; only a column that is declared a float is one.
    """
    if "INT" in declared:
        return Form.WHOLE
    if any(word in declared for word in ("REAL", "FLOA", "DOUB")):
        return Form.FLOAT
    return Form.TEXT


def _rows(file: sqlite3.Connection, table: Table, forms: Forms, rejects: list[Reject]) -> Iterator[pa.RecordBatch]:
    # Declared names: letters, digits and underscores.
    columns = ", ".join(f'CAST("{name}" AS TEXT)' for name in forms)
    cursor = file.execute(f'SELECT {columns} FROM "{table.name}"')  # noqa: S608
    first = 0
    while rows := cursor.fetchmany(BATCH):
        columns_of = zip(forms, zip(*rows, strict=True), strict=True)
        yield pa.RecordBatch.from_pydict({name: _texts(cells, first, rejects) for name, cells in columns_of})
        first += len(rows)


def _texts(cells: tuple[bytes | None, ...], first: int, rejects: list[Reject]) -> pa.Array:
    """The cells as texts; where one is not UTF-8, it is noted and its bytes are replaced."""
    raw = pa.array(cells, pa.binary())
    try:
        return raw.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([_text(cell, first + index, rejects) for index, cell in enumerate(cells)], pa.string())


def _text(cell: bytes | None, row: int, rejects: list[Reject]) -> str | None:
    if cell is None:
        return None
    try:
        return cell.decode()
    except UnicodeDecodeError:
        rejects.append(Reject(row, 0, "not-utf-8", "a text of this row is not UTF-8", "write the row again"))
        return cell.decode(errors="replace")
