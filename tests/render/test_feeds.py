"""Feed, sitemap and robots.txt: valid, absolute, and silent about what is gated."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import feedparser  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.shop.shop_file import read_shop
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.body import Body
from sitegen.model.tree import Place
from sitegen.render.site.entries import PublicEntry
from sitegen.render.site.feeds import (
    ATOM,
    FORBIDDEN,
    MOST,
    SITEMAP,
    Feed,
    MapLine,
    absolute,
    feed_file,
    feed_text,
    sitemaps,
)
from tests.content.shop_folder import SITE, page
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


def journal_of(count: int) -> dict[str, str]:
    return {
        f"pages__journal__p{number:02d}": journal(f"Page {number:02d}", f"2026-08-{number:02d}", "tags: [loom]")
        for number in range(1, count + 1)
    }


def parsed(made: dict[str, str], path: str) -> Any:
    """What a feed reader makes of a feed."""
    feed = feedparser.parse(made[path].encode())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_each_section_and_each_tag_with_dated_pages_has_a_feed_of_its_own(tmp_path: Path) -> None:
    made = public(site(tmp_path, **journal_of(2), pages__care__a=page("title: A\naudience: public\ntags: [wool]")))
    assert [path for path in made if path.endswith("feed.xml")] == [
        "feed.xml",
        "journal/feed.xml",
        "tags/loom/feed.xml",
    ]
    section = parsed(made, "journal/feed.xml")
    assert (section.feed.title, section.feed.link) == ("Journal · The Small Loom", f"{ORIGIN}/shop/journal/")
    assert [link.href for link in section.feed.links if link.rel == "self"] == [f"{ORIGIN}/shop/journal/feed.xml"]
    assert [entry.title for entry in section.entries] == ["Page 02", "Page 01"]
    assert section.entries[0].published == "2026-08-02T00:00:00Z"


def test_a_feed_has_the_twenty_newest_unless_the_shop_says_otherwise(tmp_path: Path) -> None:
    assert len(parsed(public(site(tmp_path, **journal_of(22))), "feed.xml").entries) == 20
    few = {"site.yaml": SITE + "feeds: {items: 3}\n"}
    found = parsed(public(site(tmp_path, **journal_of(22), **few)), "tags/loom/feed.xml")
    assert [entry.title for entry in found.entries] == ["Page 22", "Page 21", "Page 20"]


WORDS = """Dear {{ first_name or "friend" }}, [care](/care.md) and ![Cloth](/assets/cloth.svg)

::: audience gold
Canary for gold.
:::

<!-- more -->
Canary below.
"""


def test_a_feed_tells_the_whole_public_part_with_whole_addresses_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "pages__care": page("title: Care\naudience: public"),
        "pages__j__a": page("title: A\naudience: everyone\nlayout: journal\ndate: 2026-08-01\nteaser: x", WORDS),
    }
    made = public(site(tmp_path, **files))
    [entry] = parsed(made, "feed.xml").entries
    [content] = entry.content
    assert content.type == "text/html"
    assert "Dear friend, " in content.value
    assert f'href="{ORIGIN}/shop/care/"' in content.value
    assert f'src="{ORIGIN}/shop/assets/cloth.' in content.value
    assert not re.search("data-sg|loading|Canary", made["feed.xml"])
    short = public(site(tmp_path, **files, **{"site.yaml": SITE + "feeds: {content: summary}\n"}))
    assert "<content" not in short["feed.xml"]


def test_a_page_that_was_changed_says_when_in_its_feed_and_in_the_sitemap(tmp_path: Path) -> None:
    made = public(site(tmp_path, pages__a=journal("A", "2026-08-01", "updated: 2026-09-02")))
    found = parsed(made, "feed.xml")
    assert (found.entries[0].published, found.entries[0].updated) == ("2026-08-01T00:00:00Z", "2026-09-02T00:00:00Z")
    assert found.feed.updated == "2026-09-02T00:00:00Z"
    dates = {
        url.findtext(f"{{{SITEMAP}}}loc"): url.findtext(f"{{{SITEMAP}}}lastmod")
        for url in fromstring(made["sitemap.xml"])
    }
    assert dates == {f"{ORIGIN}/shop/": None, f"{ORIGIN}/shop/a/": "2026-09-02"}


def test_more_addresses_than_a_sitemap_may_have_get_several_and_an_index(tmp_path: Path) -> None:
    shop = project(tmp_path).shop
    files = sitemaps(shop, (MapLine(f"/shop/{number}/") for number in range(11)), most=5)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = fromstring(files["sitemap.xml"])
    assert index.tag == f"{{{SITEMAP}}}sitemapindex"
    assert [one.text for one in index.iter(f"{{{SITEMAP}}}loc")] == [
        f"{ORIGIN}/shop/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert [len(fromstring(files[name])) for name in list(files)[1:]] == [5, 5, 1]
    assert MOST == 50_000


def test_the_sitemap_names_the_languages_of_a_page(tmp_path: Path) -> None:
    lines = [MapLine("/shop/a/", None, (("en", f"{ORIGIN}/shop/a/"), ("zh", f"{ORIGIN}/shop/zh/甲/")))]
    found = fromstring(sitemaps(project(tmp_path).shop, lines)["sitemap.xml"])
    links = [(one.get("hreflang"), one.get("href")) for one in found.iter("{http://www.w3.org/1999/xhtml}link")]
    assert links == [("en", f"{ORIGIN}/shop/a/"), ("zh", f"{ORIGIN}/shop/zh/%E7%94%B2/")]


@given(title=st.text(), tag=st.text(min_size=1), content=st.text())
def test_whatever_words_it_tells_a_feed_is_xml_that_says_them(title: str, tag: str, content: str) -> None:
    shop = SHOP
    day = date(2026, 8, 1)
    entry = replace(ENTRY, title=title, tags=(tag,), description=content, day=day)
    root = fromstring(
        feed_file(shop, Feed(title, "/", "feed.xml", (entry,), content), day, {entry.id: feed_text(content)})
    )

    def plain(text: str) -> str:
        # XML itself reads every end of a line as one character.
        return FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")

    assert said(root, "title") == plain(title)
    [one] = root.findall(A + "entry")
    assert one.findtext(A + "content", "") == plain(content)


SHOP = read_shop(read_yaml(SITE, "content/site.yaml"), [])
ENTRY = PublicEntry(
    "pages/a.md",
    "/shop/a/",
    "a/index.html",
    "A",
    "",
    (),
    None,
    "en",
    "journal",
    100,
    False,
    Body("", (), ()),
    Place("a"),
)
