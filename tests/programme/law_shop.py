"""Messages for the tests of the message law, made of one text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sitegen.content.law_file import built_in_law
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import LAW
from sitegen.model.channel import Kind, message_class
from sitegen.model.law import Law, Part, Piece, Writing
from sitegen.model.tree import Mapping, Place, Scalar, Sequence
from sitegen.programme.law.verdict import judge

EXAMPLES = Path(__file__).parent / "law_examples"
BIRTHDAY = {"en": "Today is your birthday. We wish you joy.", "zh": "今天是您的生日。祝您快乐。"}
NEEDED = ("birthday-today", "birthday-wish")


class Guilty(NamedTuple):
    """A text, the rule that minds it, and the words that the rule names."""

    language: str
    kind: Kind
    rule: str
    words: str
    text: str


class Innocent(NamedTuple):
    """A text that nobody minds."""

    language: str
    kind: Kind
    text: str


def guilty(language: str) -> list[Guilty]:
    return [Guilty(language, Kind(kind), rule, words, text) for kind, rule, words, text in _rows(language, "guilty")]


def innocent(language: str) -> list[Innocent]:
    return [Innocent(language, Kind(kind), text) for kind, text in _rows(language, "innocent")]


def _rows(language: str, key: str) -> list[list[str]]:
    tree = read_yaml((EXAMPLES / f"{language}.yaml").read_text(encoding="utf-8"), language)
    node = tree.get(key)
    assert isinstance(node, Sequence)
    rows = [item for item in node.items if isinstance(item, Sequence)]
    assert not any(isinstance(item, Mapping) for item in node.items)
    return [[cell.text for cell in row.items if isinstance(cell, Scalar)] for row in rows]


def writing(text: str, kind: Kind = Kind.HOLIDAY, language: str = "en", part: Part = Part.BODY) -> Writing:
    """A campaign with that text; an event does not sell."""
    file = "content/campaigns/wish.md"
    return Writing(
        id="campaigns/wish.md",
        kind=kind,
        message_class=message_class(kind, sales=False),
        language=language,
        pieces=(Piece(part, text, Place(file, 10, 1)),),
        place=Place(file, 3, 7),
        day="2026-09-25",
    )


def whole(text: str, kind: Kind, language: str, rule: str = "") -> Writing:
    """As `writing`; a birthday message says its day and its wish, unless the rule asks for them."""
    if kind is Kind.BIRTHDAY and rule not in NEEDED:
        text = f"{BIRTHDAY[language]}\n\n{text}"
    return writing(text, kind, language)


def told(*writings: Writing, law: Law | None = None) -> list[tuple[str, str]]:
    """What stops these writings: the rules' ids, and the messages."""
    found = judge(writings, law or built_in_law()).mistakes
    return [(problem.code.removeprefix(LAW), problem.message) for problem in found]


def rules(*writings: Writing, law: Law | None = None) -> set[str]:
    """The ids of the rules that stop these writings."""
    return {rule for rule, _ in told(*writings, law=law)}
