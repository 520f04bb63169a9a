"""Each getter answers a value of its type, or says what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.keys import MOST, Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.channel import Channel, Kind
from sitegen.model.tree import Place, Scalar

FILE = "content/site.yaml"


def keys(text: str) -> tuple[Keys, list[Problem]]:
    problems: list[Problem] = []
    return Keys(read_yaml(text, FILE), problems, "this page"), problems


def only(problems: list[Problem]) -> tuple[str, str, str]:
    (problem,) = problems
    return problem.code, problem.message, problem.hint


def test_values_of_the_right_form_come_back_typed() -> None:
    found, problems = keys(
        "t: Tea\ny: yes\nn: No\ni: -12\nd: 2.50\nday: 2026-09-25\nk: event\no: week\nl: [a, b]\none: a\nm: {x: 1}\n"
    )
    assert (found.text("t"), found.yes_no("y", False), found.yes_no("n", True)) == ("Tea", True, False)
    assert (found.integer("i", 0), found.decimal("d"), found.day("day")) == (-12, Decimal("2.50"), date(2026, 9, 25))
    assert found.choice("k", Kind, Kind.HOLIDAY) is Kind.EVENT
    assert found.one_of("o", ("day", "week"), "day") == "week"
    assert (found.texts("l"), found.texts("one")) == (("a", "b"), ("a",))
    inner = found.keys("m")
    assert inner
    assert inner.text("x") == "1"
    found.finish()
    inner.finish()
    assert problems == []


@pytest.mark.parametrize("text", ["a: 1", "a: 1\nx:\n"])
def test_an_absent_or_empty_key_gives_the_default(text: str) -> None:
    found, problems = keys(text)
    assert found.text("x", "default") == "default"
    assert found.yes_no("x", True) is True
    assert found.integer("x", 7) == 7
    assert found.decimal("x", Decimal(3)) == 3
    assert found.day("x") is None
    assert found.choice("x", Channel, Channel.MAIL) is Channel.MAIL
    assert found.one_of("x", ("a", "b"), "b") == "b"
    assert (found.texts("x"), found.keys("x")) == ((), None)
    assert problems == []


def test_quoted_nothing_is_a_value() -> None:
    found, _ = keys("x: ''")
    assert found.text("x", "default") == ""


def test_a_required_key_that_is_missing_is_told_at_the_mapping() -> None:
    found, problems = keys("a: 1")
    assert found.text("title", required=True) == ""
    assert only(problems) == ("missing-key", "this page has no 'title'", "add a line 'title: ...'")
    assert problems[0].line == 1


@pytest.mark.parametrize(
    ("getter", "text", "expected"),
    [
        ("yes_no", "maybe", "yes or no"),
        ("yes_no", "1", "yes or no"),
        ("integer", "2.5", "a whole number"),
        ("integer", "9" * 5000, "a whole number"),
        ("integer", str(MOST + 1), "a whole number"),
        ("decimal", "1,5", "a number like 1000 or 2.5"),
        ("decimal", "NaN", "a number like 1000 or 2.5"),
        ("decimal", "Infinity", "a number like 1000 or 2.5"),
        ("decimal", "1e999999", "a number like 1000 or 2.5"),
        ("day", "25.9.2026", "a date like 2026-09-25"),
        ("day", "2026-02-30", "a date like 2026-09-25"),
    ],
)
def test_a_value_of_the_wrong_form_is_told_at_its_place(getter: str, text: str, expected: str) -> None:
    found, problems = keys(f"x: {text}")
    calls: dict[str, Callable[[], object]] = {
        "yes_no": lambda: found.yes_no("x", False),
        "integer": lambda: found.integer("x", 0),
        "decimal": lambda: found.decimal("x"),
        "day": lambda: found.day("x"),
    }
    assert not calls[getter]()
    (problem,) = problems
    assert (problem.code, problem.line, problem.column, problem.hint) == ("wrong-value", 1, 4, f"write {expected}")
    assert f"'{text}'" in problem.message


def test_a_number_out_of_its_bounds_is_told() -> None:
    found, problems = keys("x: 400")
    assert found.integer("x", 3, 0, 366) == 3
    assert only(problems)[2] == "write a whole number from 0 to 366"


def test_a_mapping_where_text_belongs_is_told() -> None:
    found, problems = keys("x: {a: 1}\ny: [1]\nz: word\nl: [a, [b]]")
    assert (found.text("x"), found.integer("y", 4), found.keys("z"), found.texts("l")) == ("", 4, None, ("a",))
    assert [(problem.code, problem.line) for problem in problems] == [("wrong-form", line) for line in (1, 2, 3, 4)]


def test_an_unknown_word_gets_a_suggestion() -> None:
    found, problems = keys("x: evnt\ny: dya")
    assert found.choice("x", Kind, Kind.NEWS) is Kind.NEWS
    assert found.one_of("y", ("day", "week"), "week") == "week"
    assert [problem.hint for problem in problems] == ["did you mean 'event'?", "did you mean 'day'?"]


def test_a_key_that_nobody_asks_for_is_unknown_and_gets_a_suggestion() -> None:
    found, problems = keys("titel: Tea\nmenu: yes")
    found.text("title")
    found.yes_no("menu", False)
    found.finish()
    assert only(problems) == ("unknown-key", "unknown key 'titel' in this page", "did you mean 'title'?")
    assert (problems[0].line, problems[0].column) == (1, 1)


def test_the_rest_are_the_keys_that_nobody_asked_for() -> None:
    found, problems = keys("a: 1\nb: 2\nc: 3")
    found.text("b")
    assert [entry.key.text for entry in found.rest()] == ["a", "c"]
    assert found.rest() == ()
    found.finish()
    assert problems == []


def test_scalars_know_their_places() -> None:
    found, _ = keys("x:\n  - a\n  - b\n")
    assert found.scalars("x") == (Scalar("a", Place(FILE, 2, 5)), Scalar("b", Place(FILE, 3, 5)))
    assert found.place("x") == Place(FILE, 2, 3)
    assert found.place("nothing") == found.mapping.place


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30))
def test_no_text_makes_a_getter_fail(text: str) -> None:
    try:
        found, problems = keys(f"x: {text}")
    except Mistakes:
        return
    number, amount, day = found.integer("x", 0), found.decimal("x"), found.day("x")
    found.yes_no("x", False)
    found.choice("x", Kind, Kind.NEWS)
    found.texts("x")
    found.keys("x")
    assert abs(number) <= MOST
    assert abs(amount) <= MOST
    assert day is None or day.isoformat()
    assert all(problem.line == 1 for problem in problems)
