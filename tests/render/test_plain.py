"""Plain text reads well in a mailbox without HTML, in Latin letters and in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.render.markup import html
from sitegen.render.plain import plain
from sitegen.render.plain import wrap as plain_wrap
from sitegen.render.plain.layout import WIDTH
from sitegen.render.plain.wrap import columns, wrap
from tests.render.mail_shop import SiteLinks

NAME = f"{FIELD_OPEN}0{FIELD_CLOSE}"


def written(markdown: str, name: str = "Zoë") -> str:
    return plain.write(plain.lay_out(html(markdown, SiteLinks())), lambda text: text.replace(NAME, name))


def test_a_letter_with_everything_in_it() -> None:
    markdown = f"""\
# A quiet evening, {NAME}

Dear {NAME}, it was **so** good to see you the *other* day; we have kept the [linen throw](care/linen.md) aside
for you, and <https://www.example.org/a>, and [it again](care/linen.md). ![A loom](/loom.png)

- one
- two is a much longer item that has to be wrapped over the line because of its length
    1. below
    2. below too

1. loose

    second paragraph

2. next

> A quote that goes on and on until it must be wrapped, since no line is without an end

| Thing | Price |
|:------|------:|
| Linen throw | 120 |
| {NAME} pillow | 40 |

* * *

Line one{"  "}
line two[^1]

    code
      stays

[^1]: A note.
"""

    assert (
        written(markdown)
        == """\
A quiet evening, Zoë
====================

Dear Zoë, it was *so* good to see you the other day; we have kept the
linen throw [1] aside for you, and https://www.example.org/a, and it
again [1]. A loom

- one
- two is a much longer item that has to be wrapped over the line because
  of its length
  1. below
  2. below too

1. loose

   second paragraph

2. next

> A quote that goes on and on until it must be wrapped, since no line is
> without an end

Thing        Price
-----------  -----
Linen throw    120
Zoë pillow      40

                                 * * *

Line one
line two(1)

    code
      stays

                                 * * *

1. A note.

[1] https://members.lanternandloom.example/care/linen/
"""
    )


def test_chinese_counts_two_columns_and_knows_where_a_line_may_not_break() -> None:
    markdown = "今夜月圆，照着每一家的屋檐。\n" + "愿有人坐在您身旁，分您最后一块月饼；" * 3

    lines = written(markdown).splitlines()

    assert "".join(lines) == markdown.replace("\n", "")
    assert max(map(columns, lines)) <= WIDTH
    assert not any(line[0] in "，；。" for line in lines)


def test_what_holds_a_field_is_wrapped_after_it_was_filled() -> None:
    name = "Karl-Friedrich Sigismund the Third of Blankenese and Övelgönne"

    assert written(f"## For {NAME}\n\nDear {NAME}, we thought of you tonight.", name) == (
        f"For {name}\n{'-' * 66}\n\n"
        "Dear Karl-Friedrich Sigismund the Third of Blankenese and Övelgönne, we\n"
        "thought of you tonight.\n"
    )


def test_a_table_that_is_too_wide_stands_row_by_row() -> None:
    markdown = f"| Thing | What we say of it |\n|---|---|\n| Throw | {'soft ' * 20} |\n| Quilt | warm |"

    assert written(markdown) == (
        "Thing: Throw\n"
        "What we say of it: soft soft soft soft soft soft soft soft soft soft\n"
        "  soft soft soft soft soft soft soft soft soft soft\n"
        "\n"
        "Thing: Quilt\n"
        "What we say of it: warm\n"
    )


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[https://a.example/](https://a.example/)", "https://a.example/\n"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example\n"),
        ("[here](#there)", "here\n"),
        ("<details><summary>More</summary>words</details>", "More\n\nwords\n"),
        ("<script>alert(1)</script>Quiet", "Quiet\n"),
        ("Tea &amp; cake", "Tea & cake\n"),
        ("Term\n:   its meaning", "Term\n\n    its meaning\n"),
        ("", "\n"),
    ],
)
def test_small_things(markdown: str, text: str) -> None:
    assert written(markdown) == text


def test_a_telephone_gets_no_dress() -> None:
    markdown = "Dear **you**,\n\n- [the page](prices.md)\n- tea\n\n| a | b |\n|---|---|\n| c | d |"

    said = plain.flat(html(markdown, SiteLinks()))

    assert said == "Dear you,\n- the page https://members.lanternandloom.example/prices/\n- tea\na, b\nc, d"


WORDS = st.lists(st.text("abé\u0301中👩", min_size=1, max_size=8), max_size=30)


@given(WORDS, st.integers(12, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width, "- ", "  ")

    assert "".join(line[2:] for line in lines).replace(" ", "") == "".join(words)
    assert [line[:2] for line in lines] == ["- ", *["  "] * (len(lines) - 1)]
    assert max(map(columns, lines)) <= width


@given(st.text("a中，。（", max_size=60))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str) -> None:
    lines = wrap(text, 12)

    assert "".join(lines) == text
    assert not any(line[:1] in set("，。") for line in lines[1:])
    assert not any(line[-1:] == "（" for line in lines[:-1])


@given(
    st.text(st.sampled_from("ab é’…—€\t.,()Ł"), max_size=200),
    st.integers(5, 30),
    st.sampled_from(["", "> ", "  - "]),
)
def test_the_quick_way_to_break_lines_is_the_same_as_the_way_for_any_script(text: str, width: int, rest: str) -> None:
    assert wrap(text, width, rest, rest) == plain_wrap._broken(text, width, rest, rest)
