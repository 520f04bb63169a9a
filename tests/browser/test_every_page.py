"""Every page of the sample shop, as a stranger and as a member: nothing breaks, calls elsewhere or sticks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, SILVER, House, Visit, visiting

pytestmark = pytest.mark.xdist_group("sample")
NARROW = {"width": 320, "height": 640}
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN_PICTURES = """() => Promise.all([...document.images].map(image => {
  image.loading = "eager";
  return image.decode().then(() => "", () => image.alt || image.src);
})).then(found => found.filter(Boolean))"""


def links(visit: Visit) -> set[str]:
    """The addresses in the shop that the page links to, without anchors."""
    found: list[str] = visit.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    own = {url.partition("#")[0] for url in found if url.startswith(visit.house.url)}
    return {url for url in own if not url.endswith((".xml", ".txt"))}


def check(visit: Visit) -> list[str]:
    """What is wrong with the page that is open, in light and in dark."""
    wrong = []
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        out = visit.page.evaluate(STICKS_OUT)
        wrong += [f"{visit.page.url} sticks out by {out} px at 320 px ({scheme})"] if out > 0 else []
    wrong += [f"{visit.page.url} has a broken picture: {alt}" for alt in visit.page.evaluate(BROKEN_PICTURES)]
    if visit.page.locator("main h1:visible").count() != 1:
        wrong.append(f"{visit.page.url} has not one heading")
    return wrong


def visited(visit: Visit, addresses: list[str]) -> list[str]:
    """What is wrong on these pages; each must open, and nothing may be complained of or asked of others."""
    wrong = []
    for address in addresses:
        visit.page.goto(address)
        visit.settle()
        wrong += [] if visit.rest() == "open" else [f"{address} did not open"]
        wrong += check(visit)
    return wrong + visit.complaints + visit.strangers()


def walk(visit: Visit, *states: str) -> dict[str, set[str]]:
    """Follow every link from the home page on. Fails with all that went wrong on the way.

    Gives the paths by the state in which their pages came to rest.
    """
    waiting, wrong = {visit.house.url}, list[str]()
    seen: dict[str, set[str]] = {state: set() for state in states}
    done: set[str] = set()
    while waiting:
        url = min(waiting)
        done.add(url)
        visit.page.goto(url)
        seen[visit.rest()].add(url.removeprefix(visit.house.url))
        visit.settle()
        wrong += check(visit)
        waiting = (waiting | links(visit)) - done
    assert wrong + visit.complaints + visit.strangers() == []
    return seen


@pytest.mark.slow
def test_a_stranger_can_walk_through_all_public_pages_without_a_fault(house: House, browser: Browser) -> None:
    with visiting(house, browser, viewport=NARROW) as visit:
        seen = walk(visit, "locked")["locked"]
    assert {path for path in seen if not path.startswith("m/")} == set(house.public_paths())


@pytest.mark.slow
def test_all_pages_of_a_members_menu_open_without_a_fault(house: House, browser: Browser) -> None:
    with visiting(house, browser, viewport=NARROW) as visit:
        visit.unlock(GOLD)
        own = visit.menu().values()
        assert len(own) > 4
        assert visited(visit, [house.url, *own, f"{house.url}care/beads/"]) == []


@pytest.mark.slow
@pytest.mark.parametrize("customer", [GOLD, SILVER])
def test_a_member_can_walk_through_all_their_pages_without_a_fault(
    house: House, browser: Browser, customer: str
) -> None:
    with visiting(house, browser, viewport=NARROW) as visit:
        visit.unlock(customer)
        own = {address.removeprefix(house.url) for address in visit.menu().values()}
        seen = walk(visit, "open", "denied")
    assert set(house.public_paths()) | own <= seen["open"]
    # The front page tells everybody of each other's rooms, in the words that were written for the public.
    assert seen["denied"]
    assert all(path.startswith("m/") for path in seen["denied"])


def test_what_is_not_there_has_a_page_of_its_own(visit: Visit) -> None:
    answer = visit.page.goto(visit.house.url + "no/such/page/")
    assert answer
    assert answer.status == 404
    assert visit.page.locator("main h1").inner_text() == "This page is not here"
    assert check(visit) == []
    assert visit.strangers() == []


def test_feed_and_sitemap_name_public_pages_that_are_there(house: House) -> None:
    home = "https://members.lanternandloom.example/"
    files = house.shop.files()
    named = set()
    for name, mark in (("sitemap.xml", "loc"), ("feed.xml", "id")):
        pieces = files[name].decode().split(f"<{mark}>")[1:]
        named |= {piece.partition("<")[0] for piece in pieces}
    assert {url.removeprefix(home) for url in named} == set(house.public_paths())
