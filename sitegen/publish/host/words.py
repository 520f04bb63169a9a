"""Words that stand in every configuration: how to set it up, with this site's own names."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.publish.host.site import HostSite

ROOT = "/srv/www/members"
CONFIG = "/etc/sitegen"
"""Examples of folders on a host; each shop has its own."""


def commented(text: str, site: HostSite, mark: str = "#") -> Iterator[str]:
    """A text as comment lines, with the site's names filled in."""
    for line in filled(text, site).splitlines():
        yield f"{mark} {line}".rstrip()


def filled(text: str, site: HostSite) -> str:
    """A text with the site's names: {origin}, {host}, {base}, {root}, {folder}, {config}."""
    return text.format(
        origin=site.origin, host=site.host, base=site.base, root=ROOT, folder=ROOT + site.base, config=CONFIG
    )
