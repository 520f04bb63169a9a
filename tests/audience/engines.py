"""Ask several engines the same: the facts of a few customers lie in each of them under one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import ibis
import pyarrow as pa

from tests.servers.postgres import load_typed, rows_of

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend as DuckDBBackend
    from ibis.backends.postgres import Backend as PostgresBackend


class Engine(Protocol):
    """What holds tables and answers questions."""

    def put(self, name: str, schema: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
        """The rows under that name, in place of what lay there."""
        ...

    def ask(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """All rows of an expression over what was put there."""
        ...


@dataclass(frozen=True, slots=True)
class DuckDB:
    """The embedded engine."""

    connection: DuckDBBackend

    def put(self, name: str, schema: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
        """The rows under that name, in place of what lay there."""
        full = [{column: row.get(column) for column in schema.names} for row in rows]
        self.connection.con.register("incoming", pa.Table.from_pylist(full, schema=schema.to_pyarrow()))
        self.connection.con.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming')
        self.connection.con.unregister("incoming")
        return ibis.table(schema, name=name)

    def ask(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """All rows of an expression over what was put there."""
        answer = self.connection.con.sql(self.connection.compile(expression)).to_arrow_table()
        found: list[dict[str, Any]] = answer.to_pylist()
        return found


@dataclass(frozen=True, slots=True)
class Postgres:
    """A database of a real server."""

    connection: PostgresBackend

    def put(self, name: str, schema: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
        """The rows under that name, in place of what lay there."""
        load_typed(self.connection, name, schema, rows)
        return ibis.table(schema, name=name)

    def ask(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """All rows of an expression over what was put there."""
        return rows_of(self.connection, expression)
