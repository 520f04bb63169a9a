"""Read one condition: a fact and a phrase about it."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.audience.language.phrases import KIND_WORDS, parse_phrase
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.rule import Condition, FactSpec
from sitegen.model.tree import Entry, Scalar, Sequence


def parse_condition(
    entry: Entry, catalogue: Mapping[str, FactSpec], other_words: tuple[str, ...] = ()
) -> Condition | Problem:
    """The condition that one key and its value say. `other_words` may stand there instead of a fact."""
    name, value = entry.key.text, entry.value
    fact = catalogue.get(name)
    if fact is None:
        hint = did_you_mean(name, (*catalogue, *other_words))
        return entry.key.place.problem("unknown-fact", f"unknown fact '{name}'", hint)
    if isinstance(value, Sequence):
        return _list_as_value(fact, value)
    if not isinstance(value, Scalar):
        message = f"'{name}' must be followed by a phrase: it is {KIND_WORDS[fact.kind]}"
        return value.place.problem("wrong-form", message, f"write '{name}: is known', or another phrase on one line")
    phrase = parse_phrase(value.text, fact, value.place)
    return phrase if isinstance(phrase, Problem) else Condition(fact, phrase, entry.key.place)


def _list_as_value(fact: FactSpec, value: Sequence) -> Problem:
    """YAML's own list has no word that says how it is meant."""
    texts = ", ".join(item.text if isinstance(item, Scalar) else "..." for item in value.items)
    message = f"a list says nothing about '{fact.name}': it is {KIND_WORDS[fact.kind]}"
    match fact.kind:
        case Kind.TEXT:
            hint = f"write '{fact.name}: one of [{texts}]'; between {{ and }} in quotes"
        case Kind.LIST:
            hint = f"write '{fact.name}: has any of [{texts}]'; between {{ and }} in quotes"
        case _:
            hint = f"write '{fact.name}: is known', or another phrase on one line"
    return value.place.problem("wrong-form", message, hint)
