"""Take one customer out of the tables of a database, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

from sitegen.data.leaving.belongings import Belongings, Ties

MOST_KEYS = 500
"""Keys in one statement; SQLite takes 999 parameters everywhere."""


class Cursor(Protocol):
    """What sqlite3 and psycopg have in common."""

    @property
    def rowcount(self) -> int:
        """Rows that the last statement touched."""

    def execute(self, statement: Any, parameters: Any = ...) -> Any:
        """Run one statement."""

    def fetchone(self) -> Any:
        """The next row, None where there is none."""


def erase_rows(cursor: Cursor, tie: Ties, found: Belongings, mark: str = "?") -> int:
    """Delete the rows that belong to the customer and empty the cells that name them; how many rows were touched.

    `mark` is the driver's placeholder. The caller commits.
    """
    table = _quoted(tie.table.name)
    touched = 0
    for column, keys, marks in _lookups(tie.belongs, tie, found, mark):
        cursor.execute(f"DELETE FROM {table} WHERE CAST({column} AS TEXT) IN ({marks})", keys)  # noqa: S608  declared names
        touched += cursor.rowcount
    for column, keys, marks in _lookups(tie.mentions, tie, found, mark):
        cursor.execute(f"UPDATE {table} SET {column} = NULL WHERE CAST({column} AS TEXT) IN ({marks})", keys)  # noqa: S608  declared names
        touched += cursor.rowcount
    return touched


def add_rows(
    cursor: Cursor, table: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], mark: str = "?"
) -> None:
    """Add rows whose first two cells are in no row yet: a shop's own table need not have a key that keeps them out."""
    names, marks = ", ".join(map(_quoted, columns)), ", ".join([mark] * len(columns))
    first, second = map(_quoted, columns[:2])
    for row in rows:
        cursor.execute(f"SELECT 1 FROM {_quoted(table)} WHERE {first} = {mark} AND {second} = {mark}", row[:2])  # noqa: S608  declared names
        if cursor.fetchone() is None:
            cursor.execute(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({marks})", row)  # noqa: S608  declared names


def _lookups(
    columns: tuple[str, ...], tie: Ties, found: Belongings, mark: str
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Quoted column, keys and as many placeholders, a few hundred keys at a time."""
    for column in columns:
        keys = iter(sorted(found.among(tie, column)))
        while part := tuple(islice(keys, MOST_KEYS)):
            yield _quoted(column), part, ", ".join([mark] * len(part))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
