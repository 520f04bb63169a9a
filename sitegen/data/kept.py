"""Keep the rows of an expression in the engine, as a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def kept(connection: Backend, name: str, rows: ibis.Table, schema: ibis.Schema | None = None) -> ibis.Table:
    """A new table of that name with the rows; `schema` names its columns and types where the rows have others.

    Ibis's own way copies the whole query twice before it is asked: a tenth of what it takes to open a small shop.
    """
    if rows.op().find(ops.InMemoryTable):
        # What was made in Python must be made known to the engine first, which only Ibis can.
        return connection.create_table(name, rows, schema=schema)
    query = connection.compile(rows)
    table = connection.create_table(name, schema=schema or rows.schema())
    quoted = name.replace('"', '""')
    connection.con.execute(f'INSERT INTO "{quoted}" BY NAME {query}')
    return table
