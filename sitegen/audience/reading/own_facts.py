"""Read a shop's own facts: sums and counts over the rows of a table, for each customer."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import replace

from sitegen.audience.language.catalogue import column_at, customer_facts, paths_from, with_facts
from sitegen.audience.language.events import PREFIX
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.language.vocabulary import Vocabulary, vocabulary
from sitegen.audience.reading.row_conditions import PERIODS, read_conditions, read_period
from sitegen.audience.reading.segment_keys import strange_keys
from sitegen.errors import Problem
from sitegen.model.column import Column, Kind
from sitegen.model.field import FIELDS
from sitegen.model.rule import CountOf, FactSpec, SumOf
from sitegen.model.table import STANDARD, Schema
from sitegen.model.tree import Entry, Mapping, Node, Scalar

SUM_KINDS = (Kind.INTEGER, Kind.MONEY)
LONGEST = 55
"""Bytes of a name: PostgreSQL cuts names at 63, and names of ranks and of values begin with it."""
KEYS = {
    "sum of": "TABLE.COLUMN; a number, added up over the rows of each customer",
    "count of": "TABLE; how many rows each customer has",
    **{word: period.shown for word, period in PERIODS.items()},
    "where": "{COLUMN: PHRASE, ...}; only rows of which all of this is true",
}


def parse_facts(
    node: Node, catalogue: Names[str, FactSpec], taken: frozenset[str] = frozenset(), schema: Schema = STANDARD
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
        found = _fact(entry, vocabulary(with_facts(catalogue, tuple(facts)), schema), problems)
        if found is not None:
            facts.append(found)
    return tuple(facts), tuple(problems)


def summed(node: Node, schema: Schema, problems: list[Problem]) -> tuple[str | None, str]:
    """Table and path of what is added up, `orders.profit`; None and a problem where that is no number of a row."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    head, dot, path = text.partition(".")
    table = _known_table(head, node, schema, problems)
    if table is None:
        return None, ""
    column = column_at(schema, table, path) if dot else None
    if column is not None and column.kind in SUM_KINDS:
        return table, path
    numbers = [there for there in paths_from(schema, table) if _is_number(column_at(schema, table, there))]
    summable = [f"{table}.{there}" for there in numbers]
    said = f"'{text}' is not a number" if column else f"unknown column '{text}'"
    near = ", ".join(f"{table}.{there}" for there in numbers if "." not in there)
    hint = did_you_mean(text, summable) if column is None else f"numbers are: {near}" if near else "count its rows"
    problems.append(node.place.problem("unknown-column", said, hint))
    return None, ""


def _fact(entry: Entry, words: Vocabulary, problems: list[Problem]) -> FactSpec | None:
    name, place, body = entry.key.text, entry.key.place, entry.value
    column = name.replace(" ", "_")
    if not column.replace("_", "a").replace("-", "a").isalnum() or name != " ".join(name.split()):
        problems.append(place.problem("bad-name", f"'{name}' is not a name for a fact", "write letters and spaces"))
        return None
    if len(name.encode()) > LONGEST:
        message, hint = f"'{name}' is too long for the name of a fact", f"write at most {LONGEST} bytes"
        problems.append(place.problem("bad-name", message, f"{hint}; a letter outside English has two or more"))
        return None
    if _is_taken(name, column, words):
        problems.append(place.problem("reserved-name", f"the fact '{name}' is there already", "choose another name"))
        return None
    if not isinstance(body, Mapping):
        hint = f"write '{name}: {{sum of: orders.profit, within last: 365 days}}'"
        problems.append(body.place.problem("wrong-form", f"'{name}' must say what it sums or counts", hint))
        return None
    return _defined(FactSpec(name, Kind.INTEGER, column), body, words.schema, problems)


def _is_taken(name: str, column: str, words: Vocabulary) -> bool:
    """Whether a fact may not have this name: only numbers that sitegen reckons may be reckoned anew.

    What the customer file says, what messages say of a customer, and events keep their meaning.
    """
    there = [fact for fact in words.facts.values() if fact.column == column]
    said = {*(fact.column for fact in customer_facts(words.schema)), *(field.name for field in FIELDS)}
    spoken = name in ("all", "any", "none", "segment") or name in words.events or column.startswith(PREFIX)
    return spoken or column in said or any(fact.name != name or fact.kind not in SUM_KINDS for fact in there)


def _defined(named: FactSpec, body: Mapping, schema: Schema, problems: list[Problem]) -> FactSpec | None:
    """The fact with its definition; `named` has its name and column."""
    before = len(problems)
    problems += strange_keys(body, KEYS, f"'{named.name}'")
    total, count = body.get("sum of"), body.get("count of")
    if (total is None) == (count is None):
        message = f"'{named.name}' must say either 'sum of' or 'count of'"
        problems.append(body.place.problem("missing-key", message, "write {count of: orders}"))
        return None
    table, path = summed(total, schema, problems) if total else (_table(count, schema, problems), "")
    if table is None:
        return None
    period, node = read_period(body, problems), body.get("where")
    where = read_conditions(node, table, schema, "where", problems) if node else ()
    if len(problems) > before:
        return None
    added_up = column_at(schema, table, path) if path else None
    personal = any(condition.fact.personal for condition in where) or (added_up is not None and added_up.personal)
    if added_up is None:
        counted = CountOf(table, period, where)
        return replace(named, meaning=f"number of {table}", definition=counted, personal=personal)
    meaning, added = f"sum of {table}.{path}", SumOf(table, path, period, where)
    return replace(named, kind=added_up.kind, meaning=meaning, definition=added, personal=personal)


def _is_number(column: Column | None) -> bool:
    return column is not None and column.kind in SUM_KINDS


def _table(node: Node | None, schema: Schema, problems: list[Problem]) -> str | None:
    assert node is not None  # who comes here has found a 'count of'
    return _known_table(node.text.strip() if isinstance(node, Scalar) else "", node, schema, problems)


def _known_table(name: str, node: Node, schema: Schema, problems: list[Problem]) -> str | None:
    known = tuple(event.name for event in schema.events())
    if name in known:
        return name
    hint = did_you_mean(name, known)
    problems.append(node.place.problem("unknown-table", f"unknown table '{name}'", hint))
    return None
