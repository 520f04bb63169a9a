"""axe finds nothing to mend on any type of page, closed or opened, in either theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.every_type import THEMES, house_in
from tests.browser.test_accessibility import findings
from tests.browser.visits import GOLD, SILVER, House, visiting

# Who has a little one, who reads Chinese, and who has come only lately: their own rooms have other parts.
PARENT, CHINESE_PARENT, LINEN = "C-00005", "C-00007", "C-00006"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("every-type")]


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample shop with a page of every type, in each theme."""
    with house_in(request.param, tmp_path_factory.mktemp("types") / "shop") as house:
        yield house


def test_goal_24_axe_finds_nothing_on_any_type_of_page_in_any_theme(themed: House, browser: Browser) -> None:
    with visiting(themed, browser, bypass_csp=True, reduced_motion="reduce") as stranger:
        found, seen = [], set[str]()
        for path in [*themed.public_paths(), themed.gated_paths()[0], "no/such/page"]:
            stranger.open(path)
            stranger.wait("locked")
            found += findings(stranger)
            seen.add(path)
    assert seen >= {"", "zh/", "all-for-anybody/", "open-loom/", "journal/", "journal/page/2/", "tags/", "tags/linen/"}
    with visiting(themed, browser, bypass_csp=True, reduced_motion="reduce") as member:
        member.unlock(GOLD)
        opened = set()
        for path in [*themed.gated_paths(), "", "all-for-anybody/", "zh/", "journal/"]:
            member.open(path)
            if member.rest() == "open":
                member.settle()
                found += findings(member)
                opened.add(path)
        member.page.get_by_role("searchbox").fill("linen")
        member.page.keyboard.press("Enter")
        member.page.locator('[data-sg="search-hits"] a').first.wait_for()
        found += findings(member)
    assert len(opened) > 12
    assert found == []


@pytest.mark.parametrize("customer", [SILVER, PARENT, CHINESE_PARENT, LINEN])
def test_axe_finds_nothing_in_anybodys_own_room_and_it_fits_into_a_phone(
    themed: House, browser: Browser, customer: str
) -> None:
    with visiting(themed, browser, bypass_csp=True, reduced_motion="reduce") as member:
        member.unlock(customer)
        member.settle()
        assert member.page.locator(".member-home .part").count() > 4
        for width in (320, 360):
            member.page.set_viewport_size({"width": width, "height": 800})
            assert member.page.evaluate("document.documentElement.scrollWidth") == width
        assert findings(member) == []
