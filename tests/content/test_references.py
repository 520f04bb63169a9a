"""Links, images and HTML are checked before anything is rendered, on the line where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.references import Targets, check_references
from sitegen.errors import Problem
from sitegen.model.tree import Place

FILE = "content/pages/care/linen.md"
TARGETS = Targets(
    {"pages/about.md", "pages/care/linen.md", "campaigns/2026/tea.md"},
    {"fold.svg", "a (1).png", "list.pdf", "b_(1).png"},
)


def found(text: str, line: int = 1) -> tuple[Problem, ...]:
    return check_references(text, Place(FILE, line), "pages/care/linen.md", TARGETS)


@pytest.mark.parametrize(
    "text",
    [
        "[us](../about.md) and [here](linen.md#washing)",
        "[tea](../../campaigns/2026/tea.md)",
        "[root](/about.md)",
        '![fold](/assets/fold.svg) ![fold](/assets/fold.svg "A fold")',
        "[![fold](/assets/fold.svg)](../about.md)",
        "![b](/assets/b_(1).png)",
        "[prices](/assets/list.pdf#page=2)",
        "<https://example.org> [out](https://example.org) [mail](mailto:a@example.org) [call](tel:+49401)",
        "[top](#top)",
        "`![x](/assets/none.svg) <script>`",
        "```\n[x](none.md)\n<script>\n```",
        "~~~~\n~~~\n[x](none.md)\n~~~~",
        "[^1]: a note\n\n*[HTML]: words\n",
        "5 < 6, and style = good; {not an attribute}",
        "[words]: ../about.md\n",
    ],
)
def test_what_is_there_may_be_pointed_to(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("see [us](../abuot.md)", "broken-link", 10),
        ("see [us](../about)", "broken-link", 10),
        ("see [us](about.md)", "broken-link", 10),
        ("[x](/assets/none.pdf)", "broken-link", 5),
        ("[x](//elsewhere.example/x)", "broken-link", 5),
        ("[x](data:text/html,hello)", "broken-link", 5),
        ("[x]: none.md", "broken-link", 6),
        ("![x](/assets/flod.svg)", "missing-image", 6),
        ("![x](fold.svg)", "missing-image", 6),
        ("[![x](/assets/none.svg)](../about.md)", "missing-image", 7),
        ("![x](https://elsewhere.example/x.png)", "outside-image", 6),
        ("![x](/assets/list.pdf)", "not-an-image", 6),
    ],
)
def test_what_is_not_there_is_told_at_its_place(text: str, code: str, column: int) -> None:
    (problem,) = found(f"one\n{text}", line=7)
    assert (problem.code, problem.line, problem.column) == (code, 8, column)
    assert problem.hint


def test_a_near_name_is_suggested() -> None:
    (link,), (image,) = found("[us](../abuot.md)"), found("![x](/assets/flod.svg)")
    assert "about.md" in link.hint
    assert image.hint == "did you mean '/assets/fold.svg'?"


@pytest.mark.parametrize("text", ["[our\nadvisers](none.md)", "![a fold\nof linen](/assets/none.svg)"])
def test_a_link_text_may_break_over_lines(text: str) -> None:
    (problem,) = found(text)
    assert problem.line == 2


def test_text_in_brackets_of_one_paragraph_is_no_link_of_the_next() -> None:
    assert found("[not a link\n\nb](none.md)") == ()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=x>",
        "a <iframe src=x>",
        "<img src=x>",
        "<svg/onload=alert(1)>",
        "<div onclick=alert(1)>",
        "<div\nonclick=alert(1)>",
        "<p style='color:red'>",
        "<form action=x>",
        "<button>",
        "<template>",
        "[x](javascript:alert(1))",
        "<a href=x>",
        "<span data-sg-field='email'>",
        "# Title {: style='color:red' }",
        "word{: onclick=alert(1) }",
        "![x](/assets/fold.svg){: src='https://elsewhere.example/x.png' }",
        "[x](../about.md){: href=https://elsewhere.example }",
    ],
)
def test_html_that_a_strict_page_cannot_hold_is_refused(text: str) -> None:
    assert "unsafe-html" in {problem.code for problem in found(text)}


def test_harmless_html_and_attributes_may_stand() -> None:
    assert found("<kbd>Tab</kbd> <details><summary>More</summary>x</details>\n\n# Title {: #washing .wide }") == ()


@given(st.text(st.sampled_from("[]()!<>{}:`~#/ \nab.md=\"'"), max_size=120))
def test_any_marks_are_checked_without_failing(text: str) -> None:
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found(text))
