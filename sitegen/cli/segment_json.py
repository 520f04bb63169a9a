"""Write what is known of segments as JSON for scripts: ids, never names, unless somebody asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.audience.language.words import condition_in_words, in_words
from sitegen.audience.selection.explain import Answer, Explanation, Followed, Group, Known, Part
from sitegen.build.segment_changes import Change, Move
from sitegen.build.segment_tests import Failure, Tested
from sitegen.build.segments import Counts, Shown
from sitegen.model.segment import Segment


def document(value: Any) -> str:
    """One JSON document. Money is a string of digits, a day YYYY-MM-DD."""
    return json.dumps(value, indent=1, ensure_ascii=False)


def list_value(segments: Sequence[Segment], counts: Counts, before: Mapping[str, int], on: date) -> dict[str, Any]:
    """The segments with their counts; `overlap` only where it was counted."""
    rows = [
        {
            "id": segment.id,
            "title": segment.title,
            "priority": segment.priority,
            "count": counts.inside[segment.id],
            "primary": counts.primary[segment.id],
            "jump": None if segment.jump is None else f"{segment.jump:f}",
            "last_build": before.get(segment.id),
        }
        for segment in segments
    ]
    value = {"on": on.isoformat(), "customers": counts.customers, "segments": rows}
    shown = {segment.id for segment in segments}
    both = [{"segments": list(pair), "count": number} for pair, number in counts.both.items() if shown >= {*pair}]
    return {**value, "overlap": both} if both else value


def shown_value(segment: Segment, shown: Shown) -> dict[str, Any]:
    """One segment whole."""
    return {
        "id": segment.id,
        "title": segment.title,
        "why": segment.why,
        "priority": segment.priority,
        "unknown": segment.unknown,
        "jump": None if segment.jump is None else f"{segment.jump:f}",
        "rule": in_words(segment.rule),
        "place": f"{segment.place.file}:{segment.place.line}",
        "count": shown.count,
        "customers": shown.customers,
        "sample": list(shown.sample),
        **({"names": dict(shown.names)} if shown.names else {}),
        "sql": shown.sql,
        **({"veiled": True} if shown.veiled else {}),
    }


def explanation_value(explanation: Explanation, personal: bool) -> dict[str, Any]:
    """Whether a customer is in a segment, and the rule as a tree."""
    return {
        "segment": explanation.segment.id,
        "member": explanation.member,
        "place": f"{explanation.segment.place.file}:{explanation.segment.place.line}",
        "rule": _part(explanation.rule, personal),
    }


def tested_value(tested: Tested, personal: bool) -> dict[str, Any]:
    """How many expectations there are, and those that do not hold."""
    return {"expectations": tested.number, "failed": [_failure(one, personal) for one in tested.failures]}


def changes_value(changes: Iterable[Change], names: Mapping[str, str], first: date, last: date) -> dict[str, Any]:
    """Who came and who left."""
    rows = [
        {
            "id": change.segment.id,
            "before": change.before,
            "now": change.now,
            "entered": {"count": change.entered, "customers": _moves(change.came, names)},
            "left": {"count": change.left, "customers": _moves(change.went, names)},
        }
        for change in changes
    ]
    return {"from": first.isoformat(), "on": last.isoformat(), "segments": rows}


def _part(part: Part, personal: bool) -> dict[str, Any]:
    match part:
        case Group(word, holds, parts):
            return {word: [_part(inner, personal) for inner in parts], "holds": holds}
        case Followed(leaf, holds, inside):
            value = {"segment": leaf.segment, "negated": leaf.negated, "holds": holds}
            value["place"] = f"{leaf.place.file}:{leaf.place.line}"
            return value if inside is None else {**value, "rule": _part(inside.rule, personal)}
        case Answer():
            return _answer(part, personal)


def _answer(answer: Answer, personal: bool) -> dict[str, Any]:
    fact, place = answer.condition.fact, answer.condition.place
    hidden = fact.personal and not personal
    value: dict[str, Any] = {
        "condition": condition_in_words(answer.condition),
        "fact": fact.name,
        "holds": answer.holds,
        "known": answer.value is not None,
        "value": None if hidden else _plain(answer.value),
        "place": f"{place.file}:{place.line}",
    }
    if hidden:
        value["hidden"] = True
    elif answer.standing is not None:
        cut = answer.standing.cut
        value["rank"] = answer.standing.place
        value["cut"] = None if cut is None else {"value": _plain(cut.value), "inside": cut.inside, "known": cut.known}
    return value


def _plain(value: Known | None) -> str | int | bool | list[str] | None:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _failure(failure: Failure, personal: bool) -> dict[str, Any]:
    place = failure.expected.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "customer": failure.expected.customer_id,
        "expected": failure.expected.member,
        "on": failure.on.isoformat(),
        "explanation": explanation_value(failure.explanation, personal),
    }


def _moves(moves: Iterable[Move], names: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "customer": move.customer_id,
            "since": move.since.isoformat(),
            **({"name": names[move.customer_id]} if move.customer_id in names else {}),
        }
        for move in moves
    ]
