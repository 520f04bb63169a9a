"""Read the columns and tables that a shop adds to the customer file, from `data:` in site.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.shop.schema_check import OwnColumn, checked
from sitegen.errors import Problem
from sitegen.model.column import Column, Kind, Table
from sitegen.model.table import STANDARD, Schema
from sitegen.model.tree import Entry, Mapping, Scalar

_ELSEWHERE = {
    **dict.fromkeys(("int", "number", "bigint", "smallint"), Kind.INTEGER),
    **dict.fromkeys(("float", "double", "decimal", "numeric", "real", "amount"), Kind.MONEY),
    **dict.fromkeys(("string", "str", "varchar", "char"), Kind.TEXT),
    **dict.fromkeys(("bool", "boolean", "yes", "no"), Kind.YES_NO),
    **dict.fromkeys(("datetime", "timestamp"), Kind.TIME),
    **dict.fromkeys(("day", "birthday"), Kind.DATE),
}
"""What the types are called in databases and programs."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What a name may be: safe in every database, and the same in small and capital letters."""

MADE = ("email_key", "phone_key")
"""Columns that sitegen adds to the customers (audience.addresses says how; no Ibis here)."""

_NAME_HINT = "write small letters, digits and underscores, like bead_size"
_LISTED = (Kind.TEXT, Kind.LIST)


def read_schema(data: Keys) -> Schema:
    """The tables of a shop: the standard ones with the columns of `columns:`, and those of `tables:`.

    What is wrong is added to the keys' problems and left out. A column whose type is wrong is there as text, so that
    its cells are no second mistake.
    """
    own = tuple(_tables(data))
    plain = Schema((*STANDARD.tables, *(one.table for one in own)))
    columns = (*(column for one in own for column in one.columns), *_added(plain, data))
    whole = Schema(tuple(_with(table, columns) for table in plain.tables))
    return checked(whole, columns, {one.table.name: one.keys for one in own})


@dataclass(frozen=True, slots=True)
class _OwnTable:
    """A table that the shop adds, still without its columns."""

    table: Table
    columns: tuple[OwnColumn, ...]
    keys: Keys


def _with(table: Table, columns: Iterable[OwnColumn]) -> Table:
    return replace(table, columns=(*table.columns, *(one.column for one in columns if one.table == table.name)))


def _tables(data: Keys) -> Iterator[_OwnTable]:
    for name, keys in _named(data.keys("tables")):
        columns = tuple(_columns(name.text, keys.keys("columns", required=True)))
        key, meaning, day = keys.texts("key"), keys.text("meaning"), keys.text("day")
        keys.finish()
        problem = _wrong_table(name, columns, key)
        if problem:
            data.problems.append(problem)
        if columns and not (problem and problem.code in {"name-taken", "bad-name"}):
            yield _OwnTable(Table(name.text, meaning, key, (), day=day), columns, keys)


def _wrong_table(name: Scalar, columns: tuple[OwnColumn, ...], key: tuple[str, ...]) -> Problem | None:
    if name.text in {table.name for table in STANDARD.tables}:
        hint = f"take another name, or add columns to that table: 'columns: {{{name.text}: ...}}'"
        return name.place.problem("name-taken", f"there is a table '{name.text}' already", hint)
    if not NAME.fullmatch(name.text):
        return name.place.problem("bad-name", f"'{name.text}' can't be a name", _NAME_HINT)
    if columns and not key:
        hint = f"name the column that tells its rows apart: 'key: {columns[0].column.name}'"
        return name.place.problem("no-key", f"table '{name.text}' has no key", hint)
    return None


def _added(schema: Schema, data: Keys) -> Iterator[OwnColumn]:
    """The columns that `columns:` adds to tables."""
    known = {table.name for table in schema.tables}
    outer = data.keys("columns")
    for entry in outer.rest() if outer else ():
        table = entry.key.text
        if table not in known:
            hint = did_you_mean(table, known)
            data.problems.append(entry.key.place.problem("unknown-table", f"no table is called '{table}'", hint))
        elif inner := _inside(entry, data):
            yield from (own for own in _columns(table, inner) if not _taken(own, schema))


def _taken(own: OwnColumn, schema: Schema) -> bool:
    name, table = own.column.name, schema.table(own.table)
    fact = name.removesuffix("_id") if own.column.refers_to else name
    if name in {column.name for column in table.columns}:
        message = f"{table.name} has a column '{name}' already"
    elif table.name == "customers" and name in MADE:
        message = f"'{name}' is what sitegen makes of an address"
    elif table.name == "customers" and fact.replace("_", " ") in CATALOGUE:
        message = f"'{fact.replace('_', ' ')}' is a fact already"
    else:
        return False
    own.keys.problems.append(own.place.problem("name-taken", message, "take another name"))
    return True


def _columns(table: str, keys: Keys | None) -> Iterator[OwnColumn]:
    for name, inner in _named(keys):
        column = _column(name.text, inner)
        if NAME.fullmatch(name.text):
            yield OwnColumn(table, column, name.place, inner)
        else:
            inner.problems.append(name.place.problem("bad-name", f"'{name.text}' can't be a name", _NAME_HINT))


def _column(name: str, keys: Keys) -> Column:
    kind = _kind(keys)
    allowed = keys.texts("allowed")
    if allowed and kind not in _LISTED:
        message = f"'allowed' is for texts and lists, and '{name}' is {kind}"
        keys.problems.append(keys.place("allowed").problem("wrong-key", message, "leave it out"))
    column = Column(
        name,
        kind,
        keys.text("meaning"),
        unit=keys.text("unit"),
        required=keys.yes_no("required", False),
        allowed=allowed if kind in _LISTED else (),
        refers_to=keys.text("refers_to"),
        personal=keys.yes_no("personal", False),
    )
    keys.finish()
    return column


def _kind(keys: Keys) -> Kind:
    """The type. Of a word from elsewhere, the one that is meant, lest each rule that asks for it be a mistake too."""
    word = keys.text("type")
    meant = _ELSEWHERE.get(word.lower())
    if meant is None:
        return keys.choice("type", Kind, Kind.TEXT, required=True)
    hint = f"did you mean '{meant}'?"
    keys.problems.append(keys.place("type").problem("unknown-word", f"unknown type '{word}'", hint))
    return meant


def _named(keys: Keys | None) -> Iterator[tuple[Scalar, Keys]]:
    """The names in a mapping of mappings, and what is said about each."""
    for entry in keys.rest() if keys else ():
        if keys and (inner := _inside(entry, keys)):
            yield entry.key, inner


def _inside(entry: Entry, keys: Keys) -> Keys | None:
    if isinstance(entry.value, Mapping):
        return Keys(entry.value, keys.problems, f"'{entry.key.text}'")
    message = f"'{entry.key.text}' must hold keys and values"
    keys.problems.append(entry.value.place.problem("wrong-form", message, "indent them below it"))
    return None
