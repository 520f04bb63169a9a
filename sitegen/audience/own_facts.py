"""Read a shop's own facts: sums and counts over the rows of a table, for each customer."""

from __future__ import annotations

from collections.abc import Mapping as Names

from sitegen.audience.catalogue import CUSTOMER_FACTS, column_at, paths_from, with_facts
from sitegen.audience.conditions import parse_condition
from sitegen.audience.phrases import Unreadable, period
from sitegen.audience.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.field import FIELDS
from sitegen.model.rule import (
    Condition,
    CountOf,
    FactSpec,
    SumOf,
    TopBringing,
    TopCount,
    TopPercent,
    WithinLast,
)
from sitegen.model.table import STANDARD
from sitegen.model.tree import Entry, Mapping, Node, Scalar

SUM_KINDS = (Kind.INTEGER, Kind.MONEY)
KEYS = ("sum of", "count of", "within last", "where")


def parse_facts(
    node: Node, catalogue: Names[str, FactSpec], taken: frozenset[str] = frozenset()
) -> tuple[tuple[FactSpec, ...], tuple[Problem, ...]]:
    """The facts below `facts:` and all problems with them. They may replace facts that sitegen reckons.

    `taken` names the shop's own facts of other files, which may not be said twice.
    """
    if not isinstance(node, Mapping):
        hint = "write 'name: {count of: orders}' below it"
        return (), (node.place.problem("wrong-form", "'facts' must hold names", hint),)
    facts: list[FactSpec] = []
    problems: list[Problem] = []
    for entry in node.entries:
        if entry.key.text in taken:
            message = f"the fact '{entry.key.text}' stands in another file too"
            problems.append(entry.key.place.problem("duplicate-name", message, "keep one of them"))
            continue
        found = _fact(entry, with_facts(catalogue, tuple(facts)), problems)
        if found is not None:
            facts.append(found)
    return tuple(facts), tuple(problems)


def _fact(entry: Entry, catalogue: Names[str, FactSpec], problems: list[Problem]) -> FactSpec | None:
    name, place, body = entry.key.text, entry.key.place, entry.value
    column = name.replace(" ", "_")
    if not column.replace("_", "a").replace("-", "a").isalnum() or name != " ".join(name.split()):
        problems.append(place.problem("bad-name", f"'{name}' is not a name for a fact", "write letters and spaces"))
        return None
    if _is_taken(name, column, catalogue):
        problems.append(place.problem("reserved-name", f"the fact '{name}' is there already", "choose another name"))
        return None
    if not isinstance(body, Mapping):
        hint = f"write '{name}: {{sum of: orders.profit, within last: 365 days}}'"
        problems.append(body.place.problem("wrong-form", f"'{name}' must say what it sums or counts", hint))
        return None
    return _defined(name, column, body, problems)


def _is_taken(name: str, column: str, catalogue: Names[str, FactSpec]) -> bool:
    """Whether a fact may not have this name: only numbers that sitegen reckons may be reckoned anew.

    What the customer file says and what messages say of a customer keep their meaning.
    """
    there = [fact for fact in catalogue.values() if fact.column == column]
    said = {*(fact.column for fact in CUSTOMER_FACTS), *(field.name for field in FIELDS)}
    words = name in ("all", "any", "none", "segment")
    return words or column in said or any(fact.name != name or fact.kind not in SUM_KINDS for fact in there)


def _defined(name: str, column: str, body: Mapping, problems: list[Problem]) -> FactSpec | None:
    before = len(problems)
    for entry in body.entries:
        if entry.key.text not in KEYS:
            hint = did_you_mean(entry.key.text, KEYS)
            problems.append(entry.key.place.problem("unknown-key", f"unknown key '{entry.key.text}' in '{name}'", hint))
    total, count = body.get("sum of"), body.get("count of")
    if (total is None) == (count is None):
        message = f"'{name}' must say either 'sum of' or 'count of'"
        problems.append(body.place.problem("missing-key", message, "write {count of: orders}"))
        return None
    table, path = _summed(total, problems) if total else (_table(count, problems) if count else None, "")
    if table is None:
        return None
    within = _within(body, problems)
    where = _where(table, body, problems)
    if len(problems) > before:
        return None
    summed = column_at(STANDARD, table, path) if path else None
    if summed is None:
        return FactSpec(name, Kind.INTEGER, column, f"number of {table}", CountOf(table, within, where))
    return FactSpec(name, summed.kind, column, f"sum of {table}.{path}", SumOf(table, path, within, where))


def _summed(node: Node, problems: list[Problem]) -> tuple[str | None, str]:
    """Table and path of `orders.profit`, or None and a problem."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    head, dot, path = text.partition(".")
    table = _known_table(head, node, problems)
    if table is None:
        return None, ""
    column = column_at(STANDARD, table, path) if dot else None
    summable = [f"{table}.{there}" for there in paths_from(STANDARD, table) if _kind(table, there) in SUM_KINDS]
    if column is None or column.kind not in SUM_KINDS:
        said = f"'{text}' is not a number" if column else f"unknown column '{text}'"
        near = [there for there in summable if there.count(".") == 1]
        hint = f"numbers are: {', '.join(near)}" if column else did_you_mean(text, summable)
        problems.append(node.place.problem("unknown-column", said, hint))
        return None, ""
    return table, path


def _table(node: Node, problems: list[Problem]) -> str | None:
    return _known_table(node.text.strip() if isinstance(node, Scalar) else "", node, problems)


def _known_table(name: str, node: Node, problems: list[Problem]) -> str | None:
    known = tuple(event.name for event in STANDARD.events())
    if name in known:
        return name
    hint = did_you_mean(name, known)
    problems.append(node.place.problem("unknown-table", f"unknown table '{name}'", hint))
    return None


def _within(body: Mapping, problems: list[Problem]) -> WithinLast | None:
    node = body.get("within last")
    if node is None:
        return None
    try:
        return WithinLast(*period(node.text if isinstance(node, Scalar) else ""))
    except Unreadable as wrong:
        problems.append(node.place.problem("bad-phrase", wrong.message, wrong.hint))
        return None


def _where(table: str, body: Mapping, problems: list[Problem]) -> tuple[Condition, ...]:
    node = body.get("where")
    if node is None:
        return ()
    if not isinstance(node, Mapping):
        hint = "write {product.group: is beads}"
        problems.append(node.place.problem("wrong-form", "'where' must hold conditions", hint))
        return ()
    catalogue = {path: _column_fact(table, path) for path in paths_from(STANDARD, table)}
    conditions = []
    for entry in node.entries:
        found = parse_condition(entry, catalogue)
        if isinstance(found, Condition) and isinstance(found.phrase, TopPercent | TopCount | TopBringing):
            hint = "make a fact of it first, and rank the customers by that"
            found = entry.value.place.problem("bad-phrase", "'top' ranks customers, not rows", hint)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            conditions.append(found)
    return tuple(conditions)


def _column_fact(table: str, path: str) -> FactSpec:
    column = column_at(STANDARD, table, path)
    assert column is not None  # paths_from names only paths that lead to a column
    return FactSpec(path, column.kind, path, column.meaning, allowed=column.allowed)


def _kind(table: str, path: str) -> Kind | None:
    column = column_at(STANDARD, table, path)
    return column.kind if column else None
