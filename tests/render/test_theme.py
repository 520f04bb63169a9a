"""A template is strict, escapes everything, and its mistakes name its line."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme
from sitegen.render.theme import templates, words


def theme(**sources: str) -> Theme:
    named = {f"site/{name}.html": source for name, source in sources.items()}
    return Theme(
        "small", "Small", named, {}, {"en": {"hello": "Hello", "bye": "Bye"}, "zh": {"hello": "\u4f60\u597d"}}, ()
    )


def rendered(source: str, **views: object) -> str:
    return templates(theme(page=source), {}).render("site/page.html", "pages/tea.md", views)


def problem_of(name: str = "site/page.html", **sources: str) -> Problem:
    with pytest.raises(Mistakes) as caught:
        templates(theme(**sources), {}).render(name, "pages/tea.md", {"text": "words"})
    (problem,) = caught.value.problems
    return problem


def test_text_is_escaped_and_html_made_by_us_is_not() -> None:
    assert rendered("{{ a }}{{ b }}", a="<b>", b=Markup("<i>")) == "&lt;b&gt;<i>"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ nothing }}", "nothing"),
        ("{{ text.nothing }}", "nothing"),
        ("{{ text.__class__.mro() }}", "unsafe"),
        ("{{ 1 / 0 }}", "division"),
        ("{{ 1 + text }}", "unsupported"),
        ("{{ text | nothing }}", "No filter named 'nothing'"),
        ("{% if %}", "Expected an expression"),
        ("{% for x in text %}", "Unexpected end of template"),
    ],
)
def test_a_mistake_names_the_template_its_line_and_what_was_rendered(source: str, said: str) -> None:
    problem = problem_of(page=f"one\ntwo\n{source}")
    assert (problem.file, problem.line) == ("themes/small/site/page.html", 3)
    assert said in problem.message
    assert "pages/tea.md" in problem.message


def test_a_mistake_in_an_included_template_names_that_one() -> None:
    problem = problem_of(page='one\n{% include "site/part.html" %}', part="a\nb\n{{ nothing }}")
    assert (problem.file, problem.line) == ("themes/small/site/part.html", 3)


def test_a_template_that_includes_itself_is_a_mistake() -> None:
    assert problem_of(page='{% include "site/page.html" %}').code == "template"


def test_a_missing_template_is_told_with_a_suggestion() -> None:
    problem = problem_of("site/pagee.html", page="")
    assert (problem.code, problem.file) == ("missing-template", "themes/small/site/pagee.html")
    assert problem.hint == "did you mean 'site/page.html'?"
    assert "site/part.html" in problem_of(page='{% include "site/part.html" %}').message


def test_a_function_of_ours_raises_its_own_mistake() -> None:
    t = words(theme(), "en")
    with pytest.raises(Mistakes, match="no word for 'nothing'"):
        templates(theme(page="{{ t('nothing') }}"), {"t": t}).render("site/page.html", "x", {})


def test_words_come_in_the_language_or_else_in_english() -> None:
    t = words(theme(), "zh")
    assert (t("hello"), t("bye")) == ("\u4f60\u597d", "Bye")
    with pytest.raises(Mistakes, match="no word for 'nothing'"):
        t("nothing")
