"""Texts of a card are cleaned before they are set."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.card import Card
from sitegen.render.cards.writing import clean, cleaned


def test_direction_and_control_characters_are_taken_out() -> None:
    assert clean("Anna\u202e gnaw\u2066\x00 Lee\u200f\u200b") == "Anna gnaw Lee"


def test_line_breaks_become_spaces_and_letters_are_composed() -> None:
    assert clean(" Jose\u0301\n Maria\t") == "José Maria"


def test_soft_hyphens_stay() -> None:
    assert clean("Ge\u00adschirr\u00adtuch") == "Ge\u00adschirr\u00adtuch"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in once)


def test_every_text_of_a_card_is_cleaned(latin: Card) -> None:
    dirty = replace(latin, name="\u202eAnna", lines=("12\x07 High Street",))
    card = cleaned(dirty)
    assert (card.name, card.lines, card.record) == ("Anna", ("12 High Street",), 1)
