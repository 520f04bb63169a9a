"""Keys: derivation, roots, and that secrets stay secret."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Mistakes
from sitegen.protect import keys

SITE_ID = bytes(range(16))
ROOT = bytes(range(32))


@given(st.binary(min_size=1, max_size=64), st.binary(max_size=40), st.integers(1, 100))
def test_derive_is_hkdf_as_the_library_has_it(root: bytes, context: bytes, length: int) -> None:
    info = b"sitegen/v1/code\0" + context
    expected = HKDF(algorithm=SHA256(), length=length, salt=SITE_ID, info=info).derive(root)
    assert keys.derive(root, SITE_ID, "code", context, length) == expected


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_different_lists_of_parts_never_look_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (keys.length_prefixed(*one) == keys.length_prefixed(*other)) == (one == other)


def test_every_input_of_a_segment_key_changes_it() -> None:
    made = {
        keys.segment_key(root, site_id, segment, epoch, period)
        for root in (ROOT, bytes([9]) * 32)
        for site_id in (SITE_ID, bytes(16))
        for segment in ("gold", "silver")
        for epoch in (1, 2)
        for period in ("2026-09", "2026-10")
    }
    assert len(made) == 32


def test_roots_come_from_the_entropy_that_was_handed_in() -> None:
    supply = iter([b"a" * 32, b"b" * 32, b"c" * 32])
    roots = keys.generate_roots(lambda length: next(supply)[:length])
    assert roots == keys.Roots(b"a" * 32, b"b" * 32, b"c" * 32)


def test_a_root_survives_its_spelling() -> None:
    assert keys.decode_root(f"  {keys.encode_root(ROOT)}\n", "SITEGEN_CONTENT_KEY") == ROOT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no base64 at all!", "'SITEGEN_CARD_KEY' is not base64"),
        ("schlüssel", "'SITEGEN_CARD_KEY' is not base64"),
        (base64.b64encode(b"short secret").decode(), "'SITEGEN_CARD_KEY' must be 32 bytes, but holds 12"),
        (base64.b64encode(bytes(32)).decode(), "'SITEGEN_CARD_KEY' is all zeros"),
    ],
)
def test_a_bad_root_is_named_and_never_shown(text: str, message: str) -> None:
    with pytest.raises(Mistakes) as caught:
        keys.decode_root(text, "SITEGEN_CARD_KEY")
    assert [problem.message for problem in caught.value.problems] == [message]
    assert text not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_missing_root_is_named() -> None:
    with pytest.raises(Mistakes, match="'SITEGEN_SIGN_KEY' is missing"):
        keys.require(None, "SITEGEN_SIGN_KEY")


def test_roots_do_not_show_themselves() -> None:
    assert repr(keys.Roots(b"content secret!!", None, b"x")) == "Roots(content=<secret>, sign=<secret>)"


def test_the_key_check_value_tells_roots_apart() -> None:
    assert keys.key_check_value(ROOT) != keys.key_check_value(bytes([1]) * 32)
    assert len(bytes.fromhex(keys.key_check_value(ROOT))) == 4
