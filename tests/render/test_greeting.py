"""What a card can hold of a campaign's text, and nothing more."""

from __future__ import annotations

import pytest

from sitegen.errors import Exit, Mistakes
from sitegen.render.mail.greeting import greeting, greeting_template
from tests.render.mail_shop import SHOP, campaign, recipient

GOLD = frozenset({"gold"})


def text(markdown: str, audiences: frozenset[str] = GOLD) -> str:
    return greeting(greeting_template(campaign(markdown), audiences), recipient(), "en", SHOP)


def test_paragraphs_emphasis_and_line_breaks_stay() -> None:
    assert text("Dear *you*,  \nall is **well**.\n\nBye") == (
        "<p>Dear <em>you</em>,<br>\nall is <strong>well</strong>.</p>\n<p>Bye</p>"
    )


def test_the_recipients_words_are_escaped() -> None:
    made = greeting_template(campaign("Dear {{ first_name }}"), GOLD)
    assert greeting(made, recipient(values={"first_name": "<b>&"}), "en", SHOP) == "<p>Dear &lt;b&gt;&amp;</p>"


def test_values_are_spelled_in_the_cards_language() -> None:
    made = greeting_template(campaign("{{ points | number }} {{ first_name }}"), GOLD)
    assert greeting(made, recipient(), "de", SHOP) == "<p>1.240 Zo\u00eb</p>"


def test_a_link_leaves_its_words() -> None:
    assert text("See [our page](https://example.org).") == "<p>See our page.</p>"


def test_blocks_are_for_their_readers() -> None:
    markdown = "one\n\n::: audience gold\ntwo\n:::"
    assert text(markdown) == "<p>one</p>\n<p>two</p>"
    assert text(markdown, frozenset({"silver"})) == "<p>one</p>"


@pytest.mark.parametrize(
    ("markdown", "tag"),
    [("# Title", "h1"), ("- a", "li"), ("![x](/assets/a.svg)", "img"), ("`x`", "code"), ("> x", "blockquote"),
     ("| a |\n|---|\n| b |", "table"), ("<kbd>x</kbd>", "kbd")],
)  # fmt: skip
def test_what_a_card_cannot_hold_is_told_on_its_line(markdown: str, tag: str) -> None:
    with pytest.raises(Mistakes, match="a card can't hold") as caught:
        greeting_template(campaign(f"one\n\n::: audience gold\n{markdown}\n:::"), GOLD)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, caught.value.exit_code) == ("content/campaigns/wish.md", 11, Exit.CARD)
    assert problem.message == f"a card can't hold <{tag}>"
