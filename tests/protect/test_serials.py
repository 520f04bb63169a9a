"""Which card of a member is valid: the lock counts, and never names anybody."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.lock import Lock
from sitegen.protect.serials import serial_name, serial_of
from tests.protect.tinysite import CARD_KEY, SITE_ID

LOCK = Lock(SITE_ID.hex())
NAME = serial_name(CARD_KEY, SITE_ID, "C-00001")


def test_a_member_has_their_first_card_until_it_is_reissued() -> None:
    reissued = replace(LOCK, serials={NAME: 3})
    assert serial_of(LOCK, CARD_KEY, "C-00001") == 1
    assert serial_of(reissued, CARD_KEY, "C-00001") == 3
    assert serial_of(reissued, CARD_KEY, "C-00002") == 1


def test_a_name_in_the_lock_needs_the_card_key_and_the_site() -> None:
    others = {
        serial_name(bytes([9]) * 32, SITE_ID, "C-00001"),
        serial_name(CARD_KEY, bytes(16), "C-00001"),
        serial_name(CARD_KEY, SITE_ID, "C-00002"),
    }
    assert NAME not in others
    assert len(others) == 3


@given(st.text(min_size=3, max_size=20))
def test_a_name_in_the_lock_tells_nothing_of_the_member(member_id: str) -> None:
    name = serial_name(CARD_KEY, SITE_ID, member_id)
    assert len(bytes.fromhex(name)) == 16
    assert member_id.encode().hex() not in name
