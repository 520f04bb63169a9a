"""The code and the link of one member's card."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.errors import SitegenError
from sitegen.model.lock import Lock
from sitegen.protect import code
from sitegen.protect.serials import valid_serial


@dataclass(frozen=True, slots=True)
class MemberLink:
    """What opens a member's door: 28 characters, the same in groups of four, and the public link that carries them."""

    spelled: str = field(repr=False)
    grouped: str = field(repr=False)
    url: str = field(repr=False)


class Revoked(SitegenError):
    """A member who has no valid card any more."""


def member_link(card_key: bytes, lock: Lock, member_id: str, site_url: str) -> MemberLink:
    """The link of a member's valid card; `site_url` is the site's address. Raises Revoked where there is none."""
    serial = valid_serial(lock, card_key, member_id)
    if serial is None:
        hint = f"`sitegen members reissue {member_id}` gives them a new card"
        raise Revoked(f"the card of '{member_id}' was revoked\nhint: {hint}")
    spelled = code.spell(code.member_code(card_key, bytes.fromhex(lock.site_id), member_id, serial))
    return MemberLink(spelled, code.grouped(spelled), code.link(site_url, spelled))
