"""Which of a member's cards is the valid one: the lock counts reissues and revocations, and never names the member."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import replace

from sitegen.model.lock import Lock
from sitegen.protect.keys import derive

LENGTH = 16


def serial_name(card_key: bytes, site_id: bytes, member_id: str) -> str:
    """The name under which the lock counts a member's cards: 32 hex digits that only the card key can make."""
    return _name(_key(card_key, site_id), member_id)


def valid_serial(lock: Lock, card_key: bytes, member_id: str) -> int | None:
    """The number of a member's valid card, from 1; None where the membership was revoked."""
    return valid_serials(lock, card_key)(member_id)


def valid_serials(lock: Lock, card_key: bytes) -> Callable[[str], int | None]:
    """The same for many members, with what they share reckoned once."""
    if not lock.serials and not lock.revoked:
        return lambda _: 1
    key = _key(card_key, bytes.fromhex(lock.site_id))

    def serial(member_id: str) -> int | None:
        name = _name(key, member_id)
        return None if name in lock.revoked else lock.serials.get(name, 1)

    return serial


def reissued(lock: Lock, card_key: bytes, member_ids: Iterable[str]) -> Lock:
    """The lock in which these members have a new card, whatever they had before, and the epoch is a new one."""
    names = _names(lock, card_key, member_ids)
    serials = {name: lock.serials.get(name, 1) + 1 for name in names}
    return replace(lock, epoch=lock.epoch + 1, serials={**lock.serials, **serials}, revoked=lock.revoked - names)


def revoked(lock: Lock, card_key: bytes, member_ids: Iterable[str]) -> Lock:
    """The lock in which these members have no card, and the epoch is a new one; as it was where nobody had one."""
    names = _names(lock, card_key, member_ids) - lock.revoked
    return replace(lock, epoch=lock.epoch + 1, revoked=lock.revoked | names) if names else lock


def _names(lock: Lock, card_key: bytes, member_ids: Iterable[str]) -> frozenset[str]:
    key = _key(card_key, bytes.fromhex(lock.site_id))
    return frozenset(_name(key, member_id) for member_id in member_ids)


def _key(card_key: bytes, site_id: bytes) -> bytes:
    return derive(card_key, site_id, "serial")


def _name(key: bytes, member_id: str) -> str:
    return hmac.digest(key, member_id.encode(), "sha256")[:LENGTH].hex()
