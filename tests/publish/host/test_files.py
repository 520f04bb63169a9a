"""The texts that a host gets: one for each kind of host, with the site's own names, and nothing that is protected."""

from __future__ import annotations

import re

import pytest

from sitegen.protect.policy import CONTENT_SECURITY_POLICY, Shelf, headers
from sitegen.publish.host.files import FILES, host_files
from sitegen.publish.host.site import Doors, HostSite, Place, host_site

PUBLIC = ("index.html", "404.html", "care/index.html", "assets/moon.0123456789.svg", "sg/rt-0123456789ab.js")
MOVED = {"old/flax": "care/", "alt/$1 & 麻": "zh/亚麻/"}
SILENT = {"README.txt", "access.json", "cloudflare/_routes.json", "netlify/_redirects", "cloudflare/_redirects"}
"""Files that say nothing of headers."""
SERVERS = ("nginx.conf", "apache.conf", "htaccess.txt", "Caddyfile", "netlify.toml", "netlify/_headers")


def site(origin: str = "https://members.example", base: str = "/") -> HostSite:
    return host_site(Place(origin, base), Doors("5a" * 16, 7, ("0" * 26, "1" * 26)), PUBLIC, MOVED)


def texts(one: HostSite) -> dict[str, str]:
    return {artifact.path: artifact.content.decode() for artifact in host_files(one)}


def test_the_guide_names_every_file() -> None:
    guide = texts(site())["host/README.txt"]
    assert [name for name in FILES if name != "README.txt" and name not in guide] == []
    assert "https://members.example" in guide
    assert "{" not in guide


def test_every_text_begins_by_saying_what_to_do() -> None:
    for name in SERVERS:
        text = texts(site())[f"host/{name}"]
        assert text.startswith("# sitegen made this file; the next build makes it anew."), name
        assert not re.search(r"\{(?:origin|host|base|root|folder|config)\}", text), name


@pytest.mark.parametrize("name", [name for name in FILES if name not in SILENT])
def test_every_host_sends_the_policy_and_stays_on_https(name: str) -> None:
    text = texts(site())[f"host/{name}"]
    for header, value in headers(Shelf.SHELL, https=True):
        if (header, value) != ("Cache-Control", "no-cache"):
            assert header in text
            assert value in text
    assert f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'" in text


def test_without_https_nobody_is_told_to_stay_on_it() -> None:
    assert not any("Strict-Transport" in text for text in texts(site("http://127.0.0.1:8000")).values())


def test_below_a_path_every_rule_names_it() -> None:
    for path, text in texts(site(base="/shop/members/")).items():
        if path != "host/htaccess.txt":
            assert "/shop/members/" in text, path
    assert "/shop/members/404.html" in texts(site(base="/shop/members/"))["host/htaccess.txt"]


def test_former_addresses_lead_on_with_each_hosts_own_words() -> None:
    said = texts(site(base="/shop/"))
    assert said["host/netlify/_redirects"].splitlines()[-2:] == [
        "/shop/alt/%241%20%26%20%E9%BA%BB /shop/zh/%E4%BA%9A%E9%BA%BB/ 301!",
        "/shop/old/flax /shop/care/ 301!",
    ]
    assert said["host/cloudflare/_redirects"].splitlines()[-2:] == [
        "/shop/old/flax /shop/care/ 301",
        "/shop/old/flax/ /shop/care/ 301",
    ]
    assert 'from = "/shop/old/flax"\nto = "/shop/care/"\nstatus = 301\nforce = true' in said["host/netlify.toml"]
    assert 'RewriteRule "^old/flax/?$" "https://members.example/shop/care/" [R=301,L]' in said["host/htaccess.txt"]
    assert 'RewriteRule "^/shop/old/flax/?$"' in said["host/apache.conf"]
    assert 'location = "/shop/old/flax/" {' in said["host/nginx.conf"]
    assert 'return 301 "/shop/zh/%E4%BA%9A%E9%BA%BB/";' in said["host/nginx.conf"]
    assert '@moved1 vars_regexp {http.request.uri.path} "^/shop/old/flax/?$"' in said["host/Caddyfile"]


def test_cloudflare_gets_no_more_redirects_than_it_takes() -> None:
    many = {f"old/{number}": "care/" for number in range(1500)}
    one = host_site(Place("https://members.example", "/"), Doors("", 1, ()), PUBLIC, many)
    assert texts(one)["host/cloudflare/_redirects"].count(" 301\n") == 2000


def test_the_same_site_gives_the_same_texts() -> None:
    again = host_site(
        Place("https://members.example", "/"), Doors("5a" * 16, 7, ("0" * 26, "1" * 26)), PUBLIC[::-1], MOVED
    )
    assert texts(again) == texts(site())
