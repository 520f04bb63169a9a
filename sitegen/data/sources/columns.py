"""Compare the columns that a table was found with to those that are declared."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from sitegen.errors import Problem
from sitegen.model.table import Table
from sitegen.model.tree import Place


def needed(table: Table) -> tuple[str, ...]:
    """The columns that may not be absent."""
    return tuple(column.name for column in table.columns if column.required)


def column_problems(found: Sequence[tuple[str, Place]], place: Place, table: Table) -> tuple[Problem, ...]:
    """What is wrong with the columns of a table, `found` in its order; `place` is that of its head."""
    problems: list[Problem] = []
    seen: dict[str, Place] = {}
    for name, where in found:
        if name in seen:
            first = f", first at column {seen[name].column}" if seen[name].column else ""
            message = f"column '{name}' is written twice{first}"
            problems.append(where.problem("duplicate-column", message, "rename or remove one of them"))
        elif name not in {column.name for column in table.columns}:
            problems.append(_unknown(where, name, table))
        seen.setdefault(name, where)
    problems += [
        place.problem("missing-column", f"column '{name}' is missing", f"{table.name} needs it")
        for name in needed(table)
        if name not in seen
    ]
    return tuple(problems)


def _unknown(place: Place, name: str, table: Table) -> Problem:
    if not name:
        return place.problem("unnamed-column", "a column has no name", "name it, or remove it")
    known = tuple(column.name for column in table.columns)
    close = difflib.get_close_matches(name.lower().replace(" ", "_"), known, 1)
    own = "a column of your own is declared below 'data:' in site.yaml"
    hint = f"did you mean '{close[0]}'?" if close else f"{own}; {table.name} knows: {', '.join(known)}"
    return place.problem("unknown-column", f"unknown column '{name}'", hint)
