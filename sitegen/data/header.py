"""Read the first line of a CSV file and compare it with the declared table."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.data.csv_text import Cell, cells
from sitegen.errors import Problem
from sitegen.model.table import Table
from sitegen.model.tree import Place

_LONGEST = 65_536
"""Bytes of a header; the declared columns need less than a thousand."""

UTF8_HINT = "save the file as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the delimiter, and the names of the columns in the file's order."""

    delimiter: str
    columns: tuple[str, ...]


def read_header(path: Path, file: str, table: Table) -> Header | tuple[Problem, ...]:
    """The header of a file, or what is wrong with it. `file` is the name that people know it by."""
    with path.open("rb") as stream:
        first = stream.readline(_LONGEST)
    try:
        line = first.decode("utf-8-sig").partition("\r")[0].rstrip("\n")
    except UnicodeDecodeError:
        return (Place(file, 1).problem("not-utf-8", "this line is not UTF-8", UTF8_HINT),)
    if not line.strip():
        message = "the file is empty" if not first else "the first line is empty"
        hint = f"the first line names the columns: {', '.join(_needed(table))}, ..."
        return (Place(file, 1).problem("no-header", message, hint),)
    delimiter = _delimiter(line)
    found = cells(line, delimiter)
    problems = _problems(found, file, table)
    return problems or Header(delimiter, tuple(cell.text.strip() for cell in found))


def _needed(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.required)


def _delimiter(line: str) -> str:
    """Comma or semicolon, whichever the line has more of: spreadsheets of half of Europe write semicolons."""
    return ";" if line.count(";") > line.count(",") else ","


def _problems(found: Sequence[Cell], file: str, table: Table) -> tuple[Problem, ...]:
    known = tuple(column.name for column in table.columns)
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for cell in found:
        name = cell.text.strip()
        place = Place(file, 1, cell.column)
        if name in seen:
            message = f"column '{name}' is written twice, first at column {seen[name]}"
            problems.append(place.problem("duplicate-column", message, "rename or remove one of them"))
        elif name not in known:
            problems.append(_unknown(place, name, known, table))
        seen.setdefault(name, cell.column)
    problems += [
        Place(file, 1).problem("missing-column", f"column '{name}' is missing", f"{table.name} needs it")
        for name in _needed(table)
        if name not in seen
    ]
    return tuple(problems)


def _unknown(place: Place, name: str, known: Sequence[str], table: Table) -> Problem:
    if not name:
        return place.problem("unnamed-column", "a column has no name", "name it, or remove it")
    close = difflib.get_close_matches(name.lower().replace(" ", "_"), known, 1)
    hint = f"did you mean '{close[0]}'?" if close else f"{table.name} knows: {', '.join(known)}"
    return place.problem("unknown-column", f"unknown column '{name}'", hint)
