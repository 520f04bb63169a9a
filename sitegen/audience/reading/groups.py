"""Read the groups of a rule: all, any and none of conditions, as deep as they stand."""

from __future__ import annotations

from collections.abc import Mapping as Names

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.language.vocabulary import Vocabulary, vocabulary
from sitegen.audience.reading.conditions import parse_condition
from sitegen.audience.reading.event_conditions import parse_event
from sitegen.errors import Problem
from sitegen.model.rule import All, Any, Condition, FactSpec, None_, Rule, SegmentIs
from sitegen.model.table import STANDARD, Schema
from sitegen.model.tree import Entry, Mapping, Node, Scalar, Sequence

GROUPS: dict[str, type[All | Any | None_]] = {"all": All, "any": Any, "none": None_}
SEGMENT = "segment"
SEGMENT_FORMS = ("is NAME", "is not NAME")
DEEPEST = 12


def parse_rule(
    node: Node, catalogue: Names[str, FactSpec], schema: Schema = STANDARD
) -> tuple[Rule | None, tuple[Problem, ...]]:
    """The rule of a mapping (`{all: [...]}`, `{segment: is not lapsed}`), or None and the problems with it."""
    problems: list[Problem] = []
    if not isinstance(node, Mapping) or not node.entries:
        hint = "write {all: [...]}, or the name of a segment"
        return None, (node.place.problem("wrong-form", "a rule holds conditions", hint),)
    if len(node.entries) > 1 and any(entry.key.text not in GROUPS for entry in node.entries):
        hint = "put them into a list below 'all:', each with '- '"
        return None, (node.place.problem("wrong-form", "several conditions stand side by side", hint),)
    rule = together(node.entries, vocabulary(catalogue, schema), problems)
    return (None, tuple(problems)) if problems else (rule, ())


def together(entries: tuple[Entry, ...], words: Vocabulary, problems: list[Problem]) -> Rule:
    """The rule of groups, or conditions, that stand side by side: all of them hold."""
    parts = [_part(entry, words, problems, 0) for entry in entries]
    good = tuple(part for part in parts if part is not None)
    return good[0] if len(good) == 1 else All(good)


def _part(entry: Entry, words: Vocabulary, problems: list[Problem], depth: int) -> Rule | None:
    """One line of a rule: a group, a segment, an event, or a condition on a fact."""
    name, value = entry.key.text, entry.value
    if name in GROUPS:
        return _group(entry, words, problems, depth)
    if name in words.events and (name not in words.facts or isinstance(value, Mapping)):
        return parse_event(entry, words.events[name], words.schema, problems)
    if name == SEGMENT:
        found: SegmentIs | Condition | Problem = _segment_is(entry)
    elif isinstance(value, Mapping) and not _has_groups(value):
        found = _no_event(entry.key, value, words)
    else:
        found = parse_condition(entry, words.facts, (*GROUPS, SEGMENT, *words.events))
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _group(entry: Entry, words: Vocabulary, problems: list[Problem], depth: int) -> Rule | None:
    name, value = entry.key.text, entry.value
    if depth >= DEEPEST:
        hint = "make a segment of the inner part, and refer to it"
        problems.append(entry.key.place.problem("too-deep", f"groups stand more than {DEEPEST} deep", hint))
        return None
    if not isinstance(value, Sequence) or not value.items:
        hint = "write a list below it: '- last order: within last 365 days'"
        problems.append(value.place.problem("wrong-form", f"'{name}' must hold a list of conditions", hint))
        return None
    lines = [_only_entry(item, problems) for item in value.items]
    parts = [_part(line, words, problems, depth + 1) for line in lines if line is not None]
    return GROUPS[name](tuple(part for part in parts if part is not None))


def _only_entry(item: Node, problems: list[Problem]) -> Entry | None:
    if isinstance(item, Mapping) and len(item.entries) == 1:
        return item.entries[0]
    if isinstance(item, Mapping) and item.entries:
        second = item.entries[1].key
        message = f"'{second.text}' stands in the same condition as '{item.entries[0].key.text}'"
        problems.append(second.place.problem("wrong-form", message, "put '- ' in front of it"))
        return None
    said = f"'{item.text}' is not a condition" if isinstance(item, Scalar) else "this is not a condition"
    problems.append(item.place.problem("wrong-form", said, "write 'fact: phrase', like 'orders: at least 2'"))
    return None


def _no_event(key: Scalar, value: Mapping, words: Vocabulary) -> Problem:
    """Something is counted that is no event: a fact, or a word that nobody knows."""
    near = did_you_mean(key.text, words.events)
    if key.text not in words.facts:
        return key.place.problem("unknown-event", f"unknown event '{key.text}'", near)
    match value.entries:
        case (Entry(key=Scalar(text=phrase), value=Scalar(text=rest)),):
            hint = f"write '{key.text}: {f'{phrase} {rest}'.strip()}'"
        case _:
            hint = f"write '{key.text}: is known', or another phrase on one line"
    if near.startswith("did you mean"):
        hint += f"; or did you mean the event {near.removeprefix('did you mean ')}"
    message = f"'{key.text}' is a fact and no event: a phrase must follow it on the same line"
    return value.place.problem("wrong-form", message, hint)


def _has_groups(value: Mapping) -> bool:
    return any(entry.key.text in GROUPS and isinstance(entry.value, Sequence) for entry in value.entries)


def _segment_is(entry: Entry) -> SegmentIs | Problem:
    words = entry.value.text.split() if isinstance(entry.value, Scalar) else []
    match words:
        case ["is", "not", name]:
            return SegmentIs(name, entry.value.place, negated=True)
        case ["is", name] if name != "not":
            return SegmentIs(name, entry.value.place)
    hint = f"allowed: {', '.join(SEGMENT_FORMS)}"
    return entry.value.place.problem("bad-phrase", f"cannot read '{' '.join(words)}': a segment is, or is not", hint)
