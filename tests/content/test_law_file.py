"""The message law in a shop: places in files, the shop's own words and exceptions, and how they may be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.law_file import read_law
from sitegen.content.project import read_project
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.law import Law, Words
from tests.content.shop_folder import mistakes_of, page, write_shop

FRONT = "title: A wish\nkind: holiday\naudience: everyone\nchannels: [mail]\non: 2026-09-25"
FILES = ("campaigns/wish.md", "messages/moon.md")


def own(text: str) -> tuple[Law, list[Problem]]:
    problems: list[Problem] = []
    return read_law(read_yaml(text, "content/law.yaml"), FILES, problems), problems


def places(root: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(Mistakes) as caught:
        read_project(root)
    return [(one.file, one.line, one.column, one.code) for one in caught.value.problems]


def test_words_that_may_not_be_said_have_their_place_in_every_part(tmp_path: Path) -> None:
    front = (
        "title: 20 % off\nkind: holiday\nsubject: \"Half price, {{ first_name or 'x' }}, half price\"\n"
        "preheader: >\n  A folded line,\n  and a discount  # no comment\n"
        "description: 'It''s half price'\nteaser: a sale # no more of it\n"
        "audience: everyone\nchannels: [mail]\non: 2026-09-25"
    )
    text = (
        "Dear {{ first_name or 'sale' }},\n\nall is\n\n"
        "::: audience gold\n\nhalf\nprice\n:::\n\n![a sale](/assets/cloth.svg)"
    )
    name = "content/campaigns/wish.md"
    assert places(write_shop(tmp_path, campaigns__wish=page(front, text))) == [
        (name, 2, 8, "law-discount"),
        (name, 4, 11, "law-discount"),
        (name, 4, 48, "law-discount"),
        (name, 7, 9, "law-discount"),
        (name, 8, 21, "law-discount"),
        (name, 9, 9, "law-discount"),
        (name, 20, 1, "law-discount"),
        (name, 24, 3, "law-discount"),
    ]


def test_the_message_law_alone_ends_with_its_own_exit_code(tmp_path: Path) -> None:
    sold = page(FRONT, "20 % off.")
    with pytest.raises(Mistakes) as alone:
        read_project(write_shop(tmp_path / "alone", campaigns__wish=sold))
    assert alone.value.exit_code is Exit.MESSAGE
    with pytest.raises(Mistakes) as mixed:
        read_project(write_shop(tmp_path / "mixed", campaigns__wish=page(FRONT, "20 % off, [see](gone.md).")))
    assert mixed.value.exit_code is Exit.MISTAKE


def test_the_library_is_judged_too(tmp_path: Path) -> None:
    message = page("title: A wish\nkind: seasonal\nlanguage: zh", "立冬了，新品也暖和。")
    problem = mistakes_of(write_shop(tmp_path, messages__wish=message))["law-new-product"]
    assert (problem.file, problem.line, problem.column) == ("content/messages/wish.md", 6, 5)


def test_a_campaign_whose_kind_nobody_knows_is_not_judged_by_another(tmp_path: Path) -> None:
    front = FRONT.replace("holiday", "birtday")
    assert set(mistakes_of(write_shop(tmp_path, campaigns__wish=page(front, "20 % off.")))) == {"unknown-word"}


def test_a_draft_warns_and_a_promotion_may_sell(tmp_path: Path) -> None:
    sold = "Everything is half price: order now."
    promotion = page(FRONT.replace("holiday", "promotion"), sold)
    project = read_project(
        write_shop(tmp_path, campaigns__sale=promotion, campaigns__wish=page(f"{FRONT}\ndraft: yes", sold))
    )
    assert [(one.file, one.code) for one in project.warnings] == [
        ("content/campaigns/wish.md", "law-discount"),
        ("content/campaigns/wish.md", "law-call-to-buy"),
    ]


LAW = """\
add:
  - rule: discount
    phrases: [Rabatt*, "# Prozent"]
    innocent: [kein Rabatt]
  - rule: product-link
    patterns: ["https://loom.example/*"]
allow:
  - rule: price
    phrase: at no price
    reason: it is a line of a song
"""


def test_the_shop_adds_words_and_links_and_excepts_phrases(tmp_path: Path) -> None:
    text = "Zwei Prozent. Kein Rabatt! Rabatte?\n\n[Here](https://loom.example/quilt) it is, at no price."
    root = write_shop(tmp_path, **{"law.yaml": LAW}, campaigns__wish=page(f"{FRONT}\nlanguage: de", text))
    assert [(line, column, code) for _, line, column, code in places(root)] == [
        (9, 28, "law-discount"),
        (11, 8, "law-product-link"),
    ]


def test_an_exception_that_nothing_needs_is_told(tmp_path: Path) -> None:
    project = read_project(write_shop(tmp_path, **{"law.yaml": LAW}))
    (warning,) = project.warnings
    assert (warning.file, warning.line, warning.code) == ("content/law.yaml", 8, "unused-exception")


def test_words_are_folded_as_they_are_read() -> None:
    law, problems = own('add: [{rule: discount, phrases: ["ＲＡＢＡＴＴ*", 優惠]}]')
    assert problems == []
    assert law.tongues[-1].words == (Words("discount", ("rabatt*", "优惠")),)


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("add: price", "wrong-form", "begin each of them with '- rule: ...'"),
        ("allow: [price]", "wrong-form", "begin each of them with '- rule: ...'"),
        ("add: [{rule: discont, phrases: [a]}]", "unknown-rule", "did you mean 'discount'?"),
        ("add: [{phrases: [a]}]", "missing-key", "add a line 'rule: ...'"),
        ("add: [{rule: discount, patterns: [a]}]", "wrong-form", "'discount' looks at words: it takes phrases"),
        ("add: [{rule: product-link, phrases: [a]}]", "wrong-form", "'product-link' looks at links: it takes patterns"),
        ('add: [{rule: discount, phrases: ["a ("]}]', "bad-phrase", ""),
        ('add: [{rule: discount, innocent: ["#"]}]', "bad-phrase", ""),
        ("add: [{rule: discount, phrases: [a], level: error}]", "unknown-key", ""),
        ("allow: [{rule: price, phrase: a}]", "missing-key", "add a line 'reason: ...'"),
        (
            "allow: [{rule: price, reason: a poem}]",
            "wrong-form",
            "add a 'phrase', or a 'file' such as campaigns/2026/letter.md",
        ),
        (
            "allow: [{rule: price, reason: a poem, file: campaigns/wsh.md}]",
            "unknown-file",
            "did you mean 'campaigns/wish.md'?",
        ),
        ("allowed: []", "unknown-key", "did you mean 'allow'?"),
    ],
)
def test_what_is_wrong_in_law_yaml_is_told_with_a_hint(text: str, code: str, hint: str) -> None:
    _, problems = own(text)
    assert [problem.code for problem in problems] == [code]
    assert not hint or problems[0].hint == hint
    assert problems[0].line == 1


def test_a_law_yaml_that_is_not_yaml_is_a_mistake_of_its_own(tmp_path: Path) -> None:
    assert mistakes_of(write_shop(tmp_path, **{"law.yaml": "allow: ["}))["yaml-syntax"].file == "content/law.yaml"
