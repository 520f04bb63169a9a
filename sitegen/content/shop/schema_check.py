"""Check what a shop's own columns and tables say of each other: references, keys, days; find each row's customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.audience.language.catalogue import column_at
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.column import Column, Kind, Table
from sitegen.model.table import Schema
from sitegen.model.tree import Place

_DAYS = (Kind.DATE, Kind.TIME)
_STEPS = 3
"""References that lead from a row to its customer at most: visit, pet, customer."""


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column that the shop adds to a table. `place` is that of its name, `keys` say what it is."""

    table: str
    column: Column
    place: Place
    keys: Keys


def checked(schema: Schema, columns: Iterable[OwnColumn], tables: Mapping[str, Keys]) -> Schema:
    """The schema without references, keys and days that lead nowhere; each of them is a problem.

    `columns` are all columns of the shop's own, `tables` the keys of its own tables by name.
    """
    own = {(one.table, one.column.name): one for one in columns}
    sound = Schema(tuple(_referring(table, own, schema) for table in schema.tables))
    return Schema(
        tuple(_finished(table, tables[table.name], sound) if table.name in tables else table for table in sound.tables)
    )


def _referring(table: Table, own: Mapping[tuple[str, str], OwnColumn], schema: Schema) -> Table:
    columns = (
        replace(column, refers_to=_reference(own[table.name, column.name], schema))
        if column.refers_to and (table.name, column.name) in own
        else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _reference(own: OwnColumn, schema: Schema) -> str:
    """The table that a column refers to, "" where that is none."""
    column, problems, at = own.column, own.keys.problems, own.keys.place("refers_to")
    known = {table.name: table for table in schema.tables}
    there = known.get(column.refers_to)
    if there is None:
        hint = did_you_mean(column.refers_to, known)
        problems.append(at.problem("unknown-table", f"no table is called '{column.refers_to}'", hint))
        return ""
    if not column.name.endswith("_id"):
        message = f"'{column.name}' refers to a row, but does not end in _id"
        hint = f"name it {column.name}_id: rules then reach the row as {column.name}"
        problems.append(own.place.problem("bad-name", message, hint))
        return ""
    if len(there.key) != 1:
        message = f"a row of '{there.name}' can't be referred to: its key is {' and '.join(there.key)}"
        problems.append(at.problem("wrong-reference", message, "refer to a table whose key is one column"))
        return ""
    key = next((known for known in there.columns if known.name == there.key[0]), column)
    if key.kind is not column.kind:
        message = f"'{column.name}' is {column.kind}, but the key of {there.name} is {key.kind}"
        problems.append(own.keys.place("type").problem("wrong-reference", message, f"write 'type: {key.kind}'"))
        return ""
    return there.name


def _finished(table: Table, keys: Keys, schema: Schema) -> Table:
    """An own table with its key, its day, and the path to its customer."""
    columns = {column.name: column for column in table.columns}
    key = []
    for scalar in keys.scalars("key"):
        if scalar.text in columns:
            key.append(scalar.text)
        else:
            message = f"the key '{scalar.text}' is no column of '{table.name}'"
            hint = did_you_mean(scalar.text, columns)
            keys.problems.append(scalar.place.problem("unknown-column", message, hint))
    key = key or [table.columns[0].name]
    needed = (replace(column, required=column.required or column.name in key) for column in table.columns)
    day, customer = _day(table, keys, schema), _customer(table, schema)
    return replace(table, key=tuple(key), columns=tuple(needed), day=day, customer=customer)


def _day(table: Table, keys: Keys, schema: Schema) -> str:
    if not table.day:
        return ""
    column = column_at(schema, table.name, table.day)
    if column and column.kind in _DAYS:
        return table.day
    wrong = f"is {column.kind}, not a date or time" if column else "leads to no column"
    message = f"the day '{table.day}' of '{table.name}' {wrong}"
    hint = did_you_mean(table.day, (known.name for known in table.columns if known.kind in _DAYS))
    keys.problems.append(keys.place("day").problem("wrong-day", message, hint))
    return ""


def _customer(table: Table, schema: Schema) -> str:
    """The shortest path of references to the customer whom a row belongs to, "" where there is none."""
    paths = [(column.name, column.refers_to) for column in table.columns if column.refers_to]
    for _ in range(_STEPS):
        for path, there in paths:
            if there == "customers":
                return path
        paths = [
            (f"{path.removesuffix('_id')}.{column.name}", column.refers_to)
            for path, there in paths
            for column in schema.table(there).columns
            if column.refers_to
        ]
    return ""
