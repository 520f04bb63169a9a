"""The same shop below a path of its host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, House, served, visiting
from tests.golden.sample_shop import copy_of_the_sample

pytestmark = pytest.mark.xdist_group("sample")


@pytest.fixture(scope="module")
def lodger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample shop as a lodger in somebody else's house."""
    shop = copy_of_the_sample(tmp_path_factory.mktemp("below") / "shop")
    file = shop.root / "content/site.yaml"
    text = file.read_text(encoding="utf-8")
    below = text.replace("https://members.lanternandloom.example", "https://people.example/~loom/members")
    assert below != text
    file.write_text(below, encoding="utf-8")
    shop.build("site")
    with served(shop) as house:
        yield house


@pytest.mark.slow
def test_a_site_below_a_path_opens_links_shows_and_logs_out(lodger: House, browser: Browser) -> None:
    assert lodger.url.endswith("/~loom/members/")
    assert lodger.shop.link(GOLD).url.startswith("https://people.example/~loom/members/#")
    with visiting(lodger, browser) as visit:
        visit.open()
        for path in lodger.public_paths():
            visit.open(path)
            visit.wait("locked")
        visit.unlock(GOLD)
        assert visit.page.locator("main h1").inner_text() == "Welcome, Mei"
        for address in visit.menu().values():
            assert address.startswith(lodger.url)
            visit.page.goto(address)
            visit.wait("open")
            visit.settle()
        visit.open("care/beads/")
        visit.wait("open")
        visit.page.get_by_role("button", name="Log out").first.click()
        visit.page.wait_for_url(lodger.url)
        visit.wait("locked", "logged-out")
        assert visit.complaints == []
        assert [url for url in visit.requests if not url.startswith((lodger.url, f"blob:{lodger.url[:20]}"))] == []
