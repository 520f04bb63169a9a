"""Headers as Netlify and Cloudflare Pages want them: by path, each header of a path from one rule only."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.protect.policy import Header, Shelf, cache_control, everywhere, resource_policy
from sitegen.publish.host.site import FINGERPRINTED, HostSite


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Headers for all paths that a pattern fits: `*` at its end is anything, `:name` anything without a slash."""

    path: str
    headers: tuple[Header, ...]


def header_rules(site: HostSite) -> tuple[HeaderRule, ...]:
    """All rules. No two that fit one path name the same header: Cloudflare would join their values with a comma.

    Pages get no Cache-Control, since both hosts let nobody keep a page without asking, unless told otherwise.
    """
    plain = {path.partition("/")[0] for path in site.files}
    named = [found.folder for found in site.fingerprinted if found.folder != "sg" and found.folder not in plain]
    own = [
        *((f"{folder}/*", FINGERPRINTED[folder][0]) for folder in named),
        *((path, Shelf.RUNTIME) for path in site.scripts),
        ("sg/site.json", Shelf.STATE),
        ("a/:place/*" if site.drawers else "sg/:epoch/o/*", Shelf.OBJECT),
        ("sg/:epoch/k/*", Shelf.PACK),
        ("m/*", Shelf.SHELL),
    ]
    return (
        HeaderRule(f"{site.base}*", everywhere(site.https)),
        *(HeaderRule(site.base + path, _own(shelf)) for path, shelf in own),
    )


def _own(shelf: Shelf) -> tuple[Header, ...]:
    return (
        ("Cross-Origin-Resource-Policy", resource_policy(shelf)),
        ("Cache-Control", cache_control(shelf)),
    )


def header_file(rules: tuple[HeaderRule, ...]) -> str:
    """The rules in the form that both hosts read from a file named _headers."""
    return "\n".join(
        f"{rule.path}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers) for rule in rules
    )
