"""How hard a text is to read, and what is said of rules that are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.programme.law.prose import prose
from sitegen.programme.service.findings import text_findings
from sitegen.programme.service.readability import MOST_CHARACTERS, MOST_WORDS, PLAIN, reading, sentences, syllables
from tests.programme.test_life_stages import HERE

GETTYSBURG = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty,"
    " and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing"
    " whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great"
    " battle-field of that war."
)
PLAIN_RULE = (
    "Tell us within a month. A line or a call is enough. We send you a label, and the way back costs you nothing."
    " Wrap it as it came. You have your money five days after the parcel is here."
)
HARD_RULE = (
    "Notification of the intended cancellation necessitates documentation of the original merchandise authorisation."
    " Reimbursement eligibility determination requires individual administrative verification procedures."
    " Supplementary international transportation expenditure remains the responsibility of the originating purchaser."
)


def test_a_plain_rule_is_easy_and_a_hard_one_is_not() -> None:
    easy, hard = reading(PLAIN_RULE, "en").ease, reading(HARD_RULE, "en").ease
    assert easy is not None
    assert easy > 80
    assert hard is not None
    assert hard < 0


def test_the_reading_ease_is_flesch_s() -> None:
    ease = reading(GETTYSBURG, "en").ease
    assert ease is not None
    # Counted by hand: 3 sentences, 64 words, 96 syllables.
    assert abs(ease - (206.835 - 1.015 * 64 / 3 - 84.6 * 96 / 64)) < 2


@pytest.mark.parametrize(
    ("word", "number"),
    [("tea", 1), ("linen", 2), ("table", 2), ("loved", 1), ("wanted", 2), ("cakes", 1), ("places", 2), ("beautiful", 3),
     ("the", 1), ("1,000", 1), ("hm", 1), ("administrative", 5)],
)  # fmt: skip
def test_syllables_are_groups_of_vowels(word: str, number: int) -> None:
    assert syllables(word) == number


def test_other_languages_have_no_reading_ease_but_sentences() -> None:
    assert reading(GETTYSBURG, "de").ease is None
    assert len(reading(f"So {GETTYSBURG}", "de").long) == 1


def test_a_few_words_say_nothing_of_how_hard_a_text_is() -> None:
    assert reading("Notification necessitates documentation.", "en").ease is None


def test_titles_and_cells_make_no_text_easier() -> None:
    assert reading("Returns\nBy when\nHow\n" + HARD_RULE, "en").ease == reading(HARD_RULE, "en").ease


def test_chinese_sentences_are_measured_in_characters() -> None:
    long = "的" * (MOST_CHARACTERS + 1)
    assert reading(f"三十天之内告诉我们。{long}。好吗？", "zh").long == (f"{long}。",)
    assert reading("的" * MOST_CHARACTERS, "zh").long == ()


def test_a_long_sentence_is_told_by_its_beginning() -> None:
    long = "word " * (MOST_WORDS + 1)
    (found,) = text_findings(f"{long.strip()}. A short one.", "de", HERE)
    assert found.message == "a sentence is too long for rules: 'word word word word word word word word ...'"


def test_hard_rules_are_told_with_their_ease() -> None:
    (found,) = text_findings(HARD_RULE, "en", HERE)
    assert found.code == "hard-reading"
    assert f"{PLAIN} is the least" in found.message


def test_markup_is_no_part_of_a_sentence() -> None:
    words = "[Call us](tel:+49) **today**, or write.\n\n| By | When |\n|---|---|\n| post | soon |\n"
    assert list(sentences(prose(words, {}).text)) == ["call us today, or write.", "by", "when", "post", "soon"]


@given(st.lists(st.sampled_from(["a b", "c", "3.5 m", "d, e"]), min_size=1), st.sampled_from([". ", "! ", "?\n", "\n"]))
def test_sentences_end_where_they_end(parts: list[str], end: str) -> None:
    assert [one.rstrip(".!?") for one in sentences(end.join(parts) + end)] == parts


@given(st.text(max_size=400), st.sampled_from(["en", "zh", "de"]))
def test_any_text_can_be_measured(text: str, language: str) -> None:
    found = reading(text, language)
    assert len(found.long) <= found.sentences
    assert (found.ease is None) or language == "en"
