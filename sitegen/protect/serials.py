"""Which of a member's cards is the valid one: the lock counts reissues, and never names the member."""

from __future__ import annotations

import hmac

from sitegen.model.lock import Lock
from sitegen.protect.keys import derive

LENGTH = 16


def serial_name(card_key: bytes, site_id: bytes, member_id: str) -> str:
    """The name under which the lock counts a member's cards: 32 hex digits that only the card key can make."""
    key = derive(card_key, site_id, "serial")
    return hmac.digest(key, member_id.encode(), "sha256")[:LENGTH].hex()


def serial_of(lock: Lock, card_key: bytes, member_id: str) -> int:
    """The number of a member's valid card, from 1."""
    if not lock.serials:
        return 1
    return lock.serials.get(serial_name(card_key, bytes.fromhex(lock.site_id), member_id), 1)
