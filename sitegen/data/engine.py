"""Hold the data engine: the typed tables of a shop, and the few things that may be asked of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import ibis
import ibis.expr.operations as ops
import pyarrow as pa

from sitegen.data.answer import answer
from sitegen.data.checking.normal_forms import home_country
from sitegen.data.incoming import batches, take
from sitegen.data.kept import kept
from sitegen.data.sources.finding import find
from sitegen.data.sources.sheet import wanted
from sitegen.data.tables import load, problems_of
from sitegen.errors import Problem, Unusable
from sitegen.model.shop import Shop
from sitegen.model.table import Schema

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

Row: TypeAlias = Mapping[str, Any]
"""A row by column name; money is a Decimal, a day a date, an unknown value None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may use. Above `memory` it spills to a private folder that goes when it closes.

    Measured: a million customers with three million orders, from CSV, stay within the default gigabyte, the whole
    process too. Rows in Python are at most a batch, whatever the source.
    """

    memory: str = "1GB"
    threads: int = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """An open engine. `tables` holds every declared table by name, or those that were opened."""

    connection: Backend
    tables: Mapping[str, ibis.Table]

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """Compute a table once and keep it in the engine under a name that is not yet taken."""
        return kept(self.connection, self._free(name), expression)

    def drop(self, table: ibis.Table) -> None:
        """Forget a kept table, and free what it took."""
        # Ibis 12's own drop_table does not get along with DuckDB 2.
        name = table.op().name.replace('"', '""')
        self.connection.con.execute(f'DROP TABLE "{name}"')

    def count(self, expression: ibis.Table) -> int:
        """The number of rows."""
        return int(answer(self.connection, expression.aggregate(count=expression.count()))[0]["count"])

    def ask(self, expression: ibis.Table) -> list[Row]:
        """All rows at once: for questions with a small answer."""
        return list(answer(self.connection, expression))

    def rows(self, expression: ibis.Table, batch: int = 2000) -> Iterator[tuple[Row, ...]]:
        """The rows, at most `batch` at a time, never all at once. Order them in the expression.

        Other questions may be asked while a stream is open.
        """
        for part in self.batches(expression, batch):
            yield tuple(part.to_pylist())

    def batches(self, expression: ibis.Table, batch: int) -> Iterator[pa.RecordBatch]:
        """The rows as `rows` streams them, as batches of Arrow: for those who hand them on as they are."""
        if expression.op().find(ops.InMemoryTable):
            raise ValueError("keep a table made in Python before streaming it: a stream cannot see it")
        stream = self.connection.con.cursor()
        try:
            answer = stream.sql(self.connection.compile(expression)).to_arrow_reader(batch)
            yield from answer.cast(expression.schema().to_pyarrow())
        finally:
            stream.close()

    def take(self, name: str, schema: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> ibis.Table:
        """Bring rows from outside into the engine, in batches. `schema` gives each column's type in order."""
        types = ibis.schema(schema)
        return take(self.connection, self._free(name), types, batches(types.to_pyarrow(), rows))

    def _free(self, name: str) -> str:
        """A shop's own table may have the name; no declared name has a space."""
        return f"sitegen's {name}" if name in self.tables else name


def replace_tables(engine: Engine, tables: Mapping[str, ibis.Table]) -> Engine:
    """The same engine with other tables of these names."""
    return replace(engine, tables={**engine.tables, **tables}) if tables else engine


@contextmanager
def open_customers(root: Path, shop: Shop, database: str = "", limits: Limits | None = None) -> Iterator[Engine]:
    """Open the engine over the customer file of the shop in `root`, wherever it lies.

    `database` is the address of the PostgreSQL database, which is a secret; `limits` default to what site.yaml says.
    Raises Mistakes with everything that is wrong in the customer file, Unusable where it can't be reached or the
    memory does not suffice.
    """
    limits = limits or Limits(memory=shop.memory)
    with _engine(limits) as connection:
        found = find(connection, root, shop, database)
        tables = load(connection, shop.schema, found, home_country(shop))
        # Whoever needs an order asks for it; to keep the rows' own costs memory, and ten million customers have much.
        connection.con.execute("SET preserve_insertion_order = false")
        yield Engine(connection, tables)


@contextmanager
def open_tables(root: Path, shop: Shop, names: Collection[str], database: str = "") -> Iterator[Engine]:
    """Open the engine over these tables of the customer file alone, as `open_customers` opens all.

    The others are not read. A reference to one of them is not looked after, everything else is checked and told alike.
    """
    with _engine(Limits(memory=shop.memory)) as connection:
        found = find(connection, root, shop, database, names)
        tables = load(connection, Schema(wanted(shop.schema, names)), found, home_country(shop))
        yield Engine(connection, tables)


def customer_problems(root: Path, shop: Shop, database: str = "") -> tuple[Problem, ...]:
    """Everything that is wrong in the customer file; for whoever wants to know no more than that.

    Raises Unusable where the file can't be reached, Mistakes where it can't even be divided into tables.
    """
    with _engine(Limits(memory=shop.memory)) as connection:
        return problems_of(connection, find(connection, root, shop, database))


@contextmanager
def _engine(limits: Limits) -> Iterator[Backend]:
    """An engine that holds nothing yet, and whose memory ends in a message for people."""
    with TemporaryDirectory(prefix="sitegen-") as spill:
        connection = ibis.duckdb.connect(
            memory_limit=limits.memory,
            threads=limits.threads,
            temp_directory=spill,
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
        )
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            hint = "give it more in site.yaml, like 'data: {memory: 4GB}', or free the disk"
            raise Unusable(f"the customer file needs more than {limits.memory} of memory\nhint: {hint}") from None
        finally:
            connection.disconnect()
