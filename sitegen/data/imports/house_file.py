"""What files of the desk have in common: their columns, and the texts of their rows."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from sitegen.data.engine import Engine
from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ExportFile, ExportRow
from sitegen.data.imports.working import known_keys
from sitegen.errors import Mistakes
from sitegen.model.ledger import DeskWord
from sitegen.model.tree import Place
from sitegen.render.spreadsheet import unguarded


@dataclass(frozen=True, slots=True)
class Told:
    """What the desk's file says, each row judged: `read` = the words + rejected + waiting + known rows.

    `waiting` counts rows in which nothing was written down yet, `known` those that say what the tables have already;
    `notices` are lines for people.
    """

    source: ExportFile
    what: str
    read: int
    words: tuple[DeskWord, ...]
    rejected: tuple[Rejected, ...]
    waiting: int
    notices: tuple[str, ...] = ()
    known: int = 0


def refuse_other_columns(source: ExportFile, needed: Iterable[str], known: Collection[str], whose: str) -> None:
    """Raise Mistakes where a needed column is missing, or one is spelt nearly like one of ours.

    Others are passed over: people add columns for themselves.
    """
    names = {name.casefold(): name for name in source.columns}
    place = Place(source.file, 1)
    problems = [
        place.problem("missing-column", f"column '{column}' is missing: {whose} has it", _hint(column, names, known))
        for column in needed
        if column not in names
    ]
    absent = [column for column in known if column not in names and column not in set(needed)]
    for name, written in names.items():
        near = difflib.get_close_matches(name, absent, 1, 0.8) if name not in known else ()
        if near:
            problems.append(
                place.problem("unknown-column", f"unknown column '{written}'", f"did you mean '{near[0]}'?")
            )
    if problems:
        raise Mistakes(problems)


def _hint(column: str, names: Mapping[str, str], known: Collection[str]) -> str:
    strange = [name for name in names if name not in known]
    close = difflib.get_close_matches(column, strange, 1)
    return f"did you mean '{names[close[0]]}'?" if close else "leave the first line of the desk's file as it is"


def texts(row: ExportRow, columns: Iterable[str]) -> dict[str, str]:
    """What stands in these columns, without what keeps a spreadsheet from calculating; empty cells are left out."""
    found = {column: normalize("NFC", unguarded(row.text(column))).strip() for column in columns}
    return {column: text for column, text in found.items() if text}


def lacking(
    engine: Engine, said: Iterable[Mapping[str, str]], columns: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """By column: the texts that name no row of the table which it refers to."""
    rows = list(said)
    found: dict[str, frozenset[str]] = {}
    for column, table in columns.items():
        named = {row[column] for row in rows if column in row}
        key = {"customers": "customer_id", "advisers": "adviser_id"}[table]
        found[column] = frozenset(named) - known_keys(engine, table, key, named)
    return found


def strangers(
    said: Mapping[str, str], absent: Mapping[str, frozenset[str]], columns: Mapping[str, str]
) -> Iterator[str]:
    """Why the row names somebody whom the customer file doesn't know."""
    for column, table in columns.items():
        if said.get(column) in absent[column]:
            yield f"'{column}' is '{said[column]}', which is not in {table}"
