"""Which of a member's cards is the valid one: the lock counts reissues and revocations, and never names the member."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import replace

from sitegen.model.lock import Lock
from sitegen.protect.keys import derive

LENGTH = 16


def serial_name(card_key: bytes, site_id: bytes, member_id: str) -> str:
    """The name under which the lock counts a member's cards: 32 hex digits that only the card key can make."""
    key = derive(card_key, site_id, "serial")
    return hmac.digest(key, member_id.encode(), "sha256")[:LENGTH].hex()


def valid_serial(lock: Lock, card_key: bytes, member_id: str) -> int | None:
    """The number of a member's valid card, from 1; None where the membership was revoked."""
    if not lock.serials and not lock.revoked:
        return 1
    name = serial_name(card_key, bytes.fromhex(lock.site_id), member_id)
    return None if name in lock.revoked else lock.serials.get(name, 1)


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
    site_id = bytes.fromhex(lock.site_id)
    return frozenset(serial_name(card_key, site_id, member_id) for member_id in member_ids)
