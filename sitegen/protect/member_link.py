"""The code and the link of one member's card."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.model.lock import Lock
from sitegen.protect import code
from sitegen.protect.serials import serial_of


@dataclass(frozen=True, slots=True)
class MemberLink:
    """What opens a member's door: 28 characters, the same in groups of four, and the public link that carries them."""

    spelled: str = field(repr=False)
    grouped: str = field(repr=False)
    url: str = field(repr=False)


def member_link(card_key: bytes, lock: Lock, member_id: str, site_url: str) -> MemberLink:
    """The link of a member's valid card; `site_url` is the site's address."""
    serial = serial_of(lock, card_key, member_id)
    spelled = code.spell(code.member_code(card_key, bytes.fromhex(lock.site_id), member_id, serial))
    return MemberLink(spelled, code.grouped(spelled), code.link(site_url, spelled))
