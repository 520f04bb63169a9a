"""Read the ledger: what has been sent or printed, and until which day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import ibis

from sitegen.data.engine import Engine
from sitegen.errors import Unusable
from sitegen.model.ledger import DELIVERED, DELIVERIES, DELIVERY_COLUMNS


def deliveries(engine: Engine, path: Path) -> ibis.Table:
    """What left or may have left: a table of DELIVERY_COLUMNS, empty where there is no ledger yet.

    Raises Unusable where the file is no ledger.
    """
    states = ", ".join("?" * len(DELIVERED))
    question = (
        f"SELECT {', '.join(DELIVERY_COLUMNS)} FROM {DELIVERIES} WHERE state IN ({states}) "  # noqa: S608  constants
        f"ORDER BY {', '.join(DELIVERY_COLUMNS)}"
    )
    return engine.take(DELIVERIES, dict.fromkeys(DELIVERY_COLUMNS, "string"), _ask(path, question, DELIVERED))


def last_day(path: Path) -> date | None:
    """The latest day of which something left; None where nothing ever did. Raises Unusable like `deliveries`."""
    states = ", ".join("?" * len(DELIVERED))
    question = f"SELECT max(day) FROM {DELIVERIES} WHERE state IN ({states})"  # noqa: S608  constants
    for (day,) in _ask(path, question, DELIVERED):
        return date.fromisoformat(day) if day else None
    return None


def _ask(path: Path, question: str, values: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield from connection.execute(question, values)
    except sqlite3.Error as error:
        raise Unusable(f"the ledger '{path.name}' cannot be read: {error}") from error
