"""Who may read what, as the browser shows it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, SILVER, House, Visit, visiting

pytestmark = pytest.mark.xdist_group("sample")
GOLD_PAGES = ("In the drawer with the brass key", "A day in the quilting room")
SILVER_PAGES = ("Two small things for Silver",)
FOR_ALL = (
    "Your own room",
    "The eight of us",
    "Small gifts for points",
    "Gatherings of the year",
    "What things cost you",
    "For those who stay",
    "What may we send you?",
)
# The Gold member wants to be found by those whom she met.
CIRCLE = "Your circle"


def test_each_member_finds_their_own_pages_in_the_menu(house: House, browser: Browser) -> None:
    with visiting(house, browser) as gold, visiting(house, browser) as silver:
        gold.unlock(GOLD)
        silver.unlock(SILVER)
        assert set(gold.menu()) == {*FOR_ALL, *GOLD_PAGES, CIRCLE}
        assert set(silver.menu()) == {*FOR_ALL, *SILVER_PAGES}


def test_a_silver_member_cannot_open_a_gold_page_by_its_address(house: House, browser: Browser) -> None:
    with visiting(house, browser) as gold, visiting(house, browser) as silver:
        gold.unlock(GOLD)
        silver.unlock(SILVER)
        for title in GOLD_PAGES:
            gold.page.goto(gold.menu()[title])
            gold.wait("open")
            assert gold.page.locator("main h1").inner_text() == title
            silver.page.goto(gold.page.url)
            silver.wait("denied", "no-access")
            assert (
                "This page is for other customers of ours." in silver.page.locator('[data-sg="message"]').inner_text()
            )
            assert silver.page.locator("main h1:visible").all_inner_texts() == ["This room is for other customers"]
            assert title not in silver.page.content()
            assert silver.page.locator('main [data-sg="menu"] a').all_inner_texts() == list(silver.menu())
            assert silver.page.title() == "Lantern & Loom"
        assert set(silver.menu()) == {*FOR_ALL, *SILVER_PAGES}
        assert gold.complaints == silver.complaints == []


def test_a_gold_member_cannot_open_a_silver_page_either(house: House, browser: Browser) -> None:
    with visiting(house, browser) as gold, visiting(house, browser) as silver:
        gold.unlock(GOLD)
        silver.unlock(SILVER)
        gold.page.goto(silver.menu()[SILVER_PAGES[0]])
        gold.wait("denied", "no-access")
        assert "swatch" not in gold.page.content()


# In each run the tests above and below prove it for one page of each kind.
@pytest.mark.slow
def test_every_shell_opens_for_its_readers_and_for_nobody_else(house: House, browser: Browser) -> None:
    opened: dict[str, set[str]] = {GOLD: set(), SILVER: set()}
    for customer, pages in opened.items():
        with visiting(house, browser) as visit:
            visit.unlock(customer)
            for path in house.gated_paths():
                visit.open(path)
                if visit.rest() == "open":
                    pages.add(visit.page.locator("main h1").inner_text())
    assert set(GOLD_PAGES) <= opened[GOLD]
    assert not set(GOLD_PAGES) & opened[SILVER]
    assert set(SILVER_PAGES) <= opened[SILVER]
    assert not set(SILVER_PAGES) & opened[GOLD]
    assert "The eight of us" in opened[GOLD] & opened[SILVER]


def test_a_block_for_gold_on_a_shared_page_is_shown_to_gold_only(house: House, browser: Browser) -> None:
    with visiting(house, browser) as gold, visiting(house, browser) as silver:
        gold.unlock(GOLD)
        silver.unlock(SILVER)
        assert "For you as a Gold member the drawer is open" in gold.content()
        assert "For you as a Silver member" not in gold.page.content()
        assert "For you as a Silver member there is a note of thanks" in silver.content()
        assert "For you as a Gold member" not in silver.page.content()
        for visit in (gold, silver):
            assert visit.page.locator(".prose > .audience-block").count() == 1
            assert visit.page.locator("[data-sg-object]").count() == 0


def test_the_members_part_of_a_public_page_opens_where_it_stands(visit: Visit) -> None:
    secret = "New bodhi seeds want clean, dry hands"
    visit.open("care/beads/")
    visit.wait("locked")
    assert "Beads change with the one who wears them." in visit.content()
    assert secret not in visit.page.content()
    visit.unlock(SILVER)
    visit.open("care/beads/")
    visit.wait("open")
    assert secret in visit.content()


def test_pictures_of_members_pages_are_shown_to_members(visit: Visit) -> None:
    visit.unlock(GOLD)
    visit.page.goto(visit.menu()[GOLD_PAGES[0]])
    visit.wait("open")
    picture = visit.page.locator('main img[src^="blob:"]')
    picture.wait_for()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert picture.get_attribute("alt") == "A quilt with rings like moonlight on water"
