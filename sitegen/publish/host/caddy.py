"""The rules for Caddy (2.6 and later): a whole Caddyfile, which also gets the certificate for https."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.protect.policy import REVALIDATE, Shelf, cache_control, headers, resource_policy
from sitegen.publish.host.paths import STRANGE, Pattern, literal, patterns, whole
from sitegen.publish.host.site import MISSING, HostSite
from sitegen.publish.host.types import COMPRESSED, MEDIA_TYPES, content_type
from sitegen.publish.host.words import ROOT, commented

SET_UP = """\
sitegen made this file; the next build makes it anew. Deny by default: what a site does not have is not there.

1. Put the site into {folder}, or set SITEGEN_ROOT to the folder that stands here for {root}.
2. Run `caddy run --config {config}/Caddyfile`, or import this file into your own.
3. Let the name {host} point to this machine: Caddy gets the certificate, and sends everybody to https.
"""
# As path_regexp, but on the path as it came: that one tidies it first.
PATH = "vars_regexp {http.request.uri.path}"


def caddy(site: HostSite) -> str:
    """The text of the Caddyfile."""
    lines = [*commented(SET_UP, site), f"{{$SITEGEN_ADDRESS:{site.origin}}} {{"]
    lines += _indented([f"root * {{$SITEGEN_ROOT:{ROOT}}}", *_compression(), "", *_matchers(site), ""])
    lines += _indented([*_routes(site), "", *_errors(site)])
    return "\n".join([*lines, "}", ""])


def _compression() -> Iterator[str]:
    yield "encode gzip {"
    yield "	match {"
    for media_type in COMPRESSED:
        yield f"		header Content-Type {media_type}*"
    yield "	}"
    yield "}"


def _matchers(site: HostSite) -> Iterator[str]:
    yield "@written not method GET HEAD"
    yield f'@strange vars_regexp {{http.request.orig_uri}} "(?i){STRANGE}"'
    yield "@unknown {"
    yield f'	not {PATH} "{_any(site, folder=False)}"'
    yield "	not {"
    yield f'		{PATH} "{_any(site, folder=True)}"'
    yield "		file {path}/index.html"
    yield "	}"
    yield "}"
    for name, pattern in _shelves(site):
        yield f'@{name} {PATH} "{whole(site, pattern)}"'
    for number, moved in enumerate(site.moved):
        yield f'@moved{number} {PATH} "^{literal(site.base + moved.former)}/?$"'
    for number, endings in enumerate(MEDIA_TYPES.values()):
        yield f"@type{number} path {' '.join(f'*{ending}' for ending in endings)}"


def _any(site: HostSite, folder: bool) -> str:
    texts = "|".join(pattern.text for pattern in patterns(site) if pattern.folder == folder)
    return whole(site, Pattern(Shelf.PAGE, f"(?:{texts})", folder))


def _shelves(site: HostSite) -> Iterator[tuple[str, Pattern]]:
    """The patterns whose files have headers of their own, each with a name."""
    for number, pattern in enumerate(patterns(site)):
        if not pattern.folder and pattern.shelf is not Shelf.PAGE:
            yield f"{pattern.shelf}{number}", pattern


def _routes(site: HostSite) -> Iterator[str]:
    # In a route nothing is sorted anew, so what comes later counts.
    yield "route {"
    yield "	error @written 405"
    yield "	error @strange 404"
    if site.base != "/":
        yield f'	redir "{site.base[:-1]}" "{site.base}" permanent'
    yield "	error @unknown 404"
    yield from _indented(_everywhere(site))
    for number, moved in enumerate(site.moved):
        yield f'	redir @moved{number} "{moved.target(site.base)}" permanent'
    for name, pattern in _shelves(site):
        yield from _indented(f'header @{name} {header} "{value}"' for header, value in _own_headers(pattern))
    for number, endings in enumerate(MEDIA_TYPES.values()):
        if ".html" not in endings:
            yield f'	header @type{number} Content-Type "{content_type(endings[0])}"'
    yield "	file_server {"
    yield "		index index.html"
    yield "	}"
    yield "}"


def _everywhere(site: HostSite) -> Iterator[str]:
    yield "header -Server"
    yield from (f'header {name} "{value}"' for name, value in headers(Shelf.PAGE, site.https))


def _own_headers(pattern: Pattern) -> Iterator[tuple[str, str]]:
    shared, kept = resource_policy(pattern.shelf), cache_control(pattern.shelf)
    if shared:
        yield "Cross-Origin-Resource-Policy", shared
    if kept != REVALIDATE:
        yield "Cache-Control", kept


def _errors(site: HostSite) -> Iterator[str]:
    yield "handle_errors {"
    # What the route has said of another file counts until it is taken back.
    yield from _indented(_everywhere(site))
    yield "	header -Cross-Origin-Resource-Policy"
    yield '	header Content-Type "text/html; charset=utf-8"'
    yield f'	rewrite * "{site.base}{MISSING}"'
    yield "	file_server {"
    yield "		disable_canonical_uris"
    yield "	}"
    yield "}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"	{line}".rstrip() for line in lines)
