"""The quick parts make the same HTML as Python-Markdown's own, whatever the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import InlineProcessor

from sitegen.render.markup import convert as converted
from sitegen.render.markup import html, quick
from sitegen.render.markup.convert import make_converter

ROOT = Path(__file__).parents[2]
TEXTS = sorted(
    path
    for folder in (ROOT / "content", ROOT / "tests", ROOT / "docs", ROOT / "sitegen")
    for path in folder.rglob("*.md")
    if "golden" not in path.parts
)
CONSTRUCTS = [
    "word ", "two words ", "\u6708\u4eae ", "*a* ", "**b** ", "***c*** ", "_d_ ", "__e__ ", "a_b_c ", "*", "_",
    "`code` ", "``a ` b`` ", "`", "\\*", "\\", "[l](b.md) ", '[l](b.md "t") ', "[l](<a b.md>) ",
    "![i](/assets/x.svg) ", "[r][ref] ", "[ref] ", "![r][ref] ", "![ref] ", "[", "](", "<https://b.example> ",
    "<me@b.example> ", "<kbd>x</kbd> ", "<i>", "<!-- c --> ", "&amp; ", "&copy; ", "& ", "<", "a  \n", "\n", "\n\n",
    "\n\n\n", "# ", "## One\n", "### Two {#own}\n", "#### `x` *y*\n", "Set\n===\n", "Set\n---\n", "---\n", "* * *\n",
    "> ", "> q\n> r\n\n", "- ", "- a\n- b\n", "1. a\n2. b\n", "    ", "    code\n", "\n```python\nx = 1 < 2\n```\n",
    "\n~~~\ny\n~~~\n", "```", "\n| a | b |\n|:--|--:|\n| 1 | `|` |\n\n", "|", "\n!!! note\n    text\n\n",
    '\n!!! warning "Title"\n    - a\n\n', "term\n:   meaning\n\n", "[^1] ", "\n[^1]: note\n\n", "[^1]",
    "\n*[word]: meaning\n\n", "\n[ref]: b.md 't'\n\n", "{: .c }\n", "text {: #i }", "{", "}",
    "<div>\n\nraw\n\n</div>\n\n", '<div markdown="1">\n*in*\n</div>\n\n', "\n<p hidden checked>x</p>\n",
    "\ue0000\ue001", "\x02", "\x03", "\t", "\u00a0", "H~2~O ", "x^2^ ",
]  # fmt: skip


class Same:
    """Links as they were written."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        return {"src": source}


def stock() -> Markdown:
    """Python-Markdown as it comes, with the extensions that we use."""

    def slug(value: str, separator: str) -> str:
        return slugify_unicode(value.replace("\ue0000\ue001", ""), separator)

    return Markdown(
        output_format="html",
        extensions=["extra", "admonition", "sane_lists", "toc"],
        extension_configs={
            "toc": {"slugify": slug, "marker": ""},
            "extra": {"footnotes": {"BACKLINK_TEXT": "\u21a9"}},
        },
    )


STOCK = stock()


def by_stock(text: str) -> str:
    made = STOCK.reset().convert(text)
    return made.replace('style="text-align: left;"', 'class="align-left"').replace(
        'style="text-align: right;"', 'class="align-right"'
    )


def tokens(found: list[dict[str, object]]) -> list[tuple[object, object]]:
    flat: list[tuple[object, object]] = []
    for one in found:
        children = one["children"]
        assert isinstance(children, list)
        flat += [(one["level"], one["id"]), *tokens(children)]
    return flat


def test_this_python_markdown_is_one_that_the_quick_parts_were_compared_with() -> None:
    assert quick.is_known()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_texts_of_shops_come_out_as_from_the_stock_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace").replace(":::", "")
    assert html(text, Same()) == by_stock(text)


@given(st.lists(st.sampled_from(CONSTRUCTS), max_size=40).map("".join))
@settings(deadline=None, max_examples=600)
def test_every_construct_comes_out_as_from_the_stock_parts(text: str) -> None:
    expected = by_stock(text)
    made = converted(text, Same(), coloured=False)
    assert made.html == expected
    found = getattr(STOCK, "toc_tokens", [])
    assert [(one.level, one.id) for one in made.headings] == tokens(found) or not expected


@given(st.text(max_size=200).filter(lambda text: ":::" not in text))
@settings(deadline=None, max_examples=200)
def test_any_text_comes_out_as_from_the_stock_parts(text: str) -> None:
    assert html(text, Same()) == by_stock(text)


@given(st.lists(st.sampled_from(CONSTRUCTS), max_size=20).map("".join))
@settings(deadline=None, max_examples=100)
def test_without_the_quick_parts_the_html_is_the_same(text: str) -> None:
    slow = make_converter(hurried=False)
    slow.rewrite.links, slow.anchors.suffix = Same(), ""
    assert slow.markdown.convert(text) == html(text, Same())


@pytest.mark.slow
def test_the_quick_parts_take_less_than_two_thirds_of_the_time() -> None:
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in TEXTS if path.is_relative_to(ROOT / "content"))
    text = text.replace(":::", "")[:60_000]
    took = {made: min(timed(made, text) for _ in range(5)) for made in (by_stock, quickly)}
    assert took[quickly] < took[by_stock] * 2 / 3


def quickly(text: str) -> str:
    return html(text, Same())


def timed(made: Callable[[str], str], text: str) -> float:
    begun = process_time()
    made(text)
    return process_time() - begun


def test_another_release_renders_with_its_own_parts() -> None:
    class Renamed:
        """A processor without the private method."""

    assert not quick.is_known((3, 10, 0))
    assert not quick.is_known((3, 12, 0))
    assert not quick.is_known((4, 0, 0))
    assert quick.is_known((3, 11, 9))
    assert not quick.is_known((3, 11, 3), Renamed)
    inline = make_converter(hurried=False).markdown.treeprocessors["inline"]
    assert type(inline) is InlineProcessor
