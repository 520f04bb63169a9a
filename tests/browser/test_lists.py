"""Lists over several pages, menus with lines below lines, events: in a real browser, with nothing for axe to mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import findings
from tests.browser.visits import House, Visit, served, visiting
from tests.calendars import events
from tests.golden.sample_shop import Shop

pytestmark = pytest.mark.slow

BASE = Path(__file__).parents[1] / "broken" / "base"
SETTINGS = """
paginate: 2
languages: [en, zh]
menus:
  main:
    - {page: care/linen.md, weight: 1}
    - title: The house
      weight: 2
      children: [{page: journal/p1.md, title: Our first page}, {title: Our weavers, url: "https://weavers.example/"}]
  footer:
    - {title: Write to us, url: "mailto:letters@smallloom.example"}
"""
EVENT = """\
---
title: The loom stands open
description: A Saturday on which anybody may weave.
audience: public
event: {start: 2026-10-10 11:00, end: 2026-10-10 16:00, place: "Weberstraße 3, Hamburg", organizer: Wiebke}
---
Come as you are.
"""


@pytest.fixture(scope="module")
def lists_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A small shop with a journal of five pages and a public event."""
    root = tmp_path_factory.mktemp("lists") / "shop"
    shutil.copytree(BASE, root)
    settings = root / "content/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    (root / "content/pages/open-loom.md").write_text(EVENT, encoding="utf-8")
    (root / "content/pages/journal").mkdir()
    for number in range(1, 6):
        front = f"title: Page {number}\naudience: public\nlayout: journal\ndate: 2026-08-0{number}\ntags: [loom, linen]"
        text = f"---\n{front}\n---\nWords of page {number}.\n"
        (root / f"content/pages/journal/p{number}.md").write_text(text, encoding="utf-8")
    shop = Shop(root)
    shop.build("pages", "2026-09-08")
    with served(shop) as house:
        yield house


@pytest.fixture
def reader(lists_house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor whose browser lets axe in."""
    with visiting(lists_house, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        yield visit


@pytest.fixture
def visitor(lists_house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor like any other."""
    with visiting(lists_house, browser) as visit:
        yield visit


def test_a_reader_turns_the_pages_of_a_list_to_its_end_and_back(visitor: Visit) -> None:
    visitor.open("journal/")
    seen = [visitor.page.locator(".item-title").all_inner_texts()]
    for _ in range(2):
        visitor.page.get_by_role("link", name="Next page").click()
        visitor.wait("locked")
        seen.append(visitor.page.locator(".item-title").all_inner_texts())
    assert seen == [["Page 5", "Page 4"], ["Page 3", "Page 2"], ["Page 1"]]
    assert visitor.page.get_by_text("Page 3 of 3").is_visible()
    assert visitor.page.get_by_role("link", name="Next page").count() == 0
    visitor.page.get_by_role("link", name="Previous page").click()
    visitor.page.get_by_role("link", name="Previous page").click()
    visitor.page.wait_for_url(f"{visitor.house.url}journal/")
    assert visitor.complaints == []


def test_the_head_of_a_list_names_its_feed_and_the_pages_around_it(visitor: Visit) -> None:
    visitor.open("journal/page/2/")
    links = visitor.page.locator("head link[rel=prev], head link[rel=next], head link[type='application/atom+xml']")
    found = links.evaluate_all("all => all.map(one => [one.rel, new URL(one.href).pathname])")
    assert found == [
        ["alternate", "/feed.xml"],
        ["alternate", "/journal/feed.xml"],
        ["prev", "/journal/"],
        ["next", "/journal/page/3/"],
    ]
    for _, path in found:
        assert visitor.page.request.get(visitor.house.url.rstrip("/") + path).ok


@pytest.mark.parametrize("width", [390, 1280])
def test_a_line_of_the_menu_opens_what_stands_below_it(visitor: Visit, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    visitor.open("journal/p1/")
    if width == 390:
        visitor.page.locator(".menu-switch summary").click()
    link = visitor.page.get_by_role("link", name="Our first page")
    assert not link.is_visible()
    visitor.page.get_by_text("The house").press("Enter")
    assert link.is_visible()
    assert link.get_attribute("aria-current") == "page"
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_event_goes_into_the_readers_calendar(visitor: Visit) -> None:
    visitor.open("open-loom/")
    assert visitor.page.get_by_text("Saturday, 10 October 2026, 11:00").is_visible()
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("link", name="Add to my calendar").click()
    [event] = events(waiting.value.path().read_bytes())
    assert event["DTSTART"].dt.isoformat() == "2026-10-10T11:00:00+02:00"
    every = visitor.page.request.get(f"{visitor.house.url}calendar.ics")
    assert every.headers["content-type"].startswith("text/calendar")
    assert visitor.complaints == []


@pytest.mark.parametrize("path", ["journal/page/2/", "tags/", "tags/loom/", "open-loom/"])
def test_axe_finds_nothing(reader: Visit, path: str) -> None:
    reader.open(path)
    reader.wait("locked")
    reader.page.locator(".menu-more summary").click()
    assert findings(reader) == []
