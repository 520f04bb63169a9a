"""The sample shop's segments show the whole rule language in use, and what their tests expect holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from sitegen.audience.language.events import is_event
from sitegen.audience.language.phrases import ANY_FORMS, FORMS, Form
from sitegen.audience.language.references import with_references
from sitegen.audience.reading import event_conditions, own_facts
from sitegen.audience.reading.groups import GROUPS, SEGMENT
from sitegen.audience.reading.row_conditions import DAYS
from sitegen.audience.reading.rules import FILE_KEYS, SEGMENT_KEYS
from sitegen.audience.reading.segment_keys import TEST_KEYS, UNKNOWN_POLICIES
from sitegen.build.segment_tests import run_tests
from sitegen.content.project import read_project
from sitegen.content.yaml_tree import read_yaml
from sitegen.data.engine import open_customers
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.rule import Condition, Rule, SegmentIs, Unit
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import Setting, render_site

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "content" / "segments").glob("*.yaml"))
TREES = [read_yaml(file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()) for file in FILES]
PROJECT = read_project(ROOT)
SEGMENTS = [segment for segment in PROJECT.segments if segment.named]


def entries(node: Node | None) -> Iterator[Entry]:
    """Every key with its value, at any depth."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry
            yield from entries(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from entries(item)


def keys_of(nodes: Iterable[Node | None]) -> set[str]:
    return {entry.key.text for node in nodes if isinstance(node, Mapping) for entry in node.entries}


def values_of(key: str, nodes: Iterable[Node]) -> Iterator[Node]:
    return (entry.value for node in nodes for entry in entries(node) if entry.key.text == key)


def below(key: str) -> list[Mapping]:
    """What each file's `facts:` or `segments:` holds by name."""
    found = [tree.get(key) for tree in TREES]
    return [entry.value for node in found if isinstance(node, Mapping) for entry in node.entries
            if isinstance(entry.value, Mapping)]  # fmt: skip


def conditions(rules: Iterable[Rule]) -> Iterator[Condition]:
    """Every condition, those on the rows of events and own facts included."""
    for rule in rules:
        if isinstance(rule, Condition):
            yield rule
            if is_event(rule.fact) and rule.fact.definition is not None:
                yield from conditions(rule.fact.definition.where)
        elif not isinstance(rule, SegmentIs):
            yield from conditions(rule.parts)


def asked() -> list[Condition]:
    facts = [part for fact in PROJECT.facts if fact.definition for part in fact.definition.where]
    return list(conditions([*(segment.rule for segment in SEGMENTS), *facts]))


WRITTEN: dict[Place, str] = {
    entry.key.place: " ".join(entry.value.text.split())
    for tree in TREES
    for entry in entries(tree)
    if isinstance(entry.value, Scalar)
}
"""What follows a key on its line, by the key's place."""


def used_forms() -> set[tuple[tuple[Form, ...], str]]:
    """The forms that read the sample's phrases, each with the list from which it was taken."""
    found = set()
    for condition in asked():
        text = WRITTEN.get(condition.place)
        if text is not None:  # an event has a mapping there
            for forms in (ANY_FORMS, FORMS[condition.fact.kind]):
                form = next((form for form in forms if form.pattern.fullmatch(text)), None)
                if form is not None:
                    found.add((forms, form.shown))
                    break
    return found


USED = used_forms()
EVENTS = [value for word in {leaf.fact.name for leaf in asked() if is_event(leaf.fact)}
          for value in values_of(word, TREES) if isinstance(value, Mapping)]  # fmt: skip


@pytest.mark.parametrize("forms", {ANY_FORMS: 0, **dict.fromkeys(FORMS.values(), 0)}, ids=lambda forms: forms[0].shown)
def test_every_form_of_phrase_is_used(forms: tuple[Form, ...]) -> None:
    assert {form.shown for form in forms} - {shown for used, shown in USED if used == forms} == set()


def test_every_kind_of_fact_is_asked_for() -> None:
    assert set(FORMS) - {condition.fact.kind for condition in asked()} == set()


def test_every_key_of_a_file_a_segment_and_a_test_is_used() -> None:
    segments = below("segments")
    held = tuple(values_of("test", TREES))
    tests = [item for node in held for item in (node.items if isinstance(node, Sequence) else (node,))]
    assert set(FILE_KEYS) - keys_of(TREES) == set()
    assert set(SEGMENT_KEYS) - keys_of(segments) == set()
    assert set(TEST_KEYS) - keys_of(tests) == set()
    assert {Mapping, Sequence} == {type(node) for node in held}


def test_every_worth_of_missing_values_is_chosen_by_a_segment() -> None:
    assert set(UNKNOWN_POLICIES) == {node.text for node in values_of("unknown", TREES) if isinstance(node, Scalar)}


@pytest.mark.parametrize("inner", GROUPS)
def test_every_group_stands_inside_another_one(inner: str) -> None:
    holders = {outer for outer in GROUPS for node in values_of(outer, below("segments")) if isinstance(node, Sequence)
               for item in node.items if isinstance(item, Mapping) and item.get(inner) is not None}  # fmt: skip
    assert holders - {inner}


def test_a_segment_asks_for_another_and_for_another_not() -> None:
    words = {node.text.split()[:-1][-1] for node in values_of(SEGMENT, TREES) if isinstance(node, Scalar)}
    assert words == {"is", "not"}


def test_every_key_of_an_own_fact_is_used() -> None:
    assert set(own_facts.KEYS) - keys_of(below("facts")) == set()


def test_every_key_of_an_event_and_every_day_by_name_is_used() -> None:
    assert set(event_conditions.KEYS) - keys_of(EVENTS) == set()
    assert set(DAYS) - {node.text for node in values_of("on", EVENTS) if isinstance(node, Scalar)} == set()


def test_every_unit_of_a_period_is_used() -> None:
    words = {word for text in WRITTEN.values() for word in text.split()}
    assert {unit for unit in Unit if {unit.value, unit.value.removesuffix("s")} & words} == set(Unit)


def test_a_table_of_the_shops_own_is_asked_for() -> None:
    assert "repairs" in {condition.fact.name for condition in asked()}


def test_every_segment_says_why_in_words_that_a_letter_can_go_on_after() -> None:
    assert [segment.id for segment in SEGMENTS if not segment.why or segment.why[-1] in ".!。！"] == []


def test_what_the_segments_expect_holds_on_the_samples_day() -> None:
    with open_customers(ROOT, PROJECT.shop) as engine:
        tested = run_tests(PROJECT, engine, date(2026, 9, 8))
    assert tested.failures == ()
    assert tested.segments >= 10
    assert {test.on for segment in SEGMENTS for test in segment.tests} > {date(2026, 9, 8)}


def test_a_segment_that_no_page_is_for_has_no_key_on_the_site() -> None:
    setting = Setting(lambda logical: logical, lambda spelled: f"m/{spelled}/", "sg/runtime.js", "", False, "sitegen")
    site = render_site(PROJECT, Day(date(2026, 9, 8), False), setting)
    keys = {menu.segment for menu in site.navigation} | {name for thing in site.gated for name in thing.segments}
    mixed: tuple[Page | Campaign, ...] = (*PROJECT.pages, *PROJECT.campaigns)
    pages = [page for page in mixed if isinstance(page, Page) or Channel.PAGE in page.channels]
    audiences = {name for page in pages for name in (page.audience, *page.body.audiences)}
    meant = tuple(segment for segment in PROJECT.segments if segment.id in audiences)
    needed = {EVERYONE, *(segment.id for segment in with_references(meant, PROJECT.segments))}
    assert {"gold", "silver"} <= keys <= needed
    assert len(needed & {segment.id for segment in SEGMENTS}) < len(SEGMENTS) / 2
