"""The sample shop in the theme gallery: whoever changes its theme finds every page whole, and readable by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.browser import test_accessibility as accessibility
from tests.browser.test_every_page import NARROW, visited, walk
from tests.browser.visits import GOLD, House, Visit, served, visiting
from tests.golden.sample_shop import copy_of_the_sample

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The sample shop as it looks in gallery, open for visitors."""
    shop = copy_of_the_sample(tmp_path_factory.mktemp("gallery") / "shop")
    setting = shop.root / "content" / "site.yaml"
    lines = [line for line in setting.read_text("utf-8").splitlines() if not line.startswith("theme:")]
    setting.write_text("\n".join([*lines, "theme: gallery", ""]), "utf-8")
    shop.build("site")
    with served(shop) as house:
        yield house


@pytest.fixture
def reader(gallery: House, browser: Browser) -> Iterator[Visit]:
    """A visitor whose browser lets axe in."""
    with visiting(gallery, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        yield visit


def test_a_stranger_can_walk_through_all_public_pages_without_a_fault(gallery: House, browser: Browser) -> None:
    with visiting(gallery, browser, viewport=NARROW) as visit:
        seen = walk(visit, "locked")["locked"]
    assert {unquote(path) for path in seen if not path.startswith("m/")} <= set(map(unquote, gallery.public_paths()))


def test_all_pages_of_a_members_menu_open_without_a_fault(gallery: House, browser: Browser) -> None:
    with visiting(gallery, browser, viewport=NARROW) as visit:
        visit.unlock(GOLD)
        own = visit.menu().values()
        assert len(own) > 4
        assert visited(visit, [gallery.url, *own]) == []


def one_of_each(paths: list[str]) -> list[str]:
    """A page of each room of the site, and of the rooms within: the pages of one look alike to axe."""
    return list({(path.partition("/")[0], path.count("/")): path for path in paths}.values())


def test_axe_finds_nothing_on_public_pages(reader: Visit) -> None:
    found = []
    for path in [
        *one_of_each(reader.house.public_paths()),
        "no/such/page",
        reader.house.gated_paths()[0],
    ]:
        reader.open(path)
        reader.wait("locked")
        found += accessibility.findings(reader)
    assert found == []


def test_axe_finds_nothing_on_a_members_pages(reader: Visit) -> None:
    reader.unlock(GOLD)
    found = accessibility.findings(reader)
    for address in list(reader.menu().values())[:6]:
        reader.page.goto(address)
        reader.wait("open")
        reader.settle()
        found += accessibility.findings(reader)
    reader.open()
    reader.wait("open")
    found += accessibility.findings(reader)
    assert found == []
