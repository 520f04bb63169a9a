"""Which card of a member is valid: the lock counts, and never names anybody."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.lock import Lock
from sitegen.protect.serials import reissued, revoked, serial_name, valid_serial
from tests.protect.tinysite import CARD_KEY, SITE_ID

LOCK = Lock(SITE_ID.hex())
NAME = serial_name(CARD_KEY, SITE_ID, "C-00001")


def test_a_member_has_their_first_card_until_it_is_reissued() -> None:
    later = replace(LOCK, serials={NAME: 3})
    assert valid_serial(LOCK, CARD_KEY, "C-00001") == 1
    assert valid_serial(later, CARD_KEY, "C-00001") == 3
    assert valid_serial(later, CARD_KEY, "C-00002") == 1


def test_who_was_revoked_has_no_card_and_others_keep_theirs() -> None:
    lock = revoked(LOCK, CARD_KEY, ["C-00001"])
    assert valid_serial(lock, CARD_KEY, "C-00001") is None
    assert valid_serial(lock, CARD_KEY, "C-00002") == 1
    assert lock.epoch == LOCK.epoch + 1


def test_a_new_card_takes_a_revocation_back_and_is_another_card() -> None:
    lock = reissued(revoked(LOCK, CARD_KEY, ["C-00001"]), CARD_KEY, ["C-00001"])
    assert valid_serial(lock, CARD_KEY, "C-00001") == 2
    assert lock.revoked == frozenset()


def test_a_second_revocation_changes_nothing() -> None:
    lock = revoked(LOCK, CARD_KEY, ["C-00001"])
    assert revoked(lock, CARD_KEY, ["C-00001"]) == lock


MEMBERS = st.sampled_from(["C-1", "C-2", "C-3"])
STEPS = st.lists(st.tuples(st.booleans(), st.lists(MEMBERS, min_size=1, max_size=3)), max_size=8)


@given(STEPS)
def test_whatever_is_reissued_and_revoked_no_serial_ever_comes_back(steps: list[tuple[bool, list[str]]]) -> None:
    lock = LOCK
    cards = {member: [1] for member in ("C-1", "C-2", "C-3")}
    open_: dict[str, bool] = dict.fromkeys(cards, True)
    for new, members in steps:
        lock = (reissued if new else revoked)(lock, CARD_KEY, members)
        for member in set(members):
            open_[member] = new
            if new:
                cards[member].append(cards[member][-1] + 1)
        for member, had in cards.items():
            assert valid_serial(lock, CARD_KEY, member) == (had[-1] if open_[member] else None)


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
