"""The rules for Netlify: netlify.toml, or a file named _headers where a folder is uploaded by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.publish.host.platforms import header_file, header_rules
from sitegen.publish.host.site import HostSite
from sitegen.publish.host.words import commented

SET_UP = """\
sitegen made this file; the next build makes it anew. Put it at the top of the repository that Netlify builds.
Netlify serves the files of the site and nothing else, lists no folder, and shows 404.html for what is not there.
"""
SET_UP_FOLDER = """\
sitegen made this file; the next build makes it anew. Netlify reads it only from inside the folder that is uploaded,
so put it beside the site's index.html, or use netlify.toml instead. It names nothing that is protected.
"""
SET_UP_MOVED = """\
sitegen made this file; the next build makes it anew. It leads from former addresses of public pages to where they lie
now. Netlify reads it only from inside the folder that is uploaded; netlify.toml says the same.
"""
BELOW = "The site lies below {base} of its host: publish a folder that holds it there.\n"


def netlify_file(site: HostSite) -> str:
    """The text of netlify.toml."""
    return "\n".join([*commented(_set_up(SET_UP, site), site), "", *_tables(site), ""])


def netlify_headers(site: HostSite) -> str:
    """The text of _headers."""
    return "\n".join([*commented(_set_up(SET_UP_FOLDER, site), site), "", header_file(header_rules(site))])


def netlify_redirects(site: HostSite) -> str:
    """The text of _redirects: the former addresses of pages."""
    lines = [f"{moved.source(site.base)} {moved.target(site.base)} 301!" for moved in site.moved]
    return "\n".join([*commented(SET_UP_MOVED, site), "", *lines, ""])


def _set_up(text: str, site: HostSite) -> str:
    return text + BELOW if site.base != "/" else text


def _tables(site: HostSite) -> Iterator[str]:
    yield "[build]"
    yield f"publish = {_quoted('output/site')}"
    for rule in header_rules(site):
        yield ""
        yield "[[headers]]"
        yield f"for = {_quoted(rule.path)}"
        yield "[headers.values]"
        for name, value in rule.headers:
            yield f"{name} = {_quoted(value)}"
    for moved in site.moved:
        yield ""
        yield "[[redirects]]"
        yield f"from = {_quoted(moved.source(site.base))}"
        yield f"to = {_quoted(moved.target(site.base))}"
        yield "status = 301"
        # Without it, the page that leads on in browsers would be served instead.
        yield "force = true"
    yield ""
    yield "# One name and https only. Browsers keep a code that stands behind the # through this, and tell no host."
    yield "[[redirects]]"
    yield f"from = {_quoted(f'http://{site.host}/*')}"
    yield f"to = {_quoted(f'{site.origin}/:splat')}"
    yield "status = 301"
    yield "force = true"


def _quoted(text: str) -> str:
    # A JSON string is a basic string of TOML too.
    return json.dumps(text, ensure_ascii=False)
