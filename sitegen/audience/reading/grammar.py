"""Print the whole rule language, made from the very tables by which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from sitegen.audience.language.catalogue import CATALOGUE, reference_word
from sitegen.audience.language.events import Event, events_of
from sitegen.audience.language.phrases import ANY_FORMS, FORMS, KIND_WORDS, Form
from sitegen.audience.reading.event_conditions import KEYS as EVENT_KEYS
from sitegen.audience.reading.groups import DEEPEST, GROUPS, SEGMENT, SEGMENT_FORMS
from sitegen.audience.reading.own_facts import KEYS as FACT_KEYS
from sitegen.audience.reading.rules import FILE_KEYS, SEGMENT_KEYS
from sitegen.audience.reading.segment_keys import TEST_KEYS
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD, Schema

WIDTH = 80
TIED = "\u00a0"
"""Stands for a space at which no line ends."""
DAYS = (
    "'within last' and 'within next' count today in. Months and years end on the last day of a month that is too"
    " short. Who was born on 29 February celebrates on 28 February in common years; a lunar day that is not in a"
    " year is celebrated on the last day before it, one of a leap month in its plain month."
)
ROWS = (
    "Days after today count only within the next days, and on a day. Orders that were returned or cancelled count"
    " only where their status is asked for."
)


def grammar(facts: Mapping[str, FactSpec] = CATALOGUE, schema: Schema = STANDARD) -> str:
    """The language as text, WIDTH columns wide: keys, phrases by kind, and a shop's facts, events and columns."""
    events = events_of(schema)
    sections = {
        "A file of content/segments/": _keys(FILE_KEYS),
        "SEGMENT": _keys(SEGMENT_KEYS),
        "TEST": _keys(TEST_KEYS),
        "RULE": _rules(),
        "FACT (an own one)": _keys(FACT_KEYS),
        "EVENT": _keys(EVENT_KEYS),
        "PHRASE": _phrases(),
        "Days": _text(DAYS),
        "Rows": _text(ROWS),
        "The facts": _facts(facts.values()),
        "The events": _events(events.values()),
        "The columns of the tables": _columns(schema),
    }
    return "\n\n".join("\n".join((title, *lines)) for title, lines in sections.items()) + "\n"


def _keys(keys: Mapping[str, str]) -> Iterator[str]:
    return (line for key, meaning in keys.items() for line in _item(f"{key}:", meaning))


def _rules() -> Iterator[str]:
    meanings = dict(zip(GROUPS, ("every one holds", "at least one holds", "none of them holds"), strict=True))
    for name, meaning in meanings.items():
        yield from _item(f"{name}:", f"[RULE, ...]; {meaning}; up to {DEEPEST} deep")
    yield from _item(f"{SEGMENT}:", " | ".join(SEGMENT_FORMS))
    yield from _item("FACT:", "PHRASE")
    yield from _item("EVENT:", "{COUNT, PERIOD, with: {COLUMN: PHRASE, ...}}; at least once, where no COUNT is named")


def _phrases() -> Iterator[str]:
    kinds: dict[tuple[Form, ...], dict[str, list[Kind]]] = {}
    for kind, forms in FORMS.items():
        kinds.setdefault(forms, {}).setdefault(KIND_WORDS[kind], []).append(kind)
    for forms, words in kinds.items():
        named = "; ".join(f"{word} ({', '.join(some)})" for word, some in words.items())
        yield from _item(named, " | ".join(form.shown for form in forms))
    yield from _item("any of them", " | ".join(form.shown for form in ANY_FORMS))


def _facts(facts: Iterable[FactSpec]) -> Iterator[str]:
    kinds: dict[str, list[FactSpec]] = {}
    for fact in facts:
        kinds.setdefault(KIND_WORDS[fact.kind], []).append(fact)
    for words, some in kinds.items():
        yield f"  {words}"
        for fact in sorted(some, key=lambda fact: fact.name):
            allowed = f" ({' | '.join(fact.allowed)})" if fact.allowed else ""
            yield from _item(f"  {fact.name}", f"{fact.meaning}{allowed}")


def _events(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        yield from _item(event.word, f"{event.meaning}; counts {event.table}")


def _columns(schema: Schema) -> Iterator[str]:
    for table in schema.tables:
        here = (f"{column.name}{TIED}({column.kind})" for column in table.columns)
        there = (
            f"{reference_word(column)}.COLUMN of {column.refers_to}".replace(" ", TIED)
            for column in table.columns
            if column.refers_to
        )
        yield from _item(table.name, ", ".join((*here, *there)))


def _item(name: str, text: str) -> Iterator[str]:
    """A name, and beside it, or below where it is long, what is said of it."""
    lines = wrap(text, WIDTH - 30, break_on_hyphens=False) or [""]
    if len(name) > 26:
        yield from _text(name)
        name = ""
    for line in lines:
        yield f"  {name:<27} {line}".rstrip().replace(TIED, " ")
        name = ""


def _text(text: str) -> Iterator[str]:
    return (f"  {line}" for line in wrap(text, WIDTH - 2))
