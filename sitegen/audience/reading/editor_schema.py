"""Describe the files of content/segments/ as a JSON Schema, so that editors complete and check them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.audience.language.events import events_of
from sitegen.audience.language.phrases import ANY_FORMS, FORMS, KIND_WORDS, SPAN_SHOWN, TEXT_FORMS, Form
from sitegen.audience.language.references import GIVEN
from sitegen.audience.reading.event_conditions import COUNTS, NONE
from sitegen.audience.reading.event_conditions import KEYS as EVENT_KEYS
from sitegen.audience.reading.groups import GROUPS, SEGMENT
from sitegen.audience.reading.own_facts import KEYS as FACT_KEYS
from sitegen.audience.reading.row_conditions import DAYS, PERIODS, row_facts
from sitegen.audience.reading.rules import FILE_KEYS, SEGMENT_KEYS
from sitegen.audience.reading.segment_keys import TEST_KEYS, UNKNOWN_POLICIES
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec
from sitegen.model.segment import Segment
from sitegen.model.table import Schema

Json = dict[str, Any]
NUMBER = "-?[0-9]+(\\.[0-9]+)?"
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
SPAN = f"{NUMBER} +(days?|weeks?|months?|years?)"
PLACES = (
    (SPAN_SHOWN, SPAN),
    ("[A, B]", "\\[.*[^ ].*\\]"),
    ("DATE", DATE),
    ("TEXT", "[^ ].*"),
    ("DOMAIN", "[^ ].*"),
    ("N%", f"{NUMBER} ?%"),
    ("N", NUMBER),
    ("M", NUMBER),
)
"""The patterns of the words that stand for something in the shown form of a phrase."""
TEXT: Json = {"type": ["string", "number"]}


def editor_schema(catalogue: Mapping[str, FactSpec], segments: Iterable[Segment], schema: Schema) -> Json:
    """The JSON Schema (2020-12) of a shop's segment files, with the names of its facts, events and segments.

    It lets through what the parser reads; of what the parser refuses it finds wrong words, not wrong values.
    """
    names = (*(segment.id for segment in segments if segment.named), *GIVEN)
    tables = [table.name for table in schema.events()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Customer segments of a sitegen shop",
        **_object(FILE_KEYS, {"timezone": TEXT, "facts": _named(_ref("fact")), "segments": _named(_ref("segment"))}),
        "$defs": {
            "segment": _segment(),
            "test": _object(TEST_KEYS, {"on": _text(DATE), "members": _ref("members"), "not members": _ref("members")}),
            "members": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
            "fact": _fact(tables),
            "rules": {"type": "array", "minItems": 1, "items": _ref("rule")},
            "rule": _rule(catalogue, names, schema),
            **{f"rows of {name}": _rows(schema, name) for name in tables},
            **{f"event of {name}": _event(name) for name in tables},
            **{kind.value: _phrase(kind, ()) for kind in Kind},
            **{f"{kind.value} of a row": _phrase(kind, (), ranked=False) for kind in Kind},
        },
    }


def _segment() -> Json:
    values = {
        "title": TEXT,
        "why": TEXT,
        "priority": {"type": "integer", "minimum": 0},
        **dict.fromkeys(GROUPS, _ref("rules")),
        "unknown": {"enum": list(UNKNOWN_POLICIES)},
        "jump": _text(f"{NUMBER} ?%"),
        "test": {"anyOf": [_ref("test"), {"type": "array", "items": _ref("test")}]},
    }
    return {**_object(SEGMENT_KEYS, values), "anyOf": [{"required": [group]} for group in GROUPS]}


def _fact(tables: list[str]) -> Json:
    """An own fact; its conditions are about the rows of the table that it counts or adds up."""
    values = {
        "sum of": _text(f"({'|'.join(map(_plain, tables))})\\..+"),
        "count of": {"enum": tables},
        **_periods(),
        "where": {"type": "object"},
    }
    counts = [_over({"const": name}, "count of", name) for name in tables]
    sums = [_over(_text(f"{_plain(name)}\\..+"), "sum of", name) for name in tables]
    return {
        **_object(FACT_KEYS, values),
        "oneOf": [{"required": ["sum of"]}, {"required": ["count of"]}],
        "allOf": [*counts, *sums],
    }


def _over(said: Json, key: str, table: str) -> Json:
    named = {"properties": {key: said}, "required": [key]}
    return {"if": named, "then": {"properties": {"where": _ref(f"rows of {table}")}}}


def _rule(catalogue: Mapping[str, FactSpec], names: Iterable[str], schema: Schema) -> Json:
    events = events_of(schema)
    said = {name: _about(fact) for name, fact in catalogue.items()}
    for word, event in events.items():
        counted = {**_ref(f"event of {event.table}"), "description": event.meaning}
        said[word] = {"anyOf": [said[word], counted]} if word in said else counted
    member = _text(f"is +(not +)?({'|'.join(map(_plain, names))})")
    properties = {**dict.fromkeys(GROUPS, _ref("rules")), SEGMENT: member, **said}
    return {**_closed(properties), "minProperties": 1, "maxProperties": 1}


def _event(table: str) -> Json:
    values = {
        **{word: _count(shown) for word, shown in COUNTS.items()},
        NONE: {"type": "null"},
        **_periods(),
        "with": _ref(f"rows of {table}"),
    }
    return {**_object(EVENT_KEYS, values), "minProperties": 1}


def _count(shown: str) -> Json:
    said = _text(_pattern(shown))
    return {"anyOf": [{"type": "number"}, said]} if shown == "N" else said


def _periods() -> Json:
    values = {"within last": SPAN, "within next": SPAN, "on": f"({DATE}|{'|'.join(DAYS)})"}
    return {word: _text(values.get(word, DATE)) for word in PERIODS}


def _rows(schema: Schema, table: str) -> Json:
    facts = row_facts(schema, table)
    return {**_closed({path: _about(fact, row=True) for path, fact in facts.items()}), "minProperties": 1}


def _about(fact: FactSpec, row: bool = False) -> Json:
    """The phrases about a fact, or about the column of a row, of which can't be said what ranks customers."""
    phrases = _ref(f"{fact.kind.value} of a row" if row else fact.kind.value)
    return {**(_phrase(fact.kind, fact.allowed, not row) if fact.allowed else phrases), "description": fact.meaning}


def _phrase(kind: Kind, allowed: tuple[str, ...], ranked: bool = True) -> Json:
    forms = [form for form in (*ANY_FORMS, *FORMS[kind]) if ranked or not _ranks(form)]
    patterns = (_pattern(form.shown, allowed if form in TEXT_FORMS[:3] else ()) for form in forms)
    shown = [form.shown for form in forms]
    return {**_text("|".join(patterns)), "description": KIND_WORDS[kind], "examples": shown}


def _ranks(form: Form) -> bool:
    return form.shown.startswith("top ")


def _pattern(shown: str, allowed: tuple[str, ...] = ()) -> str:
    """The pattern of a shown form; `allowed` are the only texts that it may name."""
    places = dict(PLACES)
    if allowed:
        one = f"[\"']?({'|'.join(map(_plain, allowed))})[\"']?"
        places |= {"TEXT": one, "[A, B]": f"\\[ *{one}( *, *{one})* *,? *\\]"}
    parts = re.split(f"({'|'.join(map(re.escape, places))})", shown)
    return "".join(places.get(part, _plain(part).replace(" ", " +")) for part in parts)


def _object(meanings: Mapping[str, str], values: Json) -> Json:
    """An object with just these keys and their meanings."""
    return _closed({key: {**values[key], "description": meaning} for key, meaning in meanings.items()})


def _closed(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _named(value: Json) -> Json:
    """Names with such values, or nothing at all."""
    return {"type": ["object", "null"], "additionalProperties": value}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name.replace(' ', '%20').replace('/', '~1')}"}


def _text(pattern: str) -> Json:
    return {"type": "string", "pattern": f"^ *({pattern}) *$"}


def _plain(text: str) -> str:
    # JavaScript refuses to escape what needs no escape, so re.escape says too much.
    return re.sub(r"([\\^$.|?*+()\[\]{}])", r"\\\1", text)
