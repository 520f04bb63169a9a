"""What SQLite and PostgreSQL have in common: which tables are meant, and rows that people find by their key."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from sitegen.data.answer import answer
from sitegen.data.functions import nfc
from sitegen.data.incoming import take
from sitegen.data.sources.columns import column_problems
from sitegen.data.sources.lists import SEPARATOR, text_items
from sitegen.data.sources.sheet import ROW, Found, Reject, Sheet, Spot, wanted
from sitegen.data.sources.types import Form, misfit
from sitegen.errors import Problem
from sitegen.model.table import Schema, Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

ALIKE = 0.85
"""How much a table's name may look like that of an absent one before it counts as a slip of the pen."""

Forms = Mapping[str, Form]
"""The columns of a table in order, and how the database keeps them."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `file` names one of its tables for people ("shop.sqlite, table 'orders'").

    `rows` streams the texts of a table's columns in the order of the forms, all of one moment; it may note cells
    that it could not read in the list.
    """

    name: str
    file: Callable[[str], str]
    tables: Mapping[str, Forms]
    rows: Callable[[Table, Forms, list[Reject]], Iterator[pa.RecordBatch]]


def read_database(
    connection: Backend, database: Database, schema: Schema, names: Collection[str] | None = None
) -> Found:
    """The declared tables of a database, as texts; of these `names`, all where None. Tables of other names are none
    of our business.
    """
    problems = list(_strangers(database, schema))
    sheets: dict[str, Sheet] = {}
    for table in wanted(schema, names):
        forms = database.tables.get(table.name)
        if forms is None:
            if table.required:
                hint = f"make a table or a view '{table.name}', or name another source in site.yaml"
                place = Place(database.name)
                problems.append(place.problem("missing-table", f"there is no table '{table.name}'", hint))
            continue
        wrong = _problems(forms, Place(database.file(table.name)), table)
        problems += wrong
        if not wrong:
            sheets[table.name] = _sheet(connection, database, table, forms)
    return Found(sheets, tuple(problems))


def _strangers(database: Database, schema: Schema) -> Iterator[Problem]:
    """Tables that look like a misspelt one; a shop's database may hold anything else too."""
    absent = [table.name for table in schema.tables if table.name not in database.tables]
    declared = {table.name for table in schema.tables}
    for name in sorted(set(database.tables) - declared):
        close = difflib.get_close_matches(name.lower(), absent, 1, ALIKE)
        if close:
            hint = f"did you mean '{close[0]}'? make a view of that name"
            yield Place(database.file(name)).problem("unknown-table", f"no table is called '{name}'", hint)


def _problems(forms: Forms, place: Place, table: Table) -> tuple[Problem, ...]:
    wrong = column_problems([(name, place) for name in forms], place, table)
    known = [column for column in table.columns if column.name in forms]
    misfits = (misfit(column, forms[column.name], place) for column in known)
    return (*wrong, *(problem for problem in misfits if problem))


def _sheet(connection: Backend, database: Database, table: Table, forms: Forms) -> Sheet:
    rejects: list[Reject] = []
    kept = f"texts of {table.name}"
    texts = take(connection, kept, ibis.schema(dict.fromkeys(forms, "string")), database.rows(table, forms, rejects))
    named = texts.select(texts.rowid().name(ROW), **{name: _staged(texts[name], form) for name, form in forms.items()})
    where = partial(key_places, connection, database.file(table.name), table, named)
    return Sheet(table, database.file(table.name), tuple(forms), named, where, kept, tuple(rejects))


def _staged(text: ibis.Value, form: Form) -> ibis.Value:
    return text_items(text.split(SEPARATOR)) if form is Form.TEXTS else nfc(text).nullif("")


def key_places(
    connection: Backend, file: str, table: Table, texts: ibis.Table, spots: Iterable[Spot]
) -> Mapping[Spot, Place]:
    """The place of each spot, which is the row's key: rows of a database have no order."""
    asked = tuple(spots)
    keys = {name: texts[name].cast("string") for name in table.key}
    rows = texts.filter(texts[ROW].isin({spot.row for spot in asked})).select(ROW, **keys)
    known = {row[ROW]: _key(row, table) for row in answer(connection, rows)}
    return {spot: Place(f"{file}, {known[spot.row]}") for spot in asked}


def _key(row: Mapping[str, str | None], table: Table) -> str:
    """`order_id 'O-1'`; of a row without a key nothing better can be said."""
    return ", ".join(f"{name} {row[name]!a}" if row[name] else f"no {name}" for name in table.key)
