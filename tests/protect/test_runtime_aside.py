"""Pages that the browser itself puts aside and shows again (the real back/forward cache): goal 16."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.protect import tinysite
from tests.protect.tinyvisit import ANNA, Visit, stored, visiting

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def aside(served: tuple[Path, str], keeper: Browser) -> Iterator[Visit]:
    """Anna on the page for gold; her home was put aside. `globalThis.first` marks the documents that were loaded."""
    folder, url = served
    tinysite.write(tinysite.site(), folder)
    with visiting(folder, url, keeper) as visit:
        visit.unlock(ANNA)
        visit.page.evaluate("globalThis.first = 'home'")
        visit.page.click("text=Gold offers")
        visit.page.wait_for_url(visit.path("gold"))
        visit.wait("open")
        visit.page.evaluate("globalThis.first = 'gold'")
        yield visit


def back(visit: Visit) -> None:
    """Without waiting for a load, which a page that was put aside does not repeat."""
    visit.page.go_back(wait_until="commit")


def test_a_page_that_was_put_aside_comes_back_as_it_was(aside: Visit) -> None:
    back(aside)
    aside.wait("open")
    assert aside.page.url == aside.path("home")
    assert aside.page.evaluate("globalThis.first") == "home"
    assert "Welcome, Anna" in aside.page.locator('[data-sg="content"]').inner_text()
    aside.page.go_forward(wait_until="commit")
    aside.wait("open")
    assert aside.page.evaluate("globalThis.first") == "gold"


def test_goal_16_a_page_that_was_put_aside_shows_nothing_after_a_log_out(aside: Visit) -> None:
    aside.page.click('[data-sg="logout"]')
    aside.page.wait_for_url(aside.url)
    aside.wait("locked", "logged-out")
    back(aside)
    aside.page.wait_for_selector('html[data-sg-state="locked"]', state="attached")
    assert "Anna" not in aside.page.content()


def test_a_page_that_was_put_aside_notices_by_itself_that_the_keys_are_gone(aside: Visit) -> None:
    # Nobody tells it: a browser may have cleared its storage meanwhile.
    aside.page.evaluate("sessionStorage.clear()")
    back(aside)
    aside.page.wait_for_url(aside.url)
    aside.wait("locked", "logged-out")
    assert "Anna" not in aside.page.content()


def test_a_log_out_in_one_tab_reaches_pages_that_lie_aside_in_another(aside: Visit) -> None:
    tab = aside.new_page()
    aside.unlock(ANNA, page=tab)
    tab.click('[data-sg="logout"]')
    aside.page.wait_for_url(aside.url)
    aside.wait("locked", "logged-out")
    assert stored(tab) == {}
    back(aside)
    aside.page.wait_for_selector('html[data-sg-state="locked"]', state="attached")
    assert "Anna" not in aside.page.content()
