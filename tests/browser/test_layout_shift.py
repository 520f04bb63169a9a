"""Nothing jumps while a member comes in: what waits for them has its place from the first picture on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.every_type import THEMES, shop_in
from tests.browser.visits import GOLD, House, Visit, served, visiting

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("layout-shift")]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
MOST = 0.06
"""Of all that may shift; browsers' makers call a page good up to 0.1. What is left are letters of a late font."""
LISTEN = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) shifts.push([value, sources.map(({ node }) => (node ? node.nodeName : ""))]);
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module", params=THEMES)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    shop = shop_in(request.param, tmp_path_factory.mktemp("shift") / "shop")
    shop.build("site")
    with served(shop) as house:
        yield house


def shifts(visit: Visit) -> list[tuple[float, list[str]]]:
    """What has jumped on this page, and which elements did."""
    visit.settle()
    # A jump is told after the picture in which it is seen.
    visit.page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )
    found: list[Any] = visit.page.evaluate("shifts")
    return [(value, names) for value, names in found]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_jumps_when_a_member_comes_in(house: House, browser: Browser, size: dict[str, int]) -> None:
    with visiting(house, browser, viewport=size) as visit:
        visit.context.add_init_script(LISTEN)
        for way in ("by the link", "once more"):
            if way == "by the link":
                visit.unlock(GOLD)
            else:
                visit.page.reload()
                visit.wait("open")
            found = shifts(visit)
            assert sum(value for value, _ in found) <= MOST, (way, found)
            assert not [names for _, names in found if "MAIN" in names], (way, found)
