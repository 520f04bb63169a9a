"""A Markdown file is cut into front matter and text, with the right lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown_file import MarkdownFile, cut
from sitegen.errors import Mistakes, Problem
from sitegen.model.tree import Place, Scalar

FILE = "content/pages/tea.md"


def problem_of(source: str) -> Problem:
    with pytest.raises(Mistakes) as caught:
        cut(source, FILE)
    (problem,) = caught.value.problems
    return problem


def test_front_matter_and_text_know_their_lines() -> None:
    made = cut("---\ntitle: Tea\n---\nDear friend,\n\nbye\n", FILE)
    assert made.front.get("title") == Scalar("Tea", Place(FILE, 2, 8))
    assert (made.text, made.text_line, made.place) == ("Dear friend,\n\nbye\n", 4, Place(FILE, 1, 1))


def test_text_may_be_absent() -> None:
    assert (cut("---\na: 1\n---", FILE).text, cut("---\n---\n", FILE).front.entries) == ("", ())


@pytest.mark.parametrize("change", ["\ufeff{}", "{}"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(change: str, end: str) -> None:
    source = "---\ntitle: Tea\n---\none\n\ntwo\n"
    assert cut(change.format(source.replace("\n", end)), FILE) == cut(source, FILE)


def test_a_rule_in_the_text_is_no_fence() -> None:
    assert cut("---\na: 1\n---\none\n---\ntwo", FILE).text == "one\n---\ntwo"


@pytest.mark.parametrize("source", ["", "title: Tea\n", "\n---\na: 1\n---\n", "--\na: 1\n--\n", "---\na: 1\n"])
def test_a_file_without_whole_front_matter_is_refused(source: str) -> None:
    problem = problem_of(source)
    assert (problem.code, problem.line) == ("no-front-matter", 1)
    assert problem.hint


def test_bad_yaml_is_told_on_its_line_of_the_file() -> None:
    assert problem_of("---\ntitle: Tea\nmenu: [yes\n---\n").line >= 3


@given(st.text(max_size=200))
def test_any_source_is_a_file_or_mistakes(source: str) -> None:
    try:
        made = cut(source, FILE)
    except Mistakes as mistakes:
        problems = mistakes.problems
    else:
        problems = ()
        assert isinstance(made, MarkdownFile)
    assert all(problem.file == FILE for problem in problems)
