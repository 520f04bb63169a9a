"""Pictures in a real browser: the smallest that is sharp, in the best packing, in their place before they come."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import AXE, findings
from tests.browser.visits import House, Visit, served, visiting
from tests.content.shop_folder import page
from tests.golden.sample_shop import Shop
from tests.render.photographs import SPOKEN, photograph, saved, scene

pytestmark = pytest.mark.slow

BASE = Path(__file__).parents[1] / "broken" / "base"
QUILTS = """\
![A quilt on a line](/assets/quilt.jpg)

Sewn by hand, ring after ring.

![A quilt on a bed](/assets/bed.jpg)

![A cloth](/assets/cloth.svg) ![A sign](/assets/sign.png)
"""
YOURS = "![Your own corner](/assets/yours.jpg)\n\nWe keep it warm.\n\n![Where you sit](/assets/seat.jpg)"
SHIFTS = """
self.shifted = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) self.shifted += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
PHOTOGRAPHS = (
    ("quilt.jpg", (2400, 1600), 1),
    ("bed.jpg", (1500, 1100), 6),
    ("yours.jpg", (2401, 1601), 1),
    ("seat.jpg", (1500, 1101), 6),
)
"""Names, sizes, and how the camera was held; no two are equal, since an equal file would be public already."""
SHOWN = "images => images.map(one => [one.currentSrc, one.naturalWidth, one.naturalHeight, one.width, one.height])"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A small shop with photographs, on its preview server."""
    root = tmp_path_factory.mktemp("pictures") / "shop"
    shutil.copytree(BASE, root)
    content = root / "content"
    for path, text in {
        "care/quilts.md": page("title: Quilts\naudience: public\nimage: /assets/quilt.jpg", QUILTS),
        "care/beads.md": page(
            "title: Beads\naudience: public\nimage: /assets/cloth.svg\ndescription: Turn them daily."
        ),
        "only.md": page("title: Only for you\naudience: everyone\nmenu: yes", YOURS),
    }.items():
        (content / "pages" / path).write_text(text, encoding="utf-8")
    for name, size, held in PHOTOGRAPHS:
        (content / "assets" / name).write_bytes(photograph(size, held=held))
    (content / "assets" / "sign.png").write_bytes(saved(scene((90, 60)), "PNG"))
    shop = Shop(root)
    shop.build("site", "2026-09-08")
    with served(shop) as house:
        yield house


def shown(visit: Visit) -> list[list[Any]]:
    """Of each picture of the text: what was fetched, how large it is, and how large it is shown."""
    visit.settle()
    images = visit.page.locator(".prose img")
    for number in range(images.count()):
        images.nth(number).scroll_into_view_if_needed()
    until(visit, "[...document.querySelectorAll('.prose img')].every(one => one.complete && one.naturalWidth)")
    return images.evaluate_all(SHOWN)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("width", "density", "expected"), [(390, 1, 480), (390, 2, 960), (1280, 1, 960), (1280, 2, 1440)]
)
def test_a_browser_takes_the_smallest_avif_that_is_sharp(
    house: House, browser: Browser, width: int, density: int, expected: int
) -> None:
    with visiting(house, browser, viewport={"width": width, "height": 800}, device_scale_factor=density) as visit:
        visit.open("care/quilts/")
        quilt, bed, cloth, sign = shown(visit)
        # A browser divides by the density, so that a natural width is one of CSS pixels.
        assert (quilt[0].endswith(".avif"), f".{expected}." in quilt[0]) == (True, True), quilt
        assert abs(quilt[3] / quilt[4] - 1.5) < 0.01
        assert abs(bed[3] / bed[4] - 1100 / 1500) < 0.01
        assert bed[0].endswith(".avif")
        assert (cloth[0].endswith(".svg"), sign[0].endswith(".png")) == (True, True)
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        fetched = [url for url in visit.requests if "/assets/" in url]
        assert len(fetched) == len(set(fetched)) == 4
        assert visit.complaints == []


def test_a_browser_that_knows_neither_avif_nor_webp_gets_jpeg(house: House, browser: Browser) -> None:
    with visiting(house, browser) as visit:
        # As such a browser reads the page: sources of a type that it does not know count for nothing.
        visit.page.route("**/care/quilts/", lambda route: route.fulfill(
            response=(answer := route.fetch()), body=answer.text().replace('type="image/', 'type="image/x-unknown-'),
        ))  # fmt: skip
        visit.open("care/quilts/")
        assert all(one[0].endswith(".jpg") for one in shown(visit)[:2])


def test_nothing_moves_while_pictures_come(house: House, browser: Browser) -> None:
    with visiting(house, browser, viewport={"width": 390, "height": 800}) as visit:
        visit.context.add_init_script(SHIFTS)
        visit.open("care/quilts/")
        shown(visit)
        assert visit.page.evaluate("self.shifted") < 0.01


def test_the_first_picture_comes_at_once_and_the_others_when_somebody_comes_near(
    house: House, browser: Browser
) -> None:
    with visiting(house, browser) as visit:
        visit.open("care/quilts/")
        loading = visit.page.locator(".prose img").evaluate_all(
            "images => images.map(one => [one.loading, one.fetchPriority])"
        )
        assert loading == [["auto", "high"], *[["lazy", "auto"]] * 3]


def test_members_see_pictures_upright_and_no_larger_than_they_need(house: House, browser: Browser) -> None:
    with visiting(house, browser, viewport={"width": 390, "height": 800}) as visit:
        visit.context.add_init_script(SHIFTS)
        visit.unlock("C-1")
        visit.page.goto(visit.menu()["Only for you"])
        yours, seat = shown(visit)
        assert [one[0].partition(":")[0] for one in (yours, seat)] == ["blob", "blob"]
        assert (yours[1:3], seat[1:3]) == ([1440, 960], [1101, 1500])
        assert abs(seat[3] / seat[4] - 1101 / 1500) < 0.01
        assert visit.complaints == []


def test_no_file_of_the_site_tells_where_a_photograph_was_taken(house: House) -> None:
    for path, content in house.shop.files().items():
        assert not any(word in content for word in SPOKEN), path


def until(visit: Visit, holds: str) -> None:
    """Wait until an expression is true; a page's policy allows no function that waits inside of it."""
    for _ in range(200):
        if visit.page.evaluate(holds):
            return
        visit.page.wait_for_timeout(50)
    raise AssertionError(holds)


def test_lists_show_the_pictures_of_their_pages(house: House, browser: Browser) -> None:
    with visiting(house, browser) as visit:
        visit.open("care/")
        images = visit.page.locator(".item-picture")
        assert images.count() == 2
        until(visit, "[...document.querySelectorAll('.item-picture')].every(one => one.naturalWidth)")
        assert images.evaluate_all("images => images.map(one => one.alt)") == ["", ""]


def test_what_is_shared_is_there_in_the_size_that_is_said(house: House, browser: Browser) -> None:
    with visiting(house, browser) as visit:
        for path in ("", "care/quilts/", "care/linen/", "care/", "404.html"):
            visit.open(path)
            said = visit.page.locator('meta[property^="og:image"]').evaluate_all(
                "metas => Object.fromEntries(metas.map(one => [one.getAttribute('property'), one.content]))"
            )
            place = urlsplit(said["og:image"])
            assert place.scheme == "https"
            visit.page.goto(house.url.rstrip("/") + place.path)
            size = visit.page.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]")
            assert [int(said["og:image:width"]), int(said["og:image:height"])] == size == [1200, 630]


def test_the_manifest_and_every_icon_are_there(house: House, browser: Browser) -> None:
    with visiting(house, browser) as visit:
        visit.open()
        icons = visit.page.locator('link[rel~="icon"], link[rel="apple-touch-icon"]').evaluate_all(
            "all => all.map(one => one.href)"
        )
        manifest = visit.page.evaluate(
            "fetch(document.querySelector('link[rel=manifest]').href).then(answer => answer.json())"
        )
        assert manifest["name"] == "The Small Loom"
        for address in {*icons, *(house.url.rstrip("/") + icon["src"] for icon in manifest["icons"])}:
            answer = visit.context.request.get(address)
            assert (answer.status, answer.headers["content-type"].startswith("image/")) == (200, True), address


def test_axe_finds_nothing_on_pages_with_pictures(house: House, browser: Browser) -> None:
    assert AXE
    with visiting(house, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        for path in ("care/quilts/", "care/"):
            visit.open(path)
            visit.settle()
            assert findings(visit) == []
