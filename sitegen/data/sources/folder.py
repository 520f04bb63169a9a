"""Read a folder of CSV and Parquet files, one for each table."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.data.sources.csv_file import read_csv_file
from sitegen.data.sources.header import Header, read_header
from sitegen.data.sources.parquet_file import read_parquet_file
from sitegen.data.sources.sheet import Found, Sheet, wanted
from sitegen.errors import Problem
from sitegen.model.table import Schema, Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

SUFFIXES = (".csv", ".parquet")


def read_folder(
    connection: Backend, folder: Path, label: str, shop: tuple[Schema, str], names: Collection[str] | None = None
) -> Found:
    """The tables of a folder. `label` is what it is called in messages ("content/customers"); `shop` says which
    tables there may be, and the time zone of its clock; `names` which of them are read, all where None.
    """
    schema, timezone = shop
    files = _files(folder)
    problems = list(_strangers(files, label, schema))
    sheets: dict[str, Sheet] = {}
    for table in wanted(schema, names):
        read = _table(connection, table, files.get(table.name, ()), (label, timezone))
        if isinstance(read, Sheet):
            sheets[table.name] = read
        else:
            problems += read
    return Found(sheets, tuple(problems))


def _files(folder: Path) -> Mapping[str, tuple[Path, ...]]:
    """The table files by their names without suffix, in order."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    tables = [path for path in paths if path.suffix.lower() in SUFFIXES]
    return {path.stem: tuple(other for other in tables if other.stem == path.stem) for path in tables}


def _strangers(files: Mapping[str, tuple[Path, ...]], label: str, schema: Schema) -> Iterator[Problem]:
    """Files that no table claims: a misspelt name must not pass for an absent table."""
    known = tuple(table.name for table in schema.tables)
    for name, paths in files.items():
        if name not in known:
            close = difflib.get_close_matches(name.lower(), known, 1)
            for path in paths:
                hint = f"did you mean '{close[0]}{path.suffix}'?" if close else f"tables are {', '.join(known)}"
                yield Place(f"{label}/{path.name}").problem("unknown-table", f"no table is called '{name}'", hint)


def _table(
    connection: Backend, table: Table, paths: tuple[Path, ...], shop: tuple[str, str]
) -> Sheet | tuple[Problem, ...]:
    label, timezone = shop
    if not paths:
        place = Place(f"{label}/{table.name}.csv")
        hint = f"put the table of customers into {place.file}, or name its folder in site.yaml"
        return (place.problem("missing-table", "the customer file is missing", hint),) if table.required else ()
    place = Place(f"{label}/{paths[0].name}")
    if len(paths) > 1:
        message = f"'{table.name}' has two files, {paths[0].name} and {paths[1].name}"
        return (place.problem("two-files", message, "keep the one that is right"),)
    if not paths[0].is_file():
        return (place.problem("not-a-file", f"'{paths[0].name}' is a folder", "write the table into one file"),)
    if paths[0].suffix.lower() == ".parquet":
        return read_parquet_file(connection, paths[0], place, (table, timezone))
    header = read_header(paths[0], place.file, table)
    if not isinstance(header, Header):
        return header
    sheet = read_csv_file(connection, paths[0], place, (table, header))
    return sheet if isinstance(sheet, Sheet) else (sheet,)
