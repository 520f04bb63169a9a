"""Read the tables of a PostgreSQL schema, streamed, all as of one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa
import pyarrow.csv

from sitegen.data.sources.copy_stream import CopyStream
from sitegen.data.sources.database import Database, Forms, read_database
from sitegen.data.sources.lists import SEPARATOR
from sitegen.data.sources.sheet import Found, Reject
from sitegen.data.sources.types import Form
from sitegen.errors import Unusable
from sitegen.model.column import Kind
from sitegen.model.table import Schema, Table

if TYPE_CHECKING:
    import psycopg
    from ibis.backends.duckdb import Backend
    from psycopg import sql

VARIABLE = "SITEGEN_DATABASE_URL"
SECONDS = 10
"""How long a server may take to answer the first call."""

BLOCK = 16 * 1024 * 1024
"""Bytes of a table that are in memory at a time; a row must be smaller."""

_COLUMNS = """
    SELECT c.relname::text, a.attname::text, coalesce(b.typname, t.typname)::text, coalesce(b.typtype, t.typtype)::text
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
    WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %s) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY c.relname, a.attnum
"""

_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("text", "varchar", "bpchar", "name", "citext", "uuid"), Form.TEXT),
    **dict.fromkeys(("int2", "int4", "int8"), Form.WHOLE),
    **dict.fromkeys(("float4", "float8"), Form.FLOAT),
    **dict.fromkeys(("_text", "_varchar", "_bpchar", "_citext"), Form.TEXTS),
    "numeric": Form.DECIMAL,
    "date": Form.DAY,
    "timestamp": Form.MOMENT,
    "timestamptz": Form.ZONED,
    "bool": Form.YES_NO,
}


def read_postgres(
    connection: Backend, url: str, name: str, shop: tuple[Schema, str], names: Collection[str] | None = None
) -> Found:
    """The tables and views of the schema `name`, in a transaction that only reads. `url` is a secret.

    `shop` says which tables there may be, and the time zone in which its days begin; `names` which of them are read,
    all where None. Raises Unusable where the
    database can't be reached or read.
    """
    schema, timezone = shop
    with _connected(url) as database, database.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true), set_config('DateStyle', 'ISO', true)", (timezone,))
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,))
        if not cursor.fetchone():
            hint = "name one that is there in site.yaml, like 'data: {postgres: public}'"
            raise Unusable(f"the database has no schema '{name}'\nhint: {hint}")
        return read_database(connection, _database(cursor, name), schema, names)


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    """A connection; every failure of the server ends in a message that holds no password."""
    if not url:
        hint = f"set {VARIABLE} in the environment, like postgresql://user:password@host/database"
        raise Unusable(f"the customers are in PostgreSQL, but {VARIABLE} is not set\nhint: {hint}")
    try:
        import psycopg  # noqa: PLC0415  an optional library
    except ImportError:
        hint = "install it: pip install 'sitegen[postgres]'"
        raise Unusable(f"PostgreSQL needs the library psycopg, which is not installed\nhint: {hint}") from None
    password = _password(url)
    try:
        with psycopg.connect(
            url, connect_timeout=SECONDS, application_name="sitegen", client_encoding="UTF8"
        ) as database:
            database.read_only = True
            database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            yield database
    except psycopg.Error as error:
        raise _unusable(error, password) from None


def _password(url: str) -> str:
    """The password, in order to hide it. Raises Unusable where the address cannot be read; it is shown to nobody."""
    from psycopg import ProgrammingError, conninfo  # noqa: PLC0415  an optional library

    try:
        return str(conninfo.conninfo_to_dict(url).get("password") or "")
    except ProgrammingError:
        hint = "write it like postgresql://user:password@host/database"
        raise Unusable(f"{VARIABLE} is no address of a PostgreSQL database\nhint: {hint}") from None


def _unusable(error: psycopg.Error, password: str) -> Unusable:
    said = str(error).strip().partition("\n")[0]
    for secret in filter(None, (password, quote(password, safe=""))):
        said = said.replace(secret, "…")
    if error.sqlstate == "42501":
        return Unusable(f"PostgreSQL says: {said}\nhint: GRANT SELECT on the table to the user of {VARIABLE}")
    return Unusable(f"PostgreSQL says: {said}\nhint: {VARIABLE} says which server, database and user it is")


def _database(cursor: psycopg.Cursor, name: str) -> Database:
    def rows(table: Table, forms: Forms, _: list[Reject]) -> Iterator[pa.RecordBatch]:
        return _rows(cursor, name, table, forms)

    tables: dict[str, dict[str, Form]] = {}
    for table, column, type_, category in cursor.execute(_COLUMNS, (name,)).fetchall():
        form = Form.TEXT if category == "e" else _FORMS.get(type_, Form.OTHER)
        tables.setdefault(table, {})[column] = form
    return Database(f"postgres schema '{name}'", lambda table: f"postgres table '{table}'", tables, rows)


def _rows(cursor: psycopg.Cursor, schema: str, table: Table, forms: Forms) -> Iterator[pa.RecordBatch]:
    from psycopg import sql  # noqa: PLC0415  an optional library

    texts = sql.SQL(", ").join(_text(name, form, table.column(name).kind) for name, form in forms.items())
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT (FORMAT csv)").format(texts, sql.Identifier(schema, table.name))
    with cursor.copy(query) as copy:
        stream = CopyStream(copy)
        if stream.empty():
            return
        yield from pyarrow.csv.open_csv(
            stream,
            pyarrow.csv.ReadOptions(column_names=list(forms), block_size=BLOCK, use_threads=False),
            pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(forms, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )


def _text(name: str, form: Form, kind: Kind) -> sql.Composable:
    """The column as a CSV file would have it."""
    from psycopg import sql  # noqa: PLC0415  an optional library

    column = sql.Identifier(name)
    match form:
        case Form.DECIMAL:
            return sql.SQL("trim_scale({})::text").format(column)
        case Form.TEXTS:
            return sql.SQL("array_to_string({}, {})").format(column, sql.Literal(SEPARATOR))
        case Form.DAY | Form.MOMENT | Form.ZONED if kind is Kind.TIME:
            return sql.SQL("date_trunc('second', {}::timestamp)::text").format(column)
        case Form.DAY | Form.MOMENT | Form.ZONED:
            return sql.SQL("{}::date::text").format(column)
        case _:
            return sql.SQL("{}::text").format(column)
