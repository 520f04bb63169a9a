"""Whom a block is for: those who are in its audience and in its page's, never more."""

from __future__ import annotations

import pytest

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.content.audiences import Audiences
from sitegen.content.body import parse_body
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.rule import All, SegmentIs
from sitegen.model.segment import Segment

FILE = "content/pages/tea.md"


def audiences() -> Audiences:
    return Audiences(CATALOGUE, frozenset({"gold", "silver"}), [])


def narrowed(page: str, block: str) -> tuple[str, Audiences]:
    found = audiences()
    problems: list[Problem] = []
    body = found.narrow(parse_body(f"::: audience {block}\nwords\n:::", FILE, 1, problems), page)
    assert problems == []
    return body.blocks[0].audience, found


@pytest.mark.parametrize(
    ("page", "block", "readers"),
    [
        ("public", "gold", "gold"),
        ("public", "everyone", "everyone"),
        ("public", "public", "public"),
        ("everyone", "gold", "gold"),
        ("everyone", "everyone", "everyone"),
        ("gold", "gold", "gold"),
        # Neither opens the block of a gold page to anybody else.
        ("gold", "everyone", "gold"),
        ("gold", "public", ""),
        ("everyone", "public", ""),
    ],
)
def test_a_block_is_for_those_whom_both_audiences_let_in(page: str, block: str, readers: str) -> None:
    found, known = narrowed(page, block)
    assert (found, known.problems, known.made) == (readers, [], {})


def test_a_block_for_others_than_its_page_is_for_those_who_are_both() -> None:
    found, known = narrowed("gold", "silver")
    rule = known.made[found].rule
    assert isinstance(rule, All)
    assert {part.segment for part in rule.parts if isinstance(part, SegmentIs)} == {"gold", "silver"}
    assert not known.made[found].named


def test_an_unknown_audience_of_a_block_is_told_on_its_line() -> None:
    found = audiences()
    body = parse_body("one\n\n::: audience glod\nwords\n:::", FILE, 5, found.problems)
    found.narrow(body, "everyone")
    (problem,) = found.problems
    assert (problem.code, problem.line, problem.hint) == ("unknown-segment", 7, "did you mean 'gold'?")


def read(text: str) -> tuple[str, Audiences]:
    found = audiences()
    return found.read(Keys(read_yaml(text, FILE), found.problems, "this page"), "everyone"), found


@pytest.mark.parametrize("name", ["public", "everyone", "staff", "owner", "gold"])
def test_a_known_name_is_taken(name: str) -> None:
    found, known = read(f"audience: {name}")
    assert (found, known.problems) == (name, [])


@pytest.mark.parametrize("text", ["title: A", "audience:"])
def test_an_absent_audience_is_the_default_and_never_the_public(text: str) -> None:
    assert read(text)[0] == "everyone"


def test_a_rule_on_the_spot_becomes_a_segment_once() -> None:
    found = audiences()
    names = {
        found.read(Keys(read_yaml(text, FILE), found.problems, "this page"), "")
        for text in ("audience: {all: [{segment: is gold}]}", "audience:\n  all:\n    - segment: is gold\n")
    }
    assert found.problems == []
    (name,) = names
    assert isinstance(found.made[name], Segment)
    assert name.startswith("rule-")


@pytest.mark.parametrize("text", ["audience: [gold]", "audience: {alll: []}", "audience: ''"])
def test_what_is_no_audience_is_told(text: str) -> None:
    assert read(text)[1].problems
