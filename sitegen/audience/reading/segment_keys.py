"""Read what a segment says besides its rule: words, priority, the worth of missing values, its bound, its tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from sitegen.audience.language.phrases import Unreadable, day, number
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.segment import Expected, SegmentTest
from sitegen.model.tree import Mapping, Node, Scalar, Sequence

UNKNOWN_POLICIES = ("leave out", "include", "fail")
TEST_KEYS = {
    "on": "DATE; without it, the day of the run",
    "members": "CUSTOMER, or [CUSTOMER, ...]; who must be in the segment",
    "not members": "CUSTOMER, or [CUSTOMER, ...]; who must not be in it",
}
LARGEST_JUMP = 10_000
"""Per cent; a segment may grow to a hundred times its size."""


def text_of(body: Mapping, key: str, problems: list[Problem]) -> str:
    """The text of a key, "" where there is none."""
    node = body.get(key)
    if node is None or isinstance(node, Scalar):
        return node.text.strip() if node else ""
    problems.append(node.place.problem("wrong-form", f"'{key}' must be a text"))
    return ""


def priority_of(body: Mapping, problems: list[Problem]) -> int:
    """The priority, 100 where none is named."""
    node = body.get("priority")
    if node is None:
        return 100
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdigit() and len(node.text) <= 6:
        return int(node.text)
    said = f"'{node.text}'" if isinstance(node, Scalar) else "this"
    hint = "write a whole number; where one message may go out, the lowest wins"
    problems.append(node.place.problem("wrong-value", f"{said} is not a priority", hint))
    return 100


def unknown_of(body: Mapping, problems: list[Problem]) -> Literal["leave out", "include", "fail"]:
    """What a condition on a missing value is worth."""
    text = text_of(body, "unknown", problems)
    node = body.get("unknown")
    if node is None or text in UNKNOWN_POLICIES:
        return cast("Literal['leave out', 'include', 'fail']", text or "leave out")
    if isinstance(node, Scalar):
        hint = did_you_mean(text, UNKNOWN_POLICIES)
        problems.append(node.place.problem("unknown-word", f"unknown policy '{text}' for missing values", hint))
    return "leave out"


def jump_of(body: Mapping, problems: list[Problem]) -> Decimal | None:
    """The per cent by which the segment's count may change, None where no bound is named."""
    node = body.get("jump")
    if node is None:
        return None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    try:
        found = number(text.removesuffix("%").rstrip()) if text.endswith("%") else None
    except Unreadable:
        found = None
    if found is not None and 0 <= found <= LARGEST_JUMP:
        return found
    hint = "write per cent: 20%, by which its count may change from one build to the next"
    problems.append(node.place.problem("wrong-value", f"'{text}' is not a bound for a jump", hint))
    return None


def tests_of(body: Mapping, problems: list[Problem]) -> tuple[SegmentTest, ...]:
    """The tests below `test:`, which holds one mapping or a list of them."""
    node = body.get("test")
    if node is None:
        return ()
    nodes = node.items if isinstance(node, Sequence) and node.items else (node,)
    return tuple(test for one in nodes if (test := _test(one, problems)) is not None)


def strange_keys(node: Mapping, known: Iterable[str], what: str, conditions: Iterable[str] = ()) -> Iterator[Problem]:
    """A problem for each key that is not known; one of `conditions` is told where it belongs."""
    choices = tuple(known)
    for entry in node.entries:
        key = entry.key.text
        if key not in choices:
            hint = (
                f"put it into a list below 'all:': '- {key}: ...'" if key in conditions else did_you_mean(key, choices)
            )
            yield entry.key.place.problem("unknown-key", f"unknown key '{key}' in {what}", hint)


def _test(node: Node, problems: list[Problem]) -> SegmentTest | None:
    example = "write {members: [C-1], not members: [C-2]}"
    if not isinstance(node, Mapping):
        problems.append(node.place.problem("wrong-form", "a test says who is a member", example))
        return None
    problems += strange_keys(node, TEST_KEYS, "a test")
    expected = (*_expected(node, "members", problems), *_expected(node, "not members", problems))
    if not expected:
        problems.append(node.place.problem("empty-test", "this test names no customers", example))
    first: dict[str, Expected] = {}
    for one in expected:
        if first.setdefault(one.customer_id, one) is not one:
            hint = f"the first time on line {first[one.customer_id].place.line}"
            message = f"the customer '{one.customer_id}' stands twice in this test"
            problems.append(one.place.problem("duplicate-name", message, hint))
    return SegmentTest(tuple(first.values()), _day(node, problems))


def _expected(node: Mapping, key: str, problems: list[Problem]) -> Iterator[Expected]:
    value = node.get(key)
    items = value.items if isinstance(value, Sequence) else (value,) if value is not None else ()
    for item in items:
        name = item.text.strip() if isinstance(item, Scalar) else ""
        if name:
            yield Expected(name, key == "members", item.place)
        else:
            problems.append(item.place.problem("wrong-form", f"'{key}' must name customers", "write their ids: [C-1]"))


def _day(node: Mapping, problems: list[Problem]) -> date | None:
    value = node.get("on")
    if value is None:
        return None
    try:
        return day(value.text.strip() if isinstance(value, Scalar) else "")
    except Unreadable as wrong:
        problems.append(value.place.problem("wrong-value", wrong.message, wrong.hint))
        return None
