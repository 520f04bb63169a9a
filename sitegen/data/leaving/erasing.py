"""Let one customer go from the shop's source, and keep only the hashes of addresses to which nothing may be sent."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from sitegen.audience.plan.addresses import address_hash, address_of
from sitegen.data.engine import Engine
from sitegen.data.leaving.belongings import Belongings, Ties, theirs, ties
from sitegen.data.leaving.erasing_database import add_rows, erase_rows
from sitegen.data.leaving.erasing_files import erase_from_csv, erase_from_parquet, replacing
from sitegen.data.sources.header import Header, read_header
from sitegen.errors import Unusable
from sitegen.model.channel import Channel
from sitegen.model.shop import FolderSource, PostgresSource, Shop, SqliteSource
from sitegen.model.table import Schema, Table

SUPPRESSIONS = "suppressions"
COLUMNS = ("channel", "address_hash", "reason", "since")
CHANNELS = (Channel.MAIL, Channel.TEXT, Channel.CARD)
SUPPRESSIONS_TABLE = f"""
CREATE TABLE IF NOT EXISTS {SUPPRESSIONS} (
  channel TEXT NOT NULL, address_hash TEXT NOT NULL, reason TEXT, since DATE NOT NULL,
  PRIMARY KEY (channel, address_hash)
)"""
"""For a database that has not had to keep one yet."""


@dataclass(frozen=True, slots=True)
class Barred:
    """An address of the customer, as a hash. One that another customer `shared` stays usable for them."""

    channel: Channel
    hash: str
    shared: bool


def barred(engine: Engine, customer_id: str) -> tuple[Barred, ...]:
    """The customer's addresses by channel; those that they do not have are left out."""
    customers = engine.tables["customers"]
    hashes = {channel.value: address_hash(address_of(customers, channel)) for channel in CHANNELS}
    table = customers.select("customer_id", **hashes)
    own = next(engine.rows(table.filter(table["customer_id"] == customer_id)))[0]
    others = table.filter(table["customer_id"] != customer_id)
    known = {name: (others[name] == ibis.literal(own[name], "string")).any() for name in hashes}
    shared = next(engine.rows(others.aggregate(**known)))[0]
    return tuple(
        Barred(channel, own[channel.value], bool(shared[channel.value])) for channel in CHANNELS if own[channel.value]
    )


def erase(root: Path, shop: Shop, found: Belongings, bars: tuple[Barred, ...], on: tuple[date, str]) -> None:
    """Write the suppressions, then take the customer out of every table, the customers last.

    `on` is the day of the erasure and the address of the database, "" where there is none. A folder changes file by
    file, each whole; a database in one transaction. Whatever happens on the way, the same call ends it. Raises
    Unusable where the source can't be written.
    """
    today, database = on
    rows = tuple((bar.channel.value, bar.hash, "erased", today.isoformat()) for bar in bars if not bar.shared)
    try:
        match shop.source:
            case FolderSource(folder):
                _from_folder(root / folder, shop.schema, found, rows)
            case SqliteSource(file):
                _from_sqlite(root / file, shop.schema, found, rows)
            case PostgresSource(schema):
                _from_postgres(database, schema, (shop.schema, found, rows))
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"the customer file cannot be written: {error}\nhint: mend it and erase again") from error


def _from_folder(folder: Path, schema: Schema, found: Belongings, rows: tuple[tuple[str, ...], ...]) -> None:
    _suppress(folder, schema.table(SUPPRESSIONS), rows)
    for tie in reversed(ties(schema)):
        path = folder / f"{tie.table.name}.csv"
        if path.is_file() and isinstance(header := read_header(path, path.name, tie.table), Header):
            erase_from_csv(path, header, tie, found)
        path = path.with_suffix(".parquet")
        if path.is_file():
            erase_from_parquet(path, tie, found)


def _suppress(folder: Path, table: Table, rows: tuple[tuple[str, ...], ...]) -> None:
    """Add rows to the suppressions; a hash that stands there already stays as it is."""
    path = folder / f"{table.name}.parquet"
    if path.is_file():
        _suppress_in_parquet(path, rows)
        return
    path = path.with_suffix(".csv")
    header = read_header(path, path.name, table) if path.is_file() else Header(",", COLUMNS)
    assert isinstance(header, Header), "the table was read a moment ago"
    former = path.read_bytes().decode() if path.is_file() else ",".join(COLUMNS) + "\n"
    end = "\r\n" if "\r\n" in former else "\n"
    added = io.StringIO(newline="")
    writer = csv.DictWriter(added, header.columns, delimiter=header.delimiter, lineterminator=end)
    writer.writerows(
        {name: value for name, value in zip(COLUMNS, row, strict=True) if name in header.columns}
        for row in rows
        if row[1] not in former
    )
    with replacing(path) as new:
        new.write_bytes((former + ("" if former.endswith("\n") else end) + added.getvalue()).encode())


def _suppress_in_parquet(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    former = pq.read_table(path)
    known = set(former["address_hash"].to_pylist())
    fresh = [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[1] not in known]
    texts = pa.Table.from_pylist(fresh, schema=pa.schema([(name, "string") for name in former.schema.names]))
    with replacing(path) as new:
        pq.write_table(pa.concat_tables([former, texts.cast(former.schema)]), new)


def _from_sqlite(path: Path, schema: Schema, found: Belongings, rows: tuple[tuple[str, ...], ...]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        cursor = connection.cursor()
        cursor.execute(SUPPRESSIONS_TABLE)
        add_rows(cursor, SUPPRESSIONS, COLUMNS, rows)
        # A view can't lose rows, and SQLite says so: better than a customer who only seems to be gone.
        there = {name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        for tie in _there(schema, there):
            erase_rows(cursor, tie, found)


def _from_postgres(database: str, schema: str, what: tuple[Schema, Belongings, tuple[tuple[str, ...], ...]]) -> None:
    import psycopg  # noqa: PLC0415 - only shops with a server of their own have the driver
    from psycopg import sql  # noqa: PLC0415 - as above

    tables, found, rows = what
    try:
        with psycopg.connect(database) as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(schema)))
            cursor.execute(SUPPRESSIONS_TABLE)
            add_rows(cursor, SUPPRESSIONS, COLUMNS, rows, "%s")
            cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", (schema,))
            there = {name for (name,) in cursor.fetchall()}
            for tie in _there(tables, there):
                erase_rows(cursor, tie, found, "%s")
    except psycopg.Error as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unusable(f"the database cannot be written: {reason}\nhint: mend it and erase again") from None


def _there(schema: Schema, names: set[str]) -> tuple[Ties, ...]:
    return tuple(tie for tie in reversed(ties(schema)) if tie.table.name in names)


def counts(engine: Engine, schema: Schema, found: Belongings) -> Mapping[str, int]:
    """How many rows of each table belong to the customer."""
    numbers = {tie.table.name: engine.count(theirs(engine, tie, found)) for tie in ties(schema) if tie.belongs}
    return {name: number for name, number in numbers.items() if number}
