"""Hold the rows that an import touches, by table and key, as texts, with what they were before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sitegen.data.engine import Engine
from sitegen.model.table import Schema, Table

Key = tuple[str, ...]
Texts = Mapping[str, str]
"""A row as texts by column; an empty cell is ""."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table that is new, or the cells of one that are to be others."""

    key: Key
    values: Texts
    new: bool


@dataclass(frozen=True, slots=True)
class Working:
    """The rows at hand. What is `put` (`touched`) is compared with what the customer file had (`former`)."""

    schema: Schema
    former: dict[str, dict[Key, Texts]] = field(default_factory=dict)
    current: dict[str, dict[Key, dict[str, str]]] = field(default_factory=dict)
    touched: dict[str, set[Key]] = field(default_factory=dict)

    def know(self, table: str, rows: Iterable[Texts]) -> None:
        """Rows that the customer file has."""
        for row in rows:
            key = self.key(table, row)
            self.former.setdefault(table, {})[key] = row
            self.current.setdefault(table, {})[key] = dict(row)

    def get(self, table: str, key: Key) -> Texts | None:
        """The row as it is now, None where there is none."""
        return self.current.get(table, {}).get(key)

    def put(self, table: str, row: Texts) -> None:
        """Add a row, or change those cells of it that `row` names."""
        key = self.key(table, row)
        self.touched.setdefault(table, set()).add(key)
        self.current.setdefault(table, {}).setdefault(key, {}).update(row)

    def changes(self, table: str) -> Iterator[Change]:
        """What is other than before, in the order in which it was put."""
        former = self.former.get(table, {})
        for key, row in self.current.get(table, {}).items():
            old = former.get(key)
            if old is None:
                yield Change(key, row, new=True)
            elif other := {name: text for name, text in row.items() if text != old.get(name, "")}:
                yield Change(key, other, new=False)

    def key(self, table: str, row: Texts) -> Key:
        """The key of a row."""
        return tuple(row[name] for name in self.schema.table(table).key)


def stored(engine: Engine, table: Table, column: str, values: Iterable[str]) -> list[Texts]:
    """The rows of the customer file whose column has one of the values, as texts."""
    wanted = sorted(set(values))
    if not wanted:
        return []
    asked = engine.take("wanted", {"value": "string"}, ((value,) for value in wanted))
    rows = engine.tables[table.name]
    found = rows.semi_join(asked, rows[column] == asked["value"]).select(*(own.name for own in table.columns))
    texts = [texts_of(row) for batch in engine.rows(found.order_by(list(table.key))) for row in batch]
    engine.drop(asked)
    return texts


def texts_of(row: Mapping[str, Any]) -> Texts:
    """A typed row as the texts of a CSV file."""
    return {name: text_of(value) for name, value in row.items()}


def text_of(value: Any) -> str:
    """A typed value as a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def known_keys(engine: Engine, table: str, column: str, values: Iterable[str]) -> frozenset[str]:
    """Those of the values that stand in the column."""
    wanted = sorted(set(values))
    if not wanted:
        return frozenset()
    asked = engine.take("wanted", {"value": "string"}, ((value,) for value in wanted))
    found = asked.semi_join(engine.tables[table], asked["value"] == engine.tables[table][column])
    known = frozenset(row["value"] for batch in engine.rows(found) for row in batch)
    engine.drop(asked)
    return known
