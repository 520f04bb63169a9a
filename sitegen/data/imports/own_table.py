"""Take in a table that is already in the words of sitegen: each row checked against the declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from sitegen.data.checking.checks import misfit
from sitegen.data.checking.kinds import EXPECTED
from sitegen.data.engine import Engine
from sitegen.data.imports.canonical import canonical
from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ExportFile, ExportRow
from sitegen.data.imports.working import Working, known_keys, stored
from sitegen.data.sources.columns import column_problems
from sitegen.errors import Mistakes, Unusable
from sitegen.model.column import Column, Kind
from sitegen.model.table import Schema, Table
from sitegen.model.tree import Place


def table_for(schema: Schema, source: ExportFile, into: str) -> Table:
    """The table that a file goes into: the one that was named, else that of the file's name, else customers.

    Raises Unusable for an unknown table, Mistakes where the columns are not the table's.
    """
    known = {table.name: table for table in schema.tables}
    table = known.get(into or PurePath(source.file).name.partition(".")[0], known["customers"])
    if into and into not in known:
        raise Unusable(f"there is no table '{into}'\nhint: tables are {', '.join(known)}")
    place = Place(source.file, 1)
    problems = column_problems([(name, place) for name in source.columns], place, table)
    if problems:
        raise Mistakes(problems)
    return table


def merge_rows(work: Working, engine: Engine, table: Table, rows: list[ExportRow]) -> list[Rejected]:
    """Put the rows; what comes back are those that are not taken, with reasons. An empty cell changes nothing."""
    lacking = _lacking(work.schema, engine, table, rows)
    fit: list[Mapping[str, str]] = []
    rejected: list[Rejected] = []
    for row in rows:
        reasons = [row.broken] if row.broken else list(_reasons(row, table, lacking))
        if reasons:
            rejected.append(Rejected(row, "; ".join(reasons)))
        else:
            fit.append(_values(row, table))
    first = table.key[0]
    keys = {work.key(table.name, row) for row in fit}
    former = stored(engine, table, first, {row[first] for row in fit})
    work.know(table.name, (row for row in former if work.key(table.name, row) in keys))
    for values in fit:
        work.put(table.name, values)
    return rejected


def _values(row: ExportRow, table: Table) -> Mapping[str, str]:
    return {
        column.name: canonical(text, column.kind) or "" for column in table.columns if (text := row.text(column.name))
    }


def _lacking(schema: Schema, engine: Engine, table: Table, rows: list[ExportRow]) -> Mapping[str, frozenset[str]]:
    """By column: the texts that name no row of the table that they refer to."""
    lacking: dict[str, frozenset[str]] = {}
    for column in table.columns:
        if column.refers_to:
            texts = frozenset(text for row in rows if (text := row.text(column.name)))
            key = schema.table(column.refers_to).key[0]
            own = texts if column.refers_to == table.name else frozenset()
            lacking[column.name] = texts - own - known_keys(engine, column.refers_to, key, texts)
    return lacking


def _reasons(row: ExportRow, table: Table, lacking: Mapping[str, frozenset[str]]) -> Iterator[str]:
    return filter(None, (_wrong(row, table, column, lacking) for column in table.columns))


def _wrong(row: ExportRow, table: Table, column: Column, lacking: Mapping[str, frozenset[str]]) -> str:
    text = row.text(column.name)
    if not text:
        return f"'{column.name}' is empty" if column.required else ""
    if canonical(text, column.kind) is None:
        return f"'{column.name}' is '{text}', not {EXPECTED[column.kind][0]}"
    if column.allowed and not set(text.split(";") if column.kind is Kind.LIST else [text]) <= set(column.allowed):
        return f"'{column.name}' cannot be '{text}': allowed are {', '.join(column.allowed)}"
    if text in lacking.get(column.name, ()):
        return f"'{column.name}' is '{text}', which is not in {column.refers_to}"
    return f"'{column.name}' is '{text}', not {what}" if (what := misfit(table, column.name, text)) else ""
