"""Load a folder of CSV files as the declared tables, typed, or tell everything that is wrong with them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.rows import TYPES
from sitegen.data.csv_source import Sheet, read_sheet
from sitegen.data.findings import Finding, findings
from sitegen.data.header import Header, read_header
from sitegen.data.kinds import typed
from sitegen.data.places import places
from sitegen.errors import Mistakes, Problem
from sitegen.model.table import TABLES, Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def load(connection: Backend, folder: Path, label: str) -> Mapping[str, ibis.Table]:
    """Every declared table by name, empty where the folder has no file for it.

    `label` is what the folder is called in messages ("content/customers"). Raises Mistakes with the findings of
    all files.
    """
    problems = list(_strangers(folder, label))
    sheets: dict[str, Sheet] = {}
    for table in TABLES:
        read = _sheet(connection, folder, label, table)
        if isinstance(read, Sheet):
            sheets[table.name] = read
        else:
            problems += read
    for sheet in sheets.values():
        problems += _placed(sheet, findings(connection, sheet, sheets))
    if problems:
        raise Mistakes(problems)
    return {table.name: _table(connection, table, sheets.get(table.name)) for table in TABLES}


def _strangers(folder: Path, label: str) -> Iterator[Problem]:
    """CSV files that no table claims: a misspelt name must not pass for an absent table."""
    known = tuple(table.name for table in TABLES)
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in known:
            close = difflib.get_close_matches(path.stem.lower(), known, 1)
            hint = f"did you mean '{close[0]}.csv'?" if close else f"tables are {', '.join(known)}"
            place = Place(f"{label}/{path.name}")
            yield place.problem("unknown-table", f"no table is called '{path.stem}'", hint)


def _sheet(connection: Backend, folder: Path, label: str, table: Table) -> Sheet | tuple[Problem, ...]:
    path = folder / f"{table.name}.csv"
    place = Place(f"{label}/{path.name}")
    if not path.is_file():
        hint = f"put the table of customers into {label}/{path.name}, or name its folder in site.yaml"
        problem = place.problem("missing-table", "the customer file is missing", hint)
        return (problem,) if table.required else ()
    header = read_header(path, place.file, table)
    if not isinstance(header, Header):
        return header
    sheet = read_sheet(connection, path, place, (table, header))
    return sheet if isinstance(sheet, Sheet) else (sheet,)


def _placed(sheet: Sheet, found: tuple[Finding, ...]) -> Iterator[Problem]:
    spots = {spot for finding in found for spot in (finding.spot, finding.earlier) if spot is not None}
    known = places(sheet, spots) if spots else {}
    for finding in found:
        message = finding.message
        if finding.earlier is not None:
            message += f", first on line {known[finding.earlier].line}"
        yield known[finding.spot].problem(finding.code, message, finding.hint)


def _table(connection: Backend, table: Table, sheet: Sheet | None) -> ibis.Table:
    schema = ibis.schema({column.name: TYPES[column.kind] for column in table.columns})
    if sheet is None:
        return connection.create_table(table.name, schema=schema)
    written = sheet.header.columns
    values = {
        column.name: typed(sheet.texts[column.name], column.kind)
        if column.name in written
        else ibis.null(TYPES[column.kind])
        for column in table.columns
    }
    made = connection.create_table(table.name, sheet.texts.select(**values), schema=schema)
    # Ibis 12 with SQLGlot 30.30 forgets the name when it drops a table.
    connection.raw_sql(f"DROP TABLE texts_{table.name}")
    return made
