"""Read conditions on events: how often something happened, when, and with which properties."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from sitegen.audience.language.events import PREFIX, Event
from sitegen.audience.language.phrases import parse_phrase
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.language.words import condition_in_words, phrase_in_words
from sitegen.audience.reading.row_conditions import PERIODS, read_conditions, read_period, row_facts
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.rule import AtLeast, Condition, CountOf, FactSpec, NumberIs, Phrase, RowPeriod
from sitegen.model.table import Schema
from sitegen.model.tree import Entry, Mapping, Scalar

COUNTS = {
    "at least": "N",
    "more than": "N",
    "at most": "N",
    "less than": "N",
    "between": "N and M",
    "is": "N",
}
"""The count phrases, as keys; `none` has no value."""
NONE = "none"
KEYS = {
    **{word: f"{value} times" for word, value in COUNTS.items()},
    NONE: "no value; not once",
    **{word: period.shown for word, period in PERIODS.items()},
    "with": "{COLUMN: PHRASE, ...}; only rows of which all of this is true",
}
EXAMPLE = "{at least: 1, within last: 30 days}"


def parse_event(entry: Entry, event: Event, schema: Schema, problems: list[Problem]) -> Condition | None:
    """The condition on the number of an event's rows: at least one, where no count is named.

    `ordered: {at least: 1, within last: 8 days, with: {amount: more than 2000}}` becomes a phrase about a fact that
    is called after the event and counts its rows. None where something is wrong; that is added to `problems`.
    """
    body = entry.value
    if not isinstance(body, Mapping) or not body.entries:
        hint = f"write '{event.word}: {EXAMPLE}'"
        problems.append(body.place.problem("wrong-form", f"'{event.word}' is an event, and must be counted", hint))
        return None
    before = len(problems)
    _check_keys(body, event, problems)
    phrase = _count(body, event, problems)
    period = read_period(body, problems)
    node = body.get("with")
    asked = read_conditions(node, event.table, schema, "with", problems) if node else ()
    problems += [problem for condition in asked if (problem := _doubled(condition, event))]
    if len(problems) > before:
        return None
    return Condition(_fact(event, period, asked, schema, entry), phrase, entry.key.place)


def _check_keys(body: Mapping, event: Event, problems: list[Problem]) -> None:
    for entry in body.entries:
        key = entry.key
        if key.text in KEYS:
            continue
        message = f"unknown key '{key.text}' in the event '{event.word}'"
        hint = did_you_mean(key.text, KEYS)
        if key.text.startswith("top"):
            message = f"'{key.text}' ranks customers, and '{event.word}' is counted for each of them"
            hint = f"make a fact of it, {{count of: {event.table}}}, and rank the customers by that"
        problems.append(key.place.problem("unknown-key", message, hint))


def _count(body: Mapping, event: Event, problems: list[Problem]) -> Phrase:
    """The count phrase; what to return where it can't be read does not matter."""
    found = [entry for entry in body.entries if entry.key.text in (*COUNTS, NONE)]
    if not found:
        return AtLeast(_ONE)
    for second in found[1:]:
        message = f"'{second.key.text}' stands beside '{found[0].key.text}'"
        problems.append(second.key.place.problem("wrong-form", message, "one count is enough: between: 2 and 5"))
    key, node = found[0].key.text, found[0].value
    text = node.text.strip() if isinstance(node, Scalar) else "..."
    if key == NONE:
        if text:
            hint = "write none alone: {none, within last: 8 days}"
            problems.append(node.place.problem("wrong-value", "'none' has no value", hint))
        return NumberIs(_ZERO)
    phrase = parse_phrase(f"{key} {text}", FactSpec(event.word, Kind.INTEGER, ""), node.place)
    if isinstance(phrase, Problem):
        problems.append(phrase)
        return AtLeast(_ONE)
    return phrase


def _doubled(condition: Condition, event: Event) -> Problem | None:
    """A condition on a column about which the event's word has decided already."""
    path = condition.fact.name
    meant = dict(event.fixed).get(path)
    if meant is None:
        return None
    message = f"'{event.word}' says already: {path} {phrase_in_words(meant)}"
    return condition.place.problem("wrong-form", message, "leave it out, or take another event")


def _fact(
    event: Event, period: RowPeriod | None, asked: tuple[Condition, ...], schema: Schema, entry: Entry
) -> FactSpec:
    """The number of rows. Its column is named by what is counted, so that the same question is reckoned once."""
    given = row_facts(schema, event.table)
    fixed = tuple(Condition(given[path], phrase, entry.key.place) for path, phrase in event.fixed)
    where = (*fixed, *asked)
    said = [event.table, phrase_in_words(period) if period else "", *map(condition_in_words, where)]
    digest = sha256("\n".join(said).encode()).hexdigest()[:12]
    personal = any(condition.fact.personal for condition in where)
    definition = CountOf(event.table, period, where)
    return FactSpec(event.word, Kind.INTEGER, PREFIX + digest, event.meaning, definition, personal=personal)


_ZERO, _ONE = Decimal(0), Decimal(1)
