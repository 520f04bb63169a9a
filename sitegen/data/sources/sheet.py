"""Say what a source hands over: each table as it was found, not yet checked against its declaration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import ibis

from sitegen.errors import Problem
from sitegen.model.table import Schema, Table
from sitegen.model.tree import Place

ROW = "row of the file"
"""Name of the column that numbers the rows that were read, from 0; no declared column has spaces."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as the engine counts. `row` is the row that was read, from 0, or for a reject the record, from 1 at
    the header; `field` counts from 0, and one behind the last cell stands for the whole record.
    """

    row: int
    field: int
    reject: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read. `record` counts from 1 at the header, `field` from 0."""

    record: int
    field: int
    code: str
    message: str
    hint: str


Places = Callable[[Iterable[Spot]], Mapping[Spot, Place]]
"""Where people find a cell: the line and column of a CSV file, the row of a Parquet file, the key in a database."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was found.

    `texts` has ROW and the `columns` that were written, each either as text, where an empty cell is null, or
    already of its declared kind (a Parquet file's own types). `file` names it for people. `kept` is the engine's
    table behind `texts`, which may go once the sheet is loaded. `counts`: what the numbers of its places mean.
    """

    table: Table
    file: str
    columns: tuple[str, ...]
    texts: ibis.Table
    places: Places
    kept: str
    rejects: tuple[Reject, ...] = ()
    counts: Literal["on line", "in row"] = "on line"


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds: sheets by the table's name, and what kept others from being read."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def wanted(schema: Schema, names: Collection[str] | None) -> tuple[Table, ...]:
    """The declared tables of these names, all where None; a source passes over the others without a look at them."""
    return tuple(table for table in schema.tables if names is None or table.name in names)
