"""axe finds nothing to mend, on any page, in any state, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any, Literal, TypeAlias

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, SILVER, House, Visit, visiting

pytestmark = pytest.mark.xdist_group("sample")
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
# Nothing but colours differs between light and dark, and nothing but the room between wide and narrow.
COLOURS: dict[str, Any] = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
ROOM: dict[str, Any] = {**EVERYTHING, "runOnly": ["scrollable-region-focusable", "target-size", "meta-viewport"]}
WIDE, NARROW = 1280, 320
Runs: TypeAlias = tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...]
RUNS: Runs = (
    (WIDE, "light", EVERYTHING),
    (WIDE, "dark", COLOURS),
    (NARROW, "light", ROOM),
)


@pytest.fixture
def reader(house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor whose browser lets axe in, which the policy of the site would keep out."""
    # Without motion, since a colour on its way from light to dark is neither.
    with visiting(house, browser, bypass_csp=True, reduced_motion="reduce") as visit:
        yield visit


def findings(visit: Visit, runs: Runs = RUNS) -> list[str]:
    """What axe has to say of the page as it stands, in both colour schemes."""
    # axe does not judge letters on a pattern; the theme's are faint, and lie on the same colour.
    visit.page.add_style_tag(content="* { background-image: none !important; }")
    visit.page.evaluate(AXE + ";0")
    found = []
    for width, scheme, options in runs:
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.emulate_media(color_scheme=scheme)
        for rule in visit.page.evaluate("options => axe.run(document, options)", options)["violations"]:
            places = [f"{node['html'][:120]} ({node['failureSummary'][:200]})" for node in rule["nodes"][:3]]
            found.append(f"{visit.page.url} {scheme}-{width} {rule['id']}: {places}")
    visit.page.set_viewport_size({"width": WIDE, "height": 800})
    return found


def test_axe_does_find_what_is_wrong(reader: Visit) -> None:
    reader.open()
    reader.wait("locked")
    reader.page.evaluate("""() => {
      const image = new Image();
      image.src = document.images[0].src;
      document.querySelector("main").append(image);
      document.querySelector("main h1").style.color = "#ddd";
    }""")
    assert {found.split()[2] for found in findings(reader)} >= {"image-alt:", "color-contrast:"}


def the_first(paths: list[str]) -> list[str]:
    """One page: the slow tests look at all of them, and at every type in both themes."""
    return paths[:1]


@pytest.mark.parametrize("chosen", [the_first, pytest.param(list, marks=pytest.mark.slow)])
def test_axe_finds_nothing_on_public_pages(reader: Visit, chosen: Callable[[list[str]], list[str]]) -> None:
    found = []
    for path in [*chosen(reader.house.public_paths()), "no/such/page"]:
        reader.open(path)
        reader.wait("locked")
        found += findings(reader)
    assert found == []


@pytest.mark.slow
def test_axe_finds_nothing_on_a_gold_members_pages(reader: Visit) -> None:
    reader.unlock(GOLD)
    found, opened = [], 0
    for path in [*reader.house.gated_paths(), "", "care/beads/"]:
        reader.open(path)
        if reader.rest() == "open":
            reader.settle()
            found += findings(reader)
            opened += 1
    assert opened > 8
    assert found == []


def test_axe_finds_nothing_on_a_gold_members_own_room_a_gold_page_and_an_opened_public_page(reader: Visit) -> None:
    reader.unlock(GOLD)
    reader.settle()
    found = findings(reader)
    for address in (reader.menu()["In the drawer with the brass key"], reader.house.url + "care/beads/"):
        reader.page.goto(address)
        reader.wait("open")
        reader.settle()
        found += findings(reader)
    assert found == []


@pytest.mark.slow
def test_axe_finds_nothing_where_somebody_is_kept_out(reader: Visit) -> None:
    reader.open(reader.house.gated_paths()[0])
    reader.wait("locked")
    found = findings(reader)
    reader.type_code("0000")
    reader.wait("locked", "bad-length")
    found += findings(reader)
    reader.unlock(SILVER)
    refused = next(path for path in reader.house.gated_paths() if is_refused(reader, path))
    reader.open(refused)
    reader.wait("denied", "no-access")
    found += findings(reader)
    reader.page.get_by_role("button", name="Log out").first.click()
    reader.wait("locked", "logged-out")
    assert found + findings(reader) == []


@pytest.mark.slow
def test_goal_24_axe_finds_nothing_while_the_door_opens_fails_or_asks_for_a_passphrase(reader: Visit) -> None:
    found = []
    reader.unlock(GOLD)
    reader.page.get_by_text("Lock this device with a passphrase").click()
    reader.page.get_by_label("Your passphrase").fill("three warm lanterns")
    reader.page.get_by_role("button", name="Lock this device").click()
    reader.page.get_by_text("From your next visit on").wait_for()
    found += findings(reader)
    reader.page = reader.new_page()
    for path in ("", reader.house.gated_paths()[0]):
        reader.open(path)
        reader.wait("locked")
        found += findings(reader)
        reader.page.evaluate("document.documentElement.dataset.sgState = 'opening'")
        reader.page.evaluate("document.documentElement.dataset.sgNotice = 'slow'")
        found += findings(reader)
        reader.page.reload()
        reader.wait("locked")
        reader.context.set_offline(True)
        reader.page.get_by_label("Code on your card").fill(reader.house.code(GOLD))
        reader.page.keyboard.press("Enter")
        reader.wait("error", "offline")
        found += findings(reader)
        reader.context.set_offline(False)
    assert found == []


def is_refused(visit: Visit, path: str) -> bool:
    """Whether this member may not read the page."""
    visit.open(path)
    return visit.rest() == "denied"
