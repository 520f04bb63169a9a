"""Pictures of the main pages, for people to look at: tests/artefacts/."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, SILVER, House, Visit, visiting
from tests.golden.sample_shop import REPOSITORY

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample")]
ARTEFACTS = REPOSITORY / "tests" / "artefacts"
PUBLIC = {
    "home": "",
    "about": "about/",
    "stores": "stores/",
    "journal": "journal/",
    "story": "journal/a-table-for-the-moon/",
    "care": "care/",
    "complaint": "help/something-wrong/",
}
# Of the members' pages, by their titles in the menu.
OWN = {"gold": "In the drawer with the brass key", "prices": "What things cost you", "events": "Gatherings of the year"}
WIDTHS = {"phone": {"width": 360, "height": 780}, "desktop": {"width": 1280, "height": 800}}


def pictures(visit: Visit, name: str) -> None:
    """The whole page at both widths, in light and in dark."""
    visit.settle()
    for screen, size in WIDTHS.items():
        visit.page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            visit.page.evaluate("for (const image of document.images) image.loading = 'eager'")
            visit.settle()
            file = ARTEFACTS / f"{name}-{screen}-{scheme}.png"
            visit.page.screenshot(path=file, full_page=True)
            assert file.stat().st_size > 10_000


def test_the_main_pages_are_pictured(house: House, browser: Browser) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    with visiting(house, browser) as visit:
        for name, path in PUBLIC.items():
            visit.open(path)
            visit.wait("locked")
            pictures(visit, name)
        visit.unlock(GOLD)
        pictures(visit, "member")
        menu = visit.menu()
        for name, title in OWN.items():
            visit.page.goto(menu[title])
            visit.wait("open")
            pictures(visit, name)
        visit.open()
        visit.wait("open")
        pictures(visit, "home-open")
    with visiting(house, browser) as visit:
        visit.unlock(SILVER)
        visit.page.goto(menu[OWN["gold"]])
        visit.wait("denied", "no-access")
        pictures(visit, "refused")
