"""Member codes: every slip of the finger is noticed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import code

CARD_KEY, SITE_ID = bytes([2]) * 32, bytes(range(16))
CODE = code.member_code(CARD_KEY, SITE_ID, "anna", 1)
CODES = st.binary(min_size=17, max_size=17).map(lambda data: data[:-1] + bytes([data[-1] & 0xC0]))


@given(CODES)
def test_a_code_survives_its_spelling(made: bytes) -> None:
    spelling = code.spell(made)
    assert len(spelling) == 28
    assert code.parse(spelling) == made
    assert code.parse(code.grouped(spelling)) == made


@given(CODES, st.data())
def test_a_code_is_read_however_people_type_it(made: bytes, data: st.DataObject) -> None:
    typed = ""
    for character in code.spell(made):
        alike = {"0": "0Oo０", "1": "1IilL"}.get(character, character + character.lower())
        typed += data.draw(st.sampled_from(alike)) + data.draw(st.sampled_from(["", "", " ", "-", "–", "\u00a0"]))
    assert code.parse(typed) == made


def test_a_code_has_130_bits_and_its_members_alone() -> None:
    made = {
        code.member_code(key, site_id, member, serial)
        for key in (CARD_KEY, bytes([3]) * 32)
        for site_id in (SITE_ID, bytes(16))
        for member in ("anna", "ben", "")
        for serial in (1, 2)
    }
    assert len(made) == 24
    assert all(len(one) == 17 and one[-1] & 0x3F == 0 for one in made)


def test_codes_are_printed_in_seven_groups_of_four() -> None:
    assert code.grouped("ABCDEFGHJKMNPQRSTVWXYZ012345") == "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345"


def test_the_link_carries_the_code_in_the_fragment() -> None:
    assert code.link("https://shop.example/club", "ABCD") == "https://shop.example/club/#ABCD"
    assert code.link("https://shop.example/", "ABCD") == "https://shop.example/#ABCD"


# The check sums are linear over GF(32): a wrong code has the sums of its error alone, and two errors have the
# sums of both added. So the sums of all single errors say everything about all 2**130 codes: where none is zero,
# every single error is caught; where no two agree, every pair of errors is, and a swap is a pair.


def test_every_wrong_pair_of_characters_and_so_every_single_one_and_every_swap_is_caught() -> None:
    sums = set()
    for position, value in itertools.product(range(28), range(1, 32)):
        error = [0] * 28
        error[position] = value
        sums.add(code.syndromes(error))
    assert len(sums) == 28 * 31
    assert (0, 0) not in sums


def test_the_check_sums_are_linear() -> None:
    values = [(position * 7 + 3) % 32 for position in range(28)]
    for position in range(28):
        for wrong in range(32):
            error = [0] * 28
            error[position] = wrong
            mixed = [value ^ slip for value, slip in zip(values, error, strict=True)]
            expected = tuple(a ^ b for a, b in zip(code.syndromes(values), code.syndromes(error), strict=True))
            assert code.syndromes(mixed) == expected


def test_goal_14_every_single_slip_and_every_swap_of_neighbours_in_a_real_code_is_caught() -> None:
    spelling = code.spell(CODE)
    slips = [
        spelling[:position] + character + spelling[position + 1 :]
        for position in range(28)
        for character in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    ]
    swaps = [
        spelling[:position] + spelling[position + 1] + spelling[position] + spelling[position + 2 :]
        for position in range(27)
    ]
    wrong = {text for text in slips + swaps if text != spelling}
    assert len(wrong) > 28 * 31
    for text in wrong:
        with pytest.raises(code.CheckFailed):
            code.parse(text)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (code.spell(CODE)[:-1] + "U", code.BadCharacter, "a member code has no 'U'"),
        (code.spell(CODE)[:-1] + "月", code.BadCharacter, "a member code has no '月'"),
        (code.spell(CODE)[:-1], code.WrongLength, "a member code has 28 characters, not 27"),
        ("", code.WrongLength, "a member code has 28 characters, not 0"),
    ],
)
def test_a_mistake_in_a_code_has_its_own_message(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        code.parse(text)
    assert str(caught.value) == message


def test_the_void_code_of_proofs_reads_as_a_code() -> None:
    assert code.parse(code.VOID_SPELLING) == bytes(17)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_a_code_error(text: str) -> None:
    result: bytes | str
    try:
        result = code.parse(text)
    except code.CodeError as error:
        result = error.key
    assert result in {"bad-character", "bad-length", "bad-check"} or len(result) == 17
