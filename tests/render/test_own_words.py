"""A giver's words as the card shows them: paragraphs and lines, and nothing that means more than itself."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.mail.greeting import own_words


def test_an_empty_line_parts_paragraphs_whatever_the_line_ends() -> None:
    shown = "<p>Dear Lotte,</p>\n<p>sit down<br>at last.</p>"
    for end in ("\n", "\r\n", "\r"):
        assert own_words(f" Dear Lotte,{end} {end}{end}sit down {end} at last.{end}") == shown


def test_html_and_template_marks_are_only_letters() -> None:
    assert own_words("<b>{{ name }}</b> & 'so'") == "<p>&lt;b&gt;{{ name }}&lt;/b&gt; &amp; &#x27;so&#x27;</p>"


@given(st.text())
def test_nothing_of_the_words_is_lost_and_nothing_becomes_markup(text: str) -> None:
    shown = own_words(text)
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<p>", "</p>", "<br>"}
    assert unescape(re.sub(r"</?p>|<br>", " ", shown)).split() == text.split()
