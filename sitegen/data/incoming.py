"""Bring rows from outside into the engine, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

BATCH = 10_000
"""Rows that are in Python at the same time."""


def take(connection: Backend, name: str, schema: ibis.Schema, arrived: Iterable[pa.RecordBatch]) -> ibis.Table:
    """A new table of that name with the rows of all batches, which have that schema."""
    table = connection.create_table(name, schema=schema)
    for batch in arrived:
        connection.con.register("incoming rows", batch)
        connection.insert(name, connection.table("incoming rows"))
        connection.con.unregister("incoming rows")
    return table


def batches(types: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    """The rows as batches of BATCH. Each row has a value for each field."""
    waiting: list[tuple[Any, ...]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            yield _batch(types, waiting)
            waiting.clear()
    if waiting:
        yield _batch(types, waiting)


def _batch(types: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = [[row[index] for row in rows] for index in range(len(types))]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=types)
