"""Read the ledger: what has been sent or printed, and until which day; and its other tables, row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import ibis

from sitegen.data.engine import Engine
from sitegen.errors import Unusable
from sitegen.model.ledger import DELIVERED, DELIVERIES, DELIVERY_COLUMNS, DELIVERY_TYPES, PERSONAL

_STATES = ", ".join("?" * len(DELIVERED))
_DAY = DELIVERY_COLUMNS.index("day")


def deliveries(engine: Engine, path: Path, name: str = DELIVERIES) -> ibis.Table:
    """What left or may have left: a table of DELIVERY_TYPES, empty where there is no ledger yet. The engine keeps it
    under `name`, which is not yet taken.

    Raises Unusable where the file is no ledger, or one of another version, without the columns that a plan needs.
    """
    question = (
        f"SELECT {', '.join(DELIVERY_COLUMNS)} FROM {DELIVERIES} WHERE state IN ({_STATES}) "  # noqa: S608  constants
        f"ORDER BY {', '.join(DELIVERY_COLUMNS)}"
    )
    rows = (
        (*row[:_DAY], _day(path, row[_DAY]), *row[_DAY + 1 :])
        for row in _ask(path, question, DELIVERED, DELIVERY_COLUMNS)
    )
    return engine.take(name, DELIVERY_TYPES, rows)


def last_day(path: Path) -> date | None:
    """The latest day of which something left; None where nothing ever did. Raises Unusable like `deliveries`."""
    question = f"SELECT max(day) FROM {DELIVERIES} WHERE state IN ({_STATES})"  # noqa: S608  constants
    for (day,) in _ask(path, question, DELIVERED, ("day", "state")):
        return _day(path, day) if day else None
    return None


def deliveries_of(path: Path, customer_id: str) -> tuple[dict[str, str], ...]:
    """What left for one customer, oldest first, with the state of each. Raises Unusable like `deliveries`."""
    columns = ("campaign", "edition", "channel", "state", "day", "message_class", "design", "claimed_at")
    question = (
        f"SELECT {', '.join(columns)} FROM {DELIVERIES} WHERE customer_id = ? "  # noqa: S608  constants
        "ORDER BY day, edition, channel"
    )
    return tuple(dict(zip(columns, row, strict=True)) for row in _ask(path, question, (customer_id,), columns))


def rows_of(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows of a table, in the order of its columns; none where the ledger is too old to have the table.

    Raises Unusable where the file is no ledger.
    """
    question = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns)}"  # noqa: S608  constants
    there = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?"
    if any(_ask(path, there, (table,), ())):
        yield from _ask(path, question, (), ())


def belongings_of(path: Path, customer_id: str) -> dict[str, tuple[dict[str, str], ...]]:
    """What came back from one customer, by table: the rows of PERSONAL that name them, in the order of their key."""
    found: dict[str, tuple[dict[str, str], ...]] = {}
    for table, columns in PERSONAL.items():
        place = columns.index("customer_id")
        rows = tuple(
            dict(zip(columns, row, strict=True)) for row in rows_of(path, table, columns) if row[place] == customer_id
        )
        if rows:
            found[table] = rows
    return found


def _day(path: Path, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unusable(f"the ledger '{path.name}' cannot be read: '{text}' is no day") from error


def _ask(path: Path, question: str, values: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _refuse_strange(path, connection, columns)
            yield from connection.execute(question, values)
    except sqlite3.Error as error:
        raise Unusable(f"the ledger '{path.name}' cannot be read: {error}") from error


def _refuse_strange(path: Path, connection: sqlite3.Connection, columns: tuple[str, ...]) -> None:
    """A ledger that another version wrote is told by what it lacks."""
    found = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({DELIVERIES})")}
    lacking = [column for column in columns if column not in found]
    if lacking:
        named = " and ".join(f"'{column}'" for column in lacking) if found else f"table '{DELIVERIES}'"
        hint = "another version of sitegen wrote it, or it is no ledger: move it away, or name another in site.yaml"
        raise Unusable(f"the ledger '{path.name}' cannot be read: it has no {named}\nhint: {hint}")
