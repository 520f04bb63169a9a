"""Write the same customers into every kind of source, and say how a shop reads them."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.audience.facts.rows import TYPES
from sitegen.data.engine import open_customers
from sitegen.errors import Mistakes
from sitegen.model.column import Column, Kind, Table
from sitegen.model.shop import FolderSource, Shop, Source, SqliteSource
from sitegen.model.table import STANDARD, Schema
from tests.plain_shop import SHOP

Row = Mapping[str, Any]

PETS = Table(
    "pets",
    "animals of the family, with a column of each kind",
    ("pet_id",),
    (
        Column("pet_id", Kind.TEXT, "its number", required=True),
        Column("name", Kind.TEXT, "what it answers to"),
        Column("paws", Kind.INTEGER, "how many it has"),
        Column("cost", Kind.MONEY, "what it cost"),
        Column("adopted_on", Kind.DATE, "its first day"),
        Column("seen_at", Kind.TIME, "when the vet saw it"),
        Column("tame", Kind.YES_NO, "can be stroked"),
        Column("likes", Kind.LIST, "what it likes"),
        Column("born", Kind.YEARLY, "its birthday"),
        Column("moon", Kind.LUNAR, "its lunar birthday"),
        Column("customer_id", Kind.TEXT, "who feeds it", refers_to="customers"),
    ),
    customer="customer_id",
    day="adopted_on",
)
WITH_PETS = Schema((*STANDARD.tables, PETS))


def shop_from(source: Source, schema: Schema = STANDARD) -> Shop:
    """A shop whose customers are there."""
    return replace(SHOP, source=source, schema=schema)


def read(root: Path, shop: Shop, table: str, database: str = "") -> list[Row]:
    """The rows of a table as sitegen sees them, ordered by key."""
    with open_customers(root, shop, database) as engine:
        found = engine.tables[table]
        ordered = found.order_by(list(shop.schema.table(table).key))
        return [row for batch in engine.rows(ordered) for row in batch]


def problems(root: Path, shop: Shop, database: str = "") -> list[str]:
    """What the customer file is refused for, as the user reads it."""
    try:
        with open_customers(root, shop, database):
            raise AssertionError("nothing was wrong")
    except Mistakes as mistakes:
        return [str(problem) for problem in mistakes.problems]


def write_csv(root: Path, rows: Mapping[str, Sequence[Row]], schema: Schema) -> Source:
    """A folder of CSV files."""
    folder = root / "csv"
    folder.mkdir()
    for name, written in rows.items():
        columns = [column.name for column in schema.table(name).columns]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
            writer.writerow(columns)
            writer.writerows([as_text(row.get(column)) for column in columns] for row in written)
    return FolderSource("csv")


def as_text(value: object) -> str:
    """A value as a CSV cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ")
        case list():
            return ";".join(value)
        case _:
            return str(value)


def write_parquet(root: Path, rows: Mapping[str, Sequence[Row]], schema: Schema) -> Source:
    """A folder of Parquet files with their own types."""
    folder = root / "parquet"
    folder.mkdir()
    for name, written in rows.items():
        types = {column.name: TYPES[column.kind] for column in schema.table(name).columns}
        arrow = ibis.schema(types).to_pyarrow()
        columns = [pa.array([row.get(field.name) for row in written], field.type) for field in arrow]
        pq.write_table(pa.Table.from_arrays(columns, schema=arrow), folder / f"{name}.parquet")
    return FolderSource("parquet")


SQLITE_TYPES = {Kind.INTEGER: "INTEGER", Kind.MONEY: "DECIMAL(14, 2)", Kind.YES_NO: "BOOLEAN"}


def write_sqlite(root: Path, rows: Mapping[str, Sequence[Row]], schema: Schema) -> Source:
    """A SQLite file; amounts lie in a decimal column, which keeps them as floats."""
    with closing(sqlite3.connect(root / "shop.sqlite")) as file:
        for name, written in rows.items():
            columns = schema.table(name).columns
            declared = ", ".join(f"{column.name} {SQLITE_TYPES.get(column.kind, 'TEXT')}" for column in columns)
            file.execute(f"CREATE TABLE {name} ({declared})")
            marks = ", ".join("?" for _ in columns)
            cells = [[_in_sqlite(row.get(column.name)) for column in columns] for row in written]
            file.executemany(f"INSERT INTO {name} VALUES ({marks})", cells)
        file.commit()
    return SqliteSource("shop.sqlite")


def _in_sqlite(value: object) -> object:
    match value:
        case bool():
            return int(value)
        case None | int():
            return value
        case _:
            return as_text(value)
