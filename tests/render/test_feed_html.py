"""What feed readers get of a page: its words and pictures with whole addresses, and nothing that works by script."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.site.feed_html import KEPT, LEFT_OUT, feed_html

HERE = "https://shop.example/house/care/linen/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/house/x/#y">z</a>', '<a href="https://shop.example/house/x/#y">z</a>'),
        ('<a href="#note">1</a>', f'<a href="{HERE}#note">1</a>'),
        ('<a href="mailto:a@b.example">m</a>', '<a href="mailto:a@b.example">m</a>'),
        ('<a href="javascript:alert(1)">j</a>', "<a>j</a>"),
        (
            '<img src="/a.png" alt="&quot;b&quot;" class="x">',
            '<img src="https://shop.example/a.png" alt="&#34;b&#34;">',
        ),
        ('Dear <span data-sg-field="first_name">friend</span>, hello', "Dear friend, hello"),
        ('<p>a</p><div data-sg-object="id"><p>no</p></div><p>b</p>', "<p>a</p><p>b</p>"),
        ('<picture><source srcset="a.avif"><img src="/a.jpg"></picture>', '<img src="https://shop.example/a.jpg">'),
        ("<script>alert(1)</script><style>p{}</style>x", "x"),
        ("<p onclick=x style=y>1 &lt; 2 &amp; 3<br>4</p>", "<p>1 &lt; 2 &amp; 3<br>4</p>"),
        ("<ul><li>a<li>b</ul>c", "<ul><li>a<li>b</li></li></ul>c"),
    ],
)
def test_html_is_cleaned(html: str, expected: str) -> None:
    assert feed_html(html, HERE) == expected


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)


PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<script>",
            "</script>",
            "</div>",
            "</b>",
            "</a>",
            "</span>",
            "word",
            "&lt;i&gt;",
            "<",
            "&amp",
        ),
        *("<div data-sg-object='x'>", "<b onclick='x'>", "<a href='/x'>", "<img src=a.png srcset='b 2x'>", "'\">"),
        *("<span data-sg-field='f'>", "<iframe src=//x>"),
    )
)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_whatever_comes_only_known_elements_and_attributes_go_out(html: str) -> None:
    seen = Seen()
    seen.feed(feed_html(html, HERE))
    seen.close()
    assert not seen.tags & LEFT_OUT
    assert seen.names <= KEPT | {"href", "src", "cite"}


@given(st.text())
def test_text_stays_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "")
    assert "<" not in feed_html(escaped, HERE)
