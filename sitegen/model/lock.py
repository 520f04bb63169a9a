"""What sitegen.lock remembers between builds: public facts that must not change by accident."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lock:
    """The committed facts of a site.

    `site_id` is 32 hex digits; `checks` holds the check value of each root by name ("content", "card", "sign");
    `pack_bits`, `slot` and `capacity` are 0 until the first build fixes them; `serials` counts reissued cards and
    `revoked` names members who have none any more, both by the HMAC of the member id.
    """

    site_id: str
    epoch: int = 1
    checks: Mapping[str, str] = field(default_factory=dict)
    pack_bits: int = 0
    slot: int = 0
    capacity: int = 0
    serials: Mapping[str, int] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
