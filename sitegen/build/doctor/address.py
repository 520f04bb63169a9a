"""Say what is unsafe about the address under which members find the shop.

Sources: AWS, "Website endpoints" (no HTTPS); GitHub Pages, "Securing your site" (no sensitive transactions); the URL
standard (a fragment survives redirects); HTML, "origin" (all paths of a host share storage and keys).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sitegen.build.doctor.checks import Check, fine, problem, warning

NAME = "address"
OWN_DOMAIN = "take a domain or sub-domain that is the shop's own, before cards are printed"
PLAIN = "browsers decrypt nothing there, and anybody on the way may change the script"
S3_WEBSITE = re.compile(r"\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$")
SHARED_HOSTS = re.compile(
    r"(^|\.)(s3([.-][a-z0-9-]+)?\.amazonaws\.com|storage\.googleapis\.com|storage\.cloud\.google\.com|"
    r"sites\.google\.com|raw\.githubusercontent\.com|cdn\.jsdelivr\.net|rawcdn\.githack\.com|dropboxusercontent\.com)$"
)
"""Hosts that give every customer a path of one origin."""
PROJECT_PAGES = ("github.io", "gitlab.io", "codeberg.page", "bitbucket.io")
"""One origin for an account; each of its projects is a path."""
LENT = (
    *PROJECT_PAGES,
    *("netlify.app", "pages.dev", "vercel.app", "web.app", "firebaseapp.com", "onrender.com", "surge.sh"),
    *("azurestaticapps.net", "cloudfront.net", "amplifyapp.com", "neocities.org", "fly.dev"),
)
SHORTENERS = frozenset(
    {
        *("bit.ly", "t.co", "tinyurl.com", "goo.gl", "is.gd", "ow.ly", "buff.ly", "cutt.ly", "rebrand.ly", "qrco.de"),
        *("t.ly", "shorturl.at", "rb.gy", "lnkd.in", "linktr.ee", "v.gd", "tiny.cc", "qr.ae", "dub.sh", "s.id"),
    }
)


def address_checks(url: str) -> tuple[Check, ...]:
    """What is wrong with a site's address; one line that says so where nothing is."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").rstrip("."), parts.path.strip("/")
    found = (*_transport(parts.scheme, host), *_origin(host, path), *_lifetime(host))
    return found or (fine(NAME, f"{url} is a place of its own, over https"),)


def _transport(scheme: str, host: str) -> Iterator[Check]:
    if S3_WEBSITE.search(host):
        said = "S3 website endpoints speak plain http only"
        todo = "put CloudFront with a certificate in front of the bucket, and write its https address"
        yield problem(NAME, said, PLAIN, todo)
    elif _is_this_machine(host):
        yield warning(NAME, f"'{host}' is this machine", "nobody else finds it", OWN_DOMAIN)
    elif scheme != "https":
        todo = "get a certificate for the host, and write https:// in content/site.yaml"
        yield problem(NAME, f"'{host}' is reached by plain http", PLAIN, todo)


def _origin(host: str, path: str) -> Iterator[Check]:
    if SHARED_HOSTS.search(host) and not S3_WEBSITE.search(host):
        said = f"strangers' pages on '{host}' share its origin"
        yield problem(NAME, said, "a script of theirs could read the keys that members' browsers keep", OWN_DOMAIN)
    elif _below(host, PROJECT_PAGES) and path:
        said = f"all projects of this account share the origin '{host}'"
        yield problem(NAME, said, "each of them could read the keys that members' browsers keep", OWN_DOMAIN)
    elif _below(host, PROJECT_PAGES):
        said = f"other projects of this account would share the origin '{host}'"
        yield warning(NAME, said, "each of them could read the keys that members' browsers keep", OWN_DOMAIN)
    elif path:
        said = f"whatever else '{host}' serves shares the origin with /{path}/"
        why = "it is inside the fence: it could read the keys that members' browsers keep"
        yield warning(NAME, said, why, "serve nothing there that you would not trust with them, or take a sub-domain")
    if _below(host, ("github.io",)):
        said = "GitHub's terms for Pages exclude online business and sensitive transactions"
        why = "the site could be closed from one day to the next, with its address on every card"
        yield warning(NAME, said, why, "take another host, or read the terms with somebody who can judge")


def _lifetime(host: str) -> Iterator[Check]:
    if host.removeprefix("www.") in SHORTENERS:
        why = "it sees every visit, and a redirect carries the card's code wherever it leads"
        yield problem(NAME, f"'{host}' shortens links", why, "write the final address itself")
    elif _below(host, LENT):
        yield warning(NAME, f"'{host}' is lent by the host", "printed cards live for years, and it decides", OWN_DOMAIN)
    elif host.rpartition(".")[2] in {"example", "test", "invalid"} or host in {"example.com", "example.org"}:
        why = "nobody can visit it, and it would stand on every card"
        yield warning(NAME, f"'{host}' is a name for examples", why, f"{OWN_DOMAIN}: `url` in content/site.yaml")
    elif _is_number(host) and not _is_this_machine(host):
        yield warning(NAME, f"'{host}' is a number", "it moves, and few get a certificate for one", OWN_DOMAIN)


def _below(host: str, domains: tuple[str, ...]) -> bool:
    return any(host.endswith(f".{domain}") for domain in domains)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_this_machine(host: str) -> bool:
    if _is_number(host):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")
