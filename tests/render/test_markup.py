"""Markdown becomes HTML that a strict page can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.render.markup import html


class Told:
    """Links that say where they came from."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": target if target.startswith("#") else f"to:{target}"}

    def image(self, source: str) -> Mapping[str, str]:
        return {"data-sg-src": f"from:{source}", "width": "3"}


def made(markdown: str, suffix: str = "") -> str:
    return html(markdown, Told(), suffix)


@pytest.mark.parametrize("markdown", ["[a](b.md)", "[a][b]\n\n[b]: b.md", "<https://b.example>"])
def test_every_link_is_resolved(markdown: str) -> None:
    assert re.search(r'<a href="to:(b\.md|https://b\.example)">', made(markdown))


def test_a_link_gets_all_the_attributes_of_its_channel() -> None:
    class Saved(Told):
        def link(self, target: str) -> Mapping[str, str]:
            return {"href": "#", "data-sg-file": f"of:{target}", "download": 'a "b" <c>.pdf'}

    made = html("[the *list*](b.pdf)", Saved())
    name = "a &quot;b&quot; &lt;c&gt;.pdf"
    assert made == f'<p><a data-sg-file="of:b.pdf" download="{name}" href="#">the <em>list</em></a></p>'


def test_every_picture_gets_the_attributes_of_its_channel_and_no_other_source() -> None:
    for markdown in ("![a fold](x.svg)", "![a fold][x]\n\n[x]: x.svg"):
        assert made(markdown) == '<p><img alt="a fold" data-sg-src="from:x.svg" width="3"></p>'


def test_alignment_of_tables_is_a_class_and_never_a_style() -> None:
    table = made("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    assert "style" not in table
    assert '<td class="align-left">1</td>\n<td class="align-center">2</td>\n<td class="align-right">3</td>' in table
    assert "<td>4</td>" in table


def test_headings_have_different_ids_in_their_own_script() -> None:
    page = made("# Care\n\n## Care\n\n## \u6708\u7684\u6545\u4e8b\n")
    assert re.findall(r' id="([^"]+)"', page) == ["care", "care_1", "\u6708\u7684\u6545\u4e8b"]


def test_a_merge_field_leaves_no_trace_in_an_id() -> None:
    assert made("# Hello \ue0000\ue001 again") == '<h1 id="hello-again">Hello \ue0000\ue001 again</h1>'


def test_blocks_of_one_page_can_have_ids_and_links_of_their_own() -> None:
    page = made("# Care\n\n[up](#care) [other](#prices)\n\nA note[^1]\n\n[^1]: here\n", "--2")
    ids = re.findall(r' id="([^"]+)"', page)
    assert ids
    assert all(one.endswith("--2") for one in ids)
    footnotes = [link.removeprefix("#") for link in re.findall(r'href="(#[^"]+)"', made("x[^1]\n\n[^1]: y", "--3"))]
    assert footnotes
    assert all(link.endswith("--3") for link in footnotes)


def test_one_conversion_leaves_nothing_for_the_next() -> None:
    note = "A note[^1].\n\n[^1]: here\n\n[ref]: other.md\n\n# Care\n"
    first = made(note)
    assert made("[a][ref]") == "<p>[a][ref]</p>"
    assert made(note) == first


def test_harmless_html_stays_and_text_is_escaped() -> None:
    assert made('<kbd>Tab</kbd> 1 < 2 & "x"') == '<p><kbd>Tab</kbd> 1 &lt; 2 &amp; "x"</p>'


def test_code_is_shown_as_it_was_written() -> None:
    assert made("```\n{{ x }} <b>\n```") == "<pre><code>{{ x }} &lt;b&gt;\n</code></pre>"


@given(st.lists(st.sampled_from(["word ", "*a* ", "**", "[l](", "# ", "\n", "`", "| a |\n|---|\n", "> ", "- ", "<i>"])))
@settings(deadline=None)
def test_merge_field_markers_survive_as_they_are(pieces: list[str]) -> None:
    text = "".join(pieces) + "\n\nDear \ue0000\ue001, and *\ue0001\ue001*"
    assert re.findall("\ue000\\d+\ue001", made(text)) == ["\ue0000\ue001", "\ue0001\ue001"]


@given(st.text(max_size=150))
@settings(deadline=None)
def test_any_text_is_html_without_inline_styles_of_ours(text: str) -> None:
    assert "text-align" not in made(text) or "text-align" in text
