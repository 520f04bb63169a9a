"""Read what is asked of the rows of a table: the period in which they fall, and conditions on their columns."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Names
from dataclasses import dataclass

from sitegen.audience.language.catalogue import column_at, paths_from
from sitegen.audience.language.phrases import SPAN_SHOWN, Unreadable, day, period
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.conditions import parse_condition
from sitegen.errors import Problem
from sitegen.model.rule import (
    After,
    Before,
    Condition,
    FactSpec,
    IsDay,
    On,
    RowPeriod,
    TopBringing,
    TopCount,
    TopPercent,
    WithinLast,
    WithinNext,
)
from sitegen.model.table import Schema
from sitegen.model.tree import Mapping, Node, Scalar

DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """What may follow the key of a period, as it is shown to people and as it is read."""

    shown: str
    read: Callable[[str], RowPeriod]


def read_period(body: Mapping, problems: list[Problem]) -> RowPeriod | None:
    """The one period that the keys of PERIODS in `body` name, or None where there is none or it can't be read."""
    found = [entry for entry in body.entries if entry.key.text in PERIODS]
    if not found:
        return None
    for second in found[1:]:
        message = f"'{second.key.text}' stands beside '{found[0].key.text}'"
        hint = "one period is enough; ask for more by a condition on the day's column"
        problems.append(second.key.place.problem("wrong-form", message, hint))
    key, node = found[0].key.text, found[0].value
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
    try:
        return PERIODS[key].read(text)
    except Unreadable as wrong:
        problems.append(node.place.problem("bad-phrase", wrong.message, wrong.hint))
        return None


def read_conditions(
    node: Node, table: str, schema: Schema, word: str, problems: list[Problem]
) -> tuple[Condition, ...]:
    """The conditions below `where:` or `with:` (`word`), on the paths that lead from a row of the table."""
    if not isinstance(node, Mapping) or not node.entries:
        paths = paths_from(schema, table)
        example = next((path for path in paths if not path.endswith("_id")), paths[0])
        hint = f"write {word}: {{{example}: is known}}"
        problems.append(node.place.problem("wrong-form", f"'{word}' must hold conditions", hint))
        return ()
    known = row_facts(schema, table)
    conditions = []
    for entry in node.entries:
        found = parse_condition(entry, known) if entry.key.text in known else _unknown(entry.key, table, known)
        if isinstance(found, Condition) and isinstance(found.phrase, TopPercent | TopCount | TopBringing):
            hint = "make a fact of it first, and rank the customers by that"
            found = entry.value.place.problem("bad-phrase", "'top' ranks customers, not rows", hint)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            conditions.append(found)
    return tuple(conditions)


def _unknown(key: Scalar, table: str, known: Names[str, FactSpec]) -> Problem:
    near = did_you_mean(key.text, known)
    hint = near if near.startswith("did you mean") else "`sitegen segments show --grammar` lists the columns"
    return key.place.problem("unknown-column", f"{table} have no column '{key.text}'", hint)


def row_facts(schema: Schema, table: str) -> Names[str, FactSpec]:
    """What may be asked of a row of the table, by path."""
    return {path: _row_fact(schema, table, path) for path in paths_from(schema, table)}


def _row_fact(schema: Schema, table: str, path: str) -> FactSpec:
    column = column_at(schema, table, path)
    assert column is not None  # paths_from names only paths that lead to a column
    return FactSpec(path, column.kind, path, column.meaning, allowed=column.allowed, personal=column.personal)


def _on(text: str) -> RowPeriod:
    return IsDay(DAYS[text]) if text in DAYS else On(day(text))


PERIODS: Names[str, Period] = {
    "within last": Period(f"{SPAN_SHOWN}; up to and including today", lambda text: WithinLast(*period(text))),
    "within next": Period(f"{SPAN_SHOWN}; from today", lambda text: WithinNext(*period(text))),
    "before": Period("DATE", lambda text: Before(day(text))),
    "after": Period("DATE; up to and including today", lambda text: After(day(text))),
    "on": Period(f"DATE | {' | '.join(DAYS)}", _on),
}
"""What may say when rows happened. Without a period, what has happened by today counts."""
