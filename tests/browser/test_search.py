"""Members search what they may read, on this page and without a line; strangers have no search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.test_accessibility import findings
from tests.browser.visits import GOLD, SILVER, House, Visit, visiting

pytestmark = pytest.mark.xdist_group("sample")
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def field(visit: Visit) -> Locator:
    return visit.page.get_by_role("searchbox", name="Search our pages")


def search(visit: Visit, query: str) -> list[str]:
    """The titles of the hits, once the page has counted them."""
    field(visit).fill(query)
    count = visit.page.locator('[data-sg="search-count"]')
    before = "count => { count.textContent = ''; }"
    count.evaluate(before)
    field(visit).press("Enter")
    count.filter(has_text="found").wait_for()
    return visit.page.locator('[data-sg="search-hits"] a').all_inner_texts()


def asked(visit: Visit) -> set[str]:
    """What was asked for to search: the module, the open index, locked ones."""
    return {url.removeprefix(visit.house.url).partition("?")[0] for url in visit.requests}


def test_a_stranger_has_no_search(visit: Visit) -> None:
    visit.open("care/linen/")
    visit.wait("locked")
    assert visit.page.locator('[data-sg="search"]').count() == 1
    assert not visit.page.locator('[data-sg="search"]').is_visible()
    assert not any("search" in url for url in visit.requests)


def test_each_member_finds_their_own_pages_and_never_loads_another_segments_index(
    house: House, browser: Browser
) -> None:
    with visiting(house, browser) as gold, visiting(house, browser) as silver:
        loaded = {}
        for visit, customer in ((gold, GOLD), (silver, SILVER)):
            visit.unlock(customer)
            visit.settle()
            before = asked(visit)
            assert not any("search" in path for path in before)
            search(visit, "linen")
            loaded[customer] = asked(visit) - before
            assert {path.partition("-")[0] for path in loaded[customer] if "search" in path} == {
                "sg/search",
                "search.json",
            }
        shared = loaded[GOLD] & loaded[SILVER]
        assert loaded[GOLD] - shared
        assert loaded[SILVER] - shared
        for one, other in ((gold, silver), (silver, gold)):
            for title in one.menu().keys() - other.menu().keys():
                assert search(one, title)[0] == title
                assert title not in search(other, title)
        assert search(gold, "drawer strangers") == ["In the drawer with the brass key"]
        assert search(silver, "drawer strangers") == []
        assert "For you as a Gold member the drawer is open" not in silver.page.content()
        assert gold.complaints == silver.complaints == []


def test_the_search_goes_on_without_a_line_and_clears_at_the_log_out(visit: Visit) -> None:
    visit.unlock(GOLD)
    visit.settle()
    visit.context.set_offline(True)
    field(visit).click()
    visit.page.get_by_text("The search could not be fetched.").wait_for()
    visit.complaints.clear()
    visit.context.set_offline(False)
    visit.page.keyboard.press("Tab")
    assert "A quilt and its years" in search(visit, "quilt")
    visit.context.set_offline(True)
    assert "Looking after beads" in search(visit, "sandalwod")
    assert search(visit, "zzzzz") == []
    assert visit.page.get_by_text("and we will look for you.").is_visible()
    visit.context.set_offline(False)
    search(visit, "drawer")
    visit.page.get_by_role("button", name="Log out").first.click()
    visit.wait("locked", "logged-out")
    assert not field(visit).is_visible()
    assert "drawer" not in visit.page.content()
    assert visit.complaints == []


def test_hits_are_reached_by_keyboard_and_fit_a_small_telephone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.unlock(GOLD)
    titles = search(visit, "linen wash")
    assert titles[0] == "Looking after linen"
    assert visit.page.locator('[data-sg="search-hits"] li').first.locator("mark").all_inner_texts()[0] == "linen"
    assert visit.page.evaluate(STICKS_OUT) <= 0
    focused = "document.activeElement.textContent"
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("ArrowDown")
    assert visit.page.evaluate(focused) == titles[1]
    visit.page.keyboard.press("ArrowUp")
    assert visit.page.evaluate(focused) == titles[0]
    visit.page.keyboard.press("Escape")
    assert field(visit).evaluate("field => [field.value, document.activeElement === field]") == ["", True]
    assert visit.page.locator('[data-sg="search-hits"] li').count() == 0
    search(visit, "linen wash")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.house.url}care/linen/")
    visit.wait("open")
    assert visit.complaints == []


@pytest.mark.slow
def test_axe_finds_nothing_in_the_search(house: House, browser: Browser) -> None:
    with visiting(house, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        visit.unlock(GOLD)
        assert len(search(visit, "linen")) > 5
        found = findings(visit)
        assert search(visit, "zzzzz") == []
        assert found + findings(visit) == []
