"""Hold the data engine: the typed tables of a shop, and the few things that may be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

from sitegen.data.answer import answer
from sitegen.data.tables import load

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

Row: TypeAlias = Mapping[str, Any]
"""A row by column name; money is a Decimal, a day a date, an unknown value None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may use. Above `memory` it spills to a private folder that goes when it closes."""

    memory: str = "1GB"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """An open engine. `tables` holds every declared table by name."""

    connection: Backend
    tables: Mapping[str, ibis.Table]

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Compute a table once and keep it in the engine under a name that is not yet taken."""
        return self.connection.create_table(name, expression)

    def count(self, expression: ibis.Table) -> int:
        """The number of rows."""
        return int(answer(self.connection, expression.aggregate(count=expression.count()))[0]["count"])

    def rows(self, expression: ibis.Table, batch: int = 2000) -> Iterator[tuple[Row, ...]]:
        """The rows, at most `batch` at a time, never all at once. Order them in the expression.

        Other questions may be asked while a stream is open.
        """
        if expression.op().find(ops.InMemoryTable):
            raise ValueError("keep a table made in Python before streaming it: a stream cannot see it")
        stream = self.connection.con.cursor()
        try:
            answer = stream.sql(self.connection.compile(expression)).to_arrow_reader(batch)
            for part in answer.cast(expression.schema().to_pyarrow()):
                yield tuple(part.to_pylist())
        finally:
            stream.close()

    def take(self, name: str, schema: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> ibis.Table:
        """Bring rows from outside into the engine, in batches. `schema` gives each column's type in order."""
        types = ibis.schema(schema)
        table = self.connection.create_table(name, schema=types)
        for batch in _batches(types.to_pyarrow(), rows):
            self.connection.con.register("incoming", batch)
            self.connection.insert(name, self.connection.table("incoming"))
            self.connection.con.unregister("incoming")
        return table


def _batches(types: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    waiting: list[tuple[Any, ...]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == 10_000:
            yield _batch(types, waiting)
            waiting.clear()
    if waiting:
        yield _batch(types, waiting)


def _batch(types: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = [[row[index] for row in rows] for index in range(len(types))]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=types)


@contextmanager
def open_tables(folder: Path, label: str, limits: Limits = Limits()) -> Iterator[Engine]:
    """Open the engine over a folder of CSV files. Raises Mistakes with everything that is wrong in them."""
    with TemporaryDirectory(prefix="sitegen-") as spill:
        connection = ibis.duckdb.connect(
            memory_limit=limits.memory,
            threads=limits.threads,
            temp_directory=spill,
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
        )
        try:
            yield Engine(connection, load(connection, folder, label))
        finally:
            connection.disconnect()
