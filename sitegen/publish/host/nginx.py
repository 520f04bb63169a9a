"""The rules for nginx (1.19 and later): a file to include in the `server` block of the shop's host."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.protect.policy import Header, Shelf, everywhere, headers
from sitegen.publish.host.paths import STRANGE, Pattern, patterns, whole
from sitegen.publish.host.site import MISSING, HostSite
from sitegen.publish.host.types import CHARSET, COMPRESSED, MEDIA_TYPES
from sitegen.publish.host.words import commented

SET_UP = """\
sitegen made this file; the next build makes it anew. Deny by default: what a site does not have is not there.

1. Put the site into {folder}.
2. In the server block for {host}, over https, with `root {root};`, write:
       include {config}/nginx.conf;
3. In the server block for port 80, write only:
       return 301 {origin}$request_uri;
   Where certificates are renewed through /.well-known/acme-challenge/, put that line into `location / {{ }}`, and give
   that path a location of its own beside it.

The strange paths that this file refuses are read as they came, before nginx tidies them.
"""


def nginx(site: HostSite) -> str:
    """The text of nginx.conf."""
    return "\n".join([*_opening(site), *_missing(site), "", *_locations(site), "}", ""])


def _opening(site: HostSite) -> Iterator[str]:
    yield from commented(SET_UP, site)
    yield ""
    yield "server_tokens off;"
    yield "set $sitegen_strange 0;"
    yield f'if ($request_uri ~* "{STRANGE}") {{ set $sitegen_strange 1; }}'
    yield ""
    if site.base != "/":
        yield f'location = "{site.base[:-1]}" {{ absolute_redirect off; return 301 "{site.base}"; }}'
        yield ""


def _missing(site: HostSite) -> Iterator[str]:
    # A location of its own, with a name that no request can have: the page is asked for by its path as well.
    yield "location @sitegen_missing {"
    yield "    types { }"
    yield "    default_type text/html;"
    yield "    charset utf-8;"
    yield from _indented(_headers(headers(Shelf.PAGE, site.https), always=True))
    yield f'    try_files "{site.base}{MISSING}" =404;'
    yield "}"


def _locations(site: HostSite) -> Iterator[str]:
    yield f'location ^~ "{site.base}" {{'
    yield from _indented(_settings())
    # A location inherits headers only where it has none of its own, so each has all.
    yield from _indented(_headers(everywhere(site.https), always=True))
    yield "    error_page 403 404 @sitegen_missing;"
    for moved in site.moved:
        for slash in ("", "/"):
            yield ""
            yield f'    location = "{site.base}{moved.former}{slash}" {{'
            yield from _indented(_refusals(), 2)
            yield from _indented(_headers(headers(Shelf.PAGE, site.https), always=True), 2)
            yield f'        return 301 "{moved.target(site.base)}";'
            yield "    }"
    for pattern in patterns(site):
        yield ""
        yield f'    location ~ "{whole(site, pattern)}" {{'
        yield from _indented(_refusals(), 2)
        yield from _indented(_answer(site, pattern), 2)
        yield "    }"
    yield ""
    yield "    return 404;"


def _settings() -> Iterator[str]:
    yield "index index.html;"
    yield "autoindex off;"
    yield "absolute_redirect off;"
    yield "types {"
    for media_type, endings in MEDIA_TYPES.items():
        yield f"    {media_type} {' '.join(ending[1:] for ending in endings)};"
    yield "}"
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(name for name in MEDIA_TYPES if name in CHARSET and name != 'text/html')};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield f"gzip_types {' '.join(name for name in MEDIA_TYPES if name in COMPRESSED and name != 'text/html')};"


def _refusals() -> Iterator[str]:
    yield "if ($sitegen_strange) { return 404; }"
    yield "if ($request_method !~ ^(?:GET|HEAD)$) { return 405; }"


def _answer(site: HostSite, pattern: Pattern) -> Iterator[str]:
    if pattern.folder:
        yield from _headers(headers(Shelf.PAGE, site.https), always=True)
        yield "if (-d $request_filename) { rewrite ^(.*)$ $1/ permanent; }"
        yield "return 404;"
    else:
        yield from _headers(headers(pattern.shelf, site.https), always=False)


def _headers(chosen: tuple[Header, ...], always: bool) -> Iterator[str]:
    for name, value in chosen:
        # What is missing now may be there tomorrow, so only what is there may be kept.
        end = " always" if always or name != "Cache-Control" else ""
        yield f'add_header {name} "{value}"{end};'


def _indented(lines: Iterator[str], levels: int = 1) -> Iterator[str]:
    return ("    " * levels + line for line in lines)
