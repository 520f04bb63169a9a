"""Feed, sitemap and robots.txt: valid, absolute, and silent about what is gated."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

from sitegen.render.site.feeds import ATOM, SITEMAP, absolute
from tests.content.shop_folder import page
from tests.render.site_shop import project, public, site

A = f"{{{ATOM}}}"
ORIGIN = "https://members.smallloom.example"


def journal(title: str, day: str, more: str = "") -> str:
    return page(f"title: {title}\naudience: public\nlayout: journal\ndate: {day}\n{more}")


def feed(root: Path, **changed: str) -> Element:
    return fromstring(public(site(root, **changed))["feed.xml"])


def said(element: Element, name: str) -> str:
    found = element.find(A + name)
    assert found is not None
    return found.text or ""


def test_the_feed_has_the_dated_public_entries_newest_first(tmp_path: Path) -> None:
    root = feed(
        tmp_path,
        pages__a=journal("Older & wiser", "2026-08-01", "description: <b>\ntags: [loom]"),
        pages__b=journal("Newer", "2026-09-01"),
        pages__c=page("title: No date\naudience: public"),
        pages__d=page("title: Secret\naudience: gold\nlayout: journal\ndate: 2026-09-02"),
        pages__e=journal("Draft", "2026-09-03", "draft: yes"),
    )
    entries = root.findall(A + "entry")
    assert [said(entry, "title") for entry in entries] == ["Newer", "Older & wiser"]
    assert said(entries[1], "summary") == "<b>"
    assert [one.get("term") for one in entries[1].findall(A + "category")] == ["loom"]
    assert [said(entry, "id") for entry in entries] == [f"{ORIGIN}/shop/b/", f"{ORIGIN}/shop/a/"]
    assert said(root, "updated") == "2026-09-01T00:00:00Z"


def test_the_feed_has_what_the_standard_demands(tmp_path: Path) -> None:
    root = feed(tmp_path, pages__a=journal("A", "2026-08-01"))
    assert root.tag == f"{A}feed"
    for element in (root, *root.findall(A + "entry")):
        for name in ("id", "title"):
            assert said(element, name)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", said(element, "updated"))
    links = {link.get("rel", "alternate"): link.get("href") for link in root.findall(A + "link")}
    assert links == {"alternate": f"{ORIGIN}/shop/", "self": f"{ORIGIN}/shop/feed.xml"}
    author = root.find(A + "author")
    assert author is not None
    assert said(author, "name") == "The Small Loom"


def test_a_feed_of_nothing_is_dated_today(tmp_path: Path) -> None:
    assert said(feed(tmp_path), "updated") == "2026-09-08T00:00:00Z"


def test_the_sitemap_names_public_pages_only_in_ascii(tmp_path: Path) -> None:
    made = public(
        site(
            tmp_path,
            pages__a=page("title: A\naudience: public\ntags: [\u4e2d\u79cb]\naliases: [old]"),
            pages__b=page("title: B"),
        )
    )
    urls = [one.text for one in fromstring(made["sitemap.xml"]).iter(f"{{{SITEMAP}}}loc")]
    assert urls == [f"{ORIGIN}/shop{path}" for path in ("/", "/a/", "/tags/", "/tags/%E4%B8%AD%E7%A7%8B/")]


def test_robots_forbids_and_betrays_nothing(tmp_path: Path) -> None:
    made = public(site(tmp_path))["robots.txt"]
    assert made == f"User-agent: *\nAllow: /\nSitemap: {ORIGIN}/shop/sitemap.xml\n"


def test_an_address_is_absolute_below_the_host(tmp_path: Path) -> None:
    assert absolute(project(tmp_path).shop, "/shop/a/") == f"{ORIGIN}/shop/a/"
