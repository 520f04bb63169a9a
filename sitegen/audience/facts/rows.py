"""Hand out the rows of a table with what they refer to, and join columns to the list of customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ibis

from sitegen.model.column import Kind
from sitegen.model.table import STANDARD, Schema

TYPES: Mapping[Kind, str] = {
    Kind.TEXT: "string",
    Kind.INTEGER: "int64",
    Kind.MONEY: "decimal(14, 2)",
    Kind.DATE: "date",
    Kind.TIME: "timestamp(6)",
    Kind.YES_NO: "boolean",
    Kind.LIST: "array<string>",
    Kind.YEARLY: "date",
    Kind.LUNAR: "string",
}
"""The engine's type of each kind of column."""


def table_of(tables: Mapping[str, ibis.Table], name: str, schema: Schema = STANDARD) -> ibis.Table:
    """The table of that name; where the shop has none, an empty one with its declared columns."""
    if name in tables:
        return tables[name]
    types = ibis.schema({column.name: TYPES[column.kind] for column in schema.table(name).columns})
    return ibis.memtable(types.to_pyarrow().empty_table(), schema=types)


def rows_with(
    tables: Mapping[str, ibis.Table], name: str, paths: Iterable[str], schema: Schema = STANDARD
) -> ibis.Table:
    """The rows of a table with a column for each path, named like the path.

    A path (`product.group`, `order.customer_id`) follows the declared references, step by step; a row that refers
    to nothing has null there.
    """
    rows = table_of(tables, name, schema)
    wanted = tuple(dict.fromkeys(paths))
    rows = rows.select({**{column: rows[column] for column in rows.columns}, **_here(rows, wanted)})
    heads = dict.fromkeys(path.partition(".")[0] for path in wanted if "." in path)
    for head in heads:
        reference = schema.table(name).column(f"{head}_id")
        rest = tuple(path.partition(".")[2] for path in wanted if path.startswith(f"{head}."))
        there = rows_with(tables, reference.refers_to, rest, schema)
        key = schema.table(reference.refers_to).key[0]
        there = there.select({"key of " + head: there[key], **{f"{head}.{path}": there[path] for path in rest}})
        rows = rows.left_join(there, rows[reference.name] == there["key of " + head]).drop("key of " + head)
    return rows


def _here(rows: ibis.Table, paths: tuple[str, ...]) -> dict[str, ibis.Value]:
    return {path: rows[path] for path in paths if "." not in path}


def with_columns(customers: ibis.Table, others: Sequence[ibis.Table]) -> ibis.Table:
    """The customers with the columns of other tables, null for those who have no row there.

    Each of the others has at most one row for a customer_id; its columns replace those of the same name.
    """
    joined = customers
    source = {column: column for column in customers.columns}
    for number, other in enumerate(others):
        columns = {f"{number} {column}": other[column] for column in other.columns}
        source |= {column: f"{number} {column}" for column in other.columns if column != "customer_id"}
        joined = joined.left_join(other.select(columns), [("customer_id", f"{number} customer_id")])
    return joined.select({column: joined[name] for column, name in source.items()})
