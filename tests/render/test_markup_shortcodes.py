"""Shortcodes become what their templates make of them, in the midst of a text that stays one text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.directive import Directive, aims, aims_at_picture, directive
from sitegen.model.theme import Theme
from sitegen.render.markup import convert, html
from sitegen.render.shortcodes import Signature, form, names, signature
from sitegen.render.theme import templates

FIGURE = (
    "{# arguments: src, alt, caption? #}\n"
    "<figure>{{ picture(src, alt) }}{% if caption %}<b>{{ caption }}</b>{% endif %}</figure>"
)
BOX = '{# arguments: title? #}\n<div{% if title %} title="{{ title }}"{% endif %}>\n{{ inner }}\n</div>'
BUTTON = "{# arguments: to, words #}\n<p><a {{ link(to) }}>{{ words }}</a></p>"
THEME = Theme(
    name="bare",
    title="Bare",
    templates={
        "site/shortcodes/figure.html": FIGURE,
        "site/shortcodes/box.html": BOX,
        "site/shortcodes/button.html": BUTTON,
        "mail/shortcodes/button.html": "{# arguments: to, words #}\n<a {{ link(to) }}>{{ words }}</a>",
    },
    static={},
    strings={},
    designs=(),
)


class Told:
    """Links that say where they came from."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": f"to:{target}", "download": "a"} if target.startswith("/assets/") else {"href": f"to:{target}"}

    def image(self, source: str) -> Mapping[str, str]:
        return {"data-sg-src": f"from:{source}", "width": "3"}


def made(markdown: str, channel: str = "site") -> str:
    return html(markdown, Told(), form=form(templates(THEME, {}), channel, Told()))


def test_a_shortcode_is_filled_with_its_arguments_and_the_text_inside() -> None:
    assert made('one\n\n::: box title="A & B"\n*two*\n:::\n\nthree') == (
        '<p>one</p>\n<div title="A &amp; B">\n<p><em>two</em></p>\n</div>\n<p>three</p>'
    )


def test_a_shortcode_needs_no_empty_lines_around_it() -> None:
    assert made("one\n::: box\ntwo\n:::\nthree") == "<p>one</p>\n<div>\n<p>two</p>\n</div>\n<p>three</p>"


def test_pictures_and_links_lead_where_the_channel_says() -> None:
    assert made('::: figure src="/assets/x.png" alt="A \'fold\'" caption="<b>" :::') == (
        '<figure><img alt="A &#39;fold&#39;" data-sg-src="from:/assets/x.png" width="3"><b>&lt;b&gt;</b></figure>'
    )
    assert made('::: button to="/assets/l.pdf" words="Get it" :::') == (
        '<p><a download="a" href="to:/assets/l.pdf">Get it</a></p>'
    )


def test_shortcodes_may_stand_in_one_another() -> None:
    assert made(":::: box\n::: box title='in'\na\n:::\nb\n::::") == (
        '<div>\n<div title="in">\n<p>a</p>\n</div>\n<p>b</p>\n</div>'
    )


def test_footnotes_references_and_headings_go_through_a_whole_text() -> None:
    text = "## One\n\na[^1] [r]\n\n::: box\n## One\n\nb[^2] [r]\n\n[^1]: first\n:::\n\n[^2]: second\n\n[r]: x.md\n"
    done = convert(text, Told(), form=form(templates(THEME, {}), "site", Told()))
    assert [(one.level, one.title, one.id) for one in done.headings] == [(2, "One", "one"), (2, "One", "one_1")]
    assert re.findall(r'<li id="(fn:\d)">', done.html) == ["fn:1", "fn:2"]
    assert done.html.count('href="to:x.md"') == 2
    box = done.html[done.html.index("<div>") : done.html.index("</div>")]
    assert "first" not in box
    assert "one_1" in box


def test_a_shortcode_may_follow_a_list_and_hold_one() -> None:
    assert made("- a\n- b\n::: box\n1. c\n:::\n") == (
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<div>\n<ol>\n<li>c</li>\n</ol>\n</div>"
    )


def test_a_directive_in_code_is_code() -> None:
    assert made("```\n::: box\n:::\n```") == "<pre><code>::: box\n:::\n</code></pre>"


def test_a_channel_without_a_template_says_what_stands_inside() -> None:
    assert made("::: box\n*two*\n:::", "mail") == "<p><em>two</em></p>"
    assert html("::: box\n*two*\n:::", Told()) == "<p><em>two</em></p>"
    assert made('::: button to="a.md" words="Go" :::', "mail") == '<a href="to:a.md">Go</a>'


def test_a_template_says_what_a_shortcode_takes() -> None:
    assert signature(FIGURE) == Signature(
        ("src", "alt", "caption"), ("src", "alt"), frozenset({"src"}), frozenset(), takes_inner=False
    )
    assert signature(BUTTON) == Signature(
        ("to", "words"), ("to", "words"), frozenset(), frozenset({"to"}), takes_inner=False
    )
    assert signature("{# arguments: #}{{ inner }}") == Signature((), (), frozenset(), frozenset(), takes_inner=True)
    assert signature("<p>{{ inner }}</p>") is None
    assert signature("{# arguments: a b #}") is None
    assert names(THEME) == ("box", "button", "figure")


def test_addresses_are_told_from_words() -> None:
    assert all(aims(one) for one in ("/assets/x.pdf", "a.md", "../a.md#b", "https://a.example/b", "mailto:a@b.example"))
    assert not any(aims(one) for one in ("Read on", "a.md is a file", "", "the /assets/ folder"))
    assert aims_at_picture("/assets/a/B.JPG")
    assert not aims_at_picture("/assets/a.pdf")


WORDS = st.text(st.characters(exclude_characters='"\ue000\ue001\ue002\ue003\ue004\n\r', codec="utf-8"), max_size=20)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_any_value_of_an_argument_comes_out_as_text(one: str, other: str) -> None:
    found = directive(f'::: box title="{one}" other="{other}"')
    assert found is not None
    assert [argument.value for argument in found.arguments] == [one, other]
    assert not found.strange
    if one and "\n".join(f"x{one}x".splitlines()) == f"x{one}x":
        assert f' title="{escape(one)}"'.replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in made(
            f'::: box title="{one}" :::'
        )


@given(
    st.lists(
        st.sampled_from(["::: box", ":::", "::::", "::: box :::", "a", "- a", "> a", "<div>", "</div>", "", "```"])
    )
)
@settings(deadline=None, max_examples=200)
def test_any_lines_are_html_without_a_mark_of_ours(lines: list[str]) -> None:
    assert not re.search("[\ue002-\ue004]", made("\n".join(lines)))


@given(st.text(max_size=80))
def test_any_line_is_a_directive_or_not(line: str) -> None:
    found = directive(line)
    assert (found is None) or isinstance(found, Directive)
    assert (found is not None) == bool(re.match(r":::[^\n]*\n?$", line)) or "\n" in line
