"""Let each bearer of a token and each address ask so often and no more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

BURST = 20
"""Requests at once."""
SECONDS = 15.0
"""After which one more is free."""
MOST = 20_000
"""Callers that are kept in mind; who came longest ago is forgotten first."""


@dataclass(slots=True)
class Buckets:
    """One bucket for each caller: it holds BURST requests, and fills by one each SECONDS. Not for several threads."""

    ticks: Callable[[], float]
    levels: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, caller: str) -> bool:
        """Whether the caller may ask once more; then that is counted."""
        now = self.ticks()
        level, seen = self.levels.pop(caller, (float(BURST), now))
        level = min(float(BURST), level + (now - seen) / SECONDS)
        enough = level >= 1
        self.levels[caller] = (level - 1 if enough else level, now)
        if len(self.levels) > MOST:
            self.levels.popitem(last=False)
        return enough


def neighbourhood(address: str) -> str:
    """Whose address it is: an IPv6 customer has 2^64 of them, so a /64 counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ip_network((found, 64), strict=False))
