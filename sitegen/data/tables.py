"""Turn the sheets of a customer file into the declared tables, typed, or tell everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.rows import TYPES
from sitegen.data.checking.findings import Finding, findings
from sitegen.data.checking.kinds import typed
from sitegen.data.checking.normal_forms import with_normal_forms
from sitegen.data.kept import kept
from sitegen.data.sources.sheet import Found, Sheet
from sitegen.errors import Mistakes, Problem
from sitegen.model.table import Schema, Table

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def load(connection: Backend, schema: Schema, found: Found, home: str = "") -> Mapping[str, ibis.Table]:
    """Every declared table by name, empty where the source has none; customers with their normal forms.

    `home` is the shop's country (ISO 3166-1 alpha-2). Raises Mistakes with the findings of all tables.
    """
    wrong = problems_of(connection, found)
    if wrong:
        raise Mistakes(wrong)
    return {table.name: _table(connection, table, found.sheets.get(table.name), home) for table in schema.tables}


def problems_of(connection: Backend, found: Found) -> tuple[Problem, ...]:
    """Everything that is wrong with the sheets; the declared tables are not made for it."""
    problems = list(found.problems)
    for sheet in found.sheets.values():
        problems += _placed(sheet, findings(connection, sheet, found.sheets))
    return tuple(problems)


def _placed(sheet: Sheet, found: tuple[Finding, ...]) -> Iterator[Problem]:
    spots = {spot for finding in found for spot in (finding.spot, finding.earlier) if spot is not None}
    known = sheet.places(spots) if spots else {}
    for finding in found:
        message = finding.message
        if finding.earlier is not None and known[finding.earlier].line:
            message += f", first {sheet.counts} {known[finding.earlier].line}"
        yield known[finding.spot].problem(finding.code, message, finding.hint)


def _table(connection: Backend, table: Table, sheet: Sheet | None, home: str) -> ibis.Table:
    schema = ibis.schema({column.name: TYPES[column.kind] for column in table.columns})
    if sheet is None:
        return connection.create_table(table.name, schema=schema)
    values = {
        column.name: typed(sheet.texts[column.name], column.kind)
        if column.name in sheet.columns
        else ibis.null(TYPES[column.kind])
        for column in table.columns
    }
    rows = sheet.texts.select(**values)
    if table.name == "customers":
        rows = with_normal_forms(connection, rows, home)
        schema = rows.schema()
    made = kept(connection, table.name, rows, schema)
    # Ibis 12 with SQLGlot 30.30 forgets the name when it drops a table.
    connection.raw_sql(f'DROP TABLE "{sheet.kept}"')
    return made
