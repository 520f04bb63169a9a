"""The house's own pages, opened as plain files, are valid and fit for everybody: wide, narrow, light, dark, printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import COLOURS, EVERYTHING, Runs, findings
from tests.browser.test_valid_html import remarks
from tests.browser.visits import House, Visit, visiting
from tests.golden.sample_shop import Shop

pytestmark = pytest.mark.slow
HOUSE_PAGES = pytest.mark.xdist_group("house-pages")
WIDE, NARROW = 1280, 360
RUNS: Runs = (
    (WIDE, "light", EVERYTHING),
    (WIDE, "dark", COLOURS),
    # Narrow pages have charts of their own, so all is asked of them again.
    (NARROW, "light", EVERYTHING),
    (NARROW, "dark", COLOURS),
)
PAPER = 718
"""Pixels of a sheet of A4 between margins of 10 mm."""
WIDTHS: tuple[tuple[Literal["screen", "print"], int], ...] = (("screen", NARROW), ("screen", WIDE), ("print", PAPER))
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLDED = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FOCUSABLE = "a[href], summary, [tabindex='0']"
SHOWN = f'[...document.querySelectorAll("{FOCUSABLE}")].filter((one) => one.checkVisibility())'
RINGED = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


@pytest.fixture(scope="module")
def work(sample: Shop) -> House:
    """The sample's work lists, where they lie."""
    folder = sample.root / "output" / "work"
    return House(sample, f"{folder.as_uri()}/", [])


@pytest.fixture
def reader(work: House, browser: Browser) -> Iterator[Visit]:
    """Somebody of the house whose browser lets axe in, which the pages' policy would keep out."""
    with visiting(work, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        yield visit


def pages(work: House) -> dict[str, Path]:
    """Every page by its path."""
    folder = work.shop.root / "output" / "work"
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}


def one_of_each(work: House) -> list[str]:
    """The pages of each type: all but dossiers, and of these the longest and the shortest."""
    found = pages(work)
    customers = sorted((path for path in found if "/customers/" in path), key=lambda path: found[path].stat().st_size)
    return [*(path for path in found if "/customers/" not in path), customers[-1], customers[0]]


@pytest.mark.xdist_group("valid-html")
def test_the_checker_has_nothing_to_say_of_any_page(work: House, jar: Path, tmp_path: Path) -> None:
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages(work).items()}
    assert len(texts) > 50
    assert remarks(jar, texts, tmp_path / "pages") == []


@HOUSE_PAGES
def test_axe_does_find_what_is_wrong_on_a_plain_file(reader: Visit) -> None:
    reader.open("desk/index.html")
    reader.page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    reader.page.evaluate("document.querySelector('.scroll').removeAttribute('aria-labelledby')")
    reader.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert {found.split()[2] for found in findings(reader, RUNS)} >= {"color-contrast:", "image-alt:"}


@HOUSE_PAGES
def test_axe_finds_nothing_on_any_type_of_page_wide_or_narrow_light_or_dark(reader: Visit) -> None:
    found = []
    for path in one_of_each(reader.house):
        reader.open(path)
        reader.page.evaluate(UNFOLDED)
        found += findings(reader, RUNS)
    assert found == []


@HOUSE_PAGES
def test_no_page_is_wider_than_a_telephone_or_a_sheet_of_paper(work: House, browser: Browser) -> None:
    wide = []
    with visiting(work, browser) as visit:
        for path in pages(work):
            visit.open(path)
            visit.page.evaluate(UNFOLDED)
            for medium, width in WIDTHS:
                visit.page.set_viewport_size({"width": width, "height": 800})
                visit.page.emulate_media(media=medium)
                if out := visit.page.evaluate(STICKS_OUT):
                    wide.append(f"{path} sticks out by {out} of {width}, {medium}")
    assert wide == []


@HOUSE_PAGES
def test_a_page_needs_nothing_but_its_own_file(work: House, browser: Browser) -> None:
    with visiting(work, browser) as visit:
        for path in one_of_each(work):
            visit.open(path)
            visit.page.evaluate("document.fonts.ready.then(() => null)")
            assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 246, 236)"
            assert visit.page.evaluate("document.fonts.check('16px \"Alegreya Sans\"')"), path
            assert visit.requests == [work.url + path]
            visit.requests.clear()
        assert visit.complaints == []


@HOUSE_PAGES
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(work: House, browser: Browser) -> None:
    with visiting(work, browser) as visit:
        for path in ("desk/index.html", "desk/A-01/day.html", "desk/complaints.html", "reports/gold.html"):
            visit.open(path)
            count = visit.page.evaluate(f"{SHOWN}.length")
            seen = []
            for _ in range(count):
                visit.page.keyboard.press("Tab")
                seen.append(visit.page.evaluate(f"{SHOWN}.indexOf(document.activeElement)"))
                assert visit.page.evaluate(RINGED), f"{path}: {seen}"
            assert seen == list(range(count)), path


@HOUSE_PAGES
def test_the_first_key_leads_past_the_menu_and_another_unfolds_a_charts_numbers(work: House, browser: Browser) -> None:
    with visiting(work, browser) as visit:
        visit.open("reports/gold.html")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "desk-skip"
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#content")
        numbers = visit.page.locator("figure.chart details").first
        assert not numbers.locator("table").is_visible()
        numbers.locator("summary").focus()
        visit.page.keyboard.press("Enter")
        assert numbers.locator("table").is_visible()
