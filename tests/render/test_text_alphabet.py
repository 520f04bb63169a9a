"""Text messages are counted as the networks count them.

`text_vectors.json` was counted by another program, the npm package sms-segments-calculator 1.3.0: each line is a text
as runs of a character, its encoding and its number of segments.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.text.alphabet import BASIC, EXTENDED, forcing_character, is_forcing, name, plainer, segments

VECTORS = json.loads((Path(__file__).parent / "text_vectors.json").read_text("utf-8"))
PLAIN = st.text(st.sampled_from(sorted(BASIC | EXTENDED)), max_size=700)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("月" * 70, 1),
        ("月" * 71, 2),
        ("月" * 134, 2),
        ("月" * 135, 3),
        ("🏮" * 35, 1),
        ("🏮" * 36, 2),
        ("月" * 66 + "🏮" + "月" * 66, 3),
    ],
)
def test_segments(said: str, count: int) -> None:
    assert segments(said) == count


def test_another_program_counts_the_same() -> None:
    counted = [("".join(character * times for character, times in runs), *answer) for runs, *answer in VECTORS]
    ours = [(said, "UCS-2" if forcing_character(said) else "GSM-7", segments(said)) for said, *_ in counted]
    assert ours == counted


def test_the_alphabet_has_the_places_that_the_standard_gives_it() -> None:
    # 128 places of the default table without the escape; ten of the extension table.
    assert len(BASIC) == 127
    assert len(EXTENDED) == 10


@given(PLAIN)
def test_text_of_the_alphabet_fills_its_segments(said: str) -> None:
    places = sum(2 if character in EXTENDED else 1 for character in said)
    count = segments(said)
    assert forcing_character(said) == ""
    assert count == 1 if places <= 160 else -(-places // 153) <= count <= -(-places // 152)


@given(st.text(st.sampled_from("月圆a€🏮🐇"), min_size=71, max_size=400))
def test_each_part_of_a_long_text_holds_whole_characters_only(said: str) -> None:
    units = len(("月" + said).encode("utf-16-le")) // 2
    count = segments("月" + said)
    # A pair that does not fit leaves one unit of a part empty at most.
    assert -(-units // 67) <= count <= -(-units // 66)


@given(PLAIN, PLAIN)
def test_a_longer_text_never_takes_fewer_segments(said: str, more: str) -> None:
    assert segments(said) <= segments(said + more) <= segments(said + more + "月")


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("’", "'"),
        ("“", '"'),
        ("—", "-"),
        ("…", "..."),
        ("\u00a0", " "),
        ("\u202f", " "),
        ("\u200b", ""),
        ("ç", "c"),
        ("ł", "l"),
        ("½", "1/2"),
        ("™", "TM"),
        ("月", None),
        ("Ж", None),
        ("🏮", None),
    ],
)
def test_what_says_the_same_in_the_alphabet(character: str, said: str | None) -> None:
    assert is_forcing(character)
    assert plainer(character) == said


@given(st.characters(exclude_categories=["Cs"]))
def test_what_says_the_same_costs_nothing(character: str) -> None:
    assert forcing_character(plainer(character) or "") == ""


def test_a_character_that_nobody_sees_is_named_all_the_same() -> None:
    assert name("\u00a0") == "U+00A0 NO-BREAK SPACE"
    assert name("’") == "’ U+2019 RIGHT SINGLE QUOTATION MARK"
