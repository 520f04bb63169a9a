"""The rules for Cloudflare Pages: _headers, and _routes.json for who puts a function before the locked part."""

from __future__ import annotations

import json

from sitegen.publish.host.platforms import header_file, header_rules
from sitegen.publish.host.site import HostSite
from sitegen.publish.host.words import commented

SET_UP = """\
sitegen made this file; the next build makes it anew. Cloudflare Pages reads it, and _routes.json, only from inside the
folder that is uploaded, so put both beside the site's index.html. They name nothing that is protected: no page, no
audience but by an opaque id. Pages serves the files of the site and nothing else, and lists no folder.
_routes.json matters only to who adds a function that asks who is there: the function sees the locked part alone, and
has to send the headers below itself.
"""
SET_UP_MOVED = """\
sitegen made this file; the next build makes it anew. It leads from former addresses of public pages to where they lie
now. The host reads it only from inside the folder that is uploaded, so put it beside the site's index.html.
"""
MOST = 2000
"""Redirects that Cloudflare Pages takes; pages beyond these lead on by themselves, in the browser."""
BELOW = "The site lies below {base} of its host: upload a folder that holds it there.\n"


def cloudflare_headers(site: HostSite) -> str:
    """The text of _headers."""
    text = SET_UP + BELOW if site.base != "/" else SET_UP
    return "\n".join([*commented(text, site), "", header_file(header_rules(site))])


def cloudflare_redirects(site: HostSite) -> str:
    """The text of _redirects: the former addresses of pages, as many as the host takes."""
    lines = [
        f"{moved.source(site.base)}{slash} {moved.target(site.base)} 301" for moved in site.moved for slash in ("", "/")
    ]
    return "\n".join([*commented(SET_UP_MOVED, site), "", *lines[:MOST], ""])


def cloudflare_routes(site: HostSite) -> str:
    """The text of _routes.json: the locked part goes to a function, if there is one; the scripts never."""
    scripts = [f"{site.base}{path}" for path in site.scripts]
    routes = {
        "version": 1,
        "include": [f"{site.base}sg/*", *([f"{site.base}a/*"] if site.drawers else [])],
        "exclude": [f"{site.base}sg/site.json", *scripts],
    }
    return json.dumps(routes, indent=2) + "\n"
