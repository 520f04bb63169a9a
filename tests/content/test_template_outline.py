"""What a template names is read once, and told with its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.parser import Parser

from sitegen.content.template_outline import Broken, Outline, Reference, outline

SOURCE = """\
{% extends "site/base.html" %}
{% from "mail/parts.html" import selvedge %}
{% block main %}
{% block inner %}{% include name %}{% endblock %}
{% include "site/partials/door.html" %}
{% endblock %}
{% block foot %}{% endblock %}
"""


def test_templates_and_blocks_are_told_with_their_lines() -> None:
    made = outline(SOURCE)

    assert isinstance(made, Outline)
    assert set(made.references) == {
        Reference("site/base.html", 1, extends=True),
        Reference("mail/parts.html", 2, extends=False),
        Reference("", 4, extends=False),
        Reference("site/partials/door.html", 5, extends=False),
    }
    assert made.extended == Reference("site/base.html", 1, extends=True)
    assert made.given == (("main", 3), ("foot", 7))
    assert made.blocks == {"main", "inner", "foot"}


def test_a_source_that_is_not_jinja_names_its_line() -> None:
    assert outline("a\n{% for x in %}\n") == Broken(2, "Expected an expression, got 'end of statement block'")


def test_the_same_source_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "{% include 'site/parsed-once.html' %}"
    first = outline(source)

    def refuse(*_: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(Parser, "parse", refuse)
    assert outline(source) is first


@given(st.text(alphabet="{}%# \nabcx'\"-=()|.", max_size=60))
def test_any_source_has_an_outline_or_a_line_that_is_wrong(source: str) -> None:
    made = outline(source)

    assert isinstance(made, Outline) or 1 <= made.line <= source.count("\n") + 1
