"""What a host's headers could do better."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from sitegen.protect.policy import everywhere
from sitegen.publish.verify.client import Address, Answer

RULES = "output/host/ has the rules for your host"
FRESH = ("no-store", "no-cache", "max-age=0")


def header_warnings(address: Address, manifest: Answer, home: Answer | None) -> Iterator[str]:
    """Sentences about the headers of site.json and of the home page."""
    if not address.secure and not is_loopback(address.host):
        yield "the address is plain http: browsers open no member's page there, and codes travel in the clear"
    kept = manifest.headers.get("cache-control", "")
    if manifest.status == 200 and not any(word in kept for word in FRESH):
        yield f"sg/site.json may be kept by caches (Cache-Control: '{kept}'); {RULES}"
    if home is None or home.status != 200:
        return
    for name, value in everywhere(address.secure):
        said = home.headers.get(name.lower())
        if said != value:
            yield f"pages come {f'with another {name}' if said else f'without {name}'}; {RULES}"


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
