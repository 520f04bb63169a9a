"""Who opens the pages of the house, where a shop has them on its site: each adviser their own, no customer any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser

from sitegen.build.desk.on_site import with_staff
from sitegen.build.reading import read_shop
from sitegen.model.staff_page import StaffPage
from sitegen.protect import code, names, objects, packs
from sitegen.protect.keys import decode_root
from sitegen.protect.manifest import Manifest, public_key, verify_manifest
from sitegen.protect.refusal import NoAccess
from sitegen.publish.lock_file import read_lock
from tests.browser.visits import Visit, served, visiting
from tests.golden.sample_shop import Shop, copy_of_the_sample, keys

pytestmark = pytest.mark.slow
TODAY = date(2026, 9, 8)
OWNERS = ("A-05",)
STYLED = {"series": "#2F3E63", "hidden": 0, "framed": 0, "drawings": "one of each"}
LOOKS = """() => {
  const all = [...document.querySelectorAll("main article.desk *")];
  const drawn = (name) => all.filter((one) => one.matches(name) && one.getBoundingClientRect().width > 0).length;
  return {
    series: getComputedStyle(document.querySelector("main article.desk")).getPropertyValue("--chart-1").trim(),
    hidden: all.filter((one) => one.matches("ul, ol, p, table") && getComputedStyle(one).display === "none").length,
    framed: all.filter((one) => one.matches(".quiet") && getComputedStyle(one).borderStyle !== "none").length,
    drawings: drawn(".chart-wide") === drawn(".chart") && !drawn(".chart-narrow") ? "one of each" : "not one of each",
  };
}"""
FILES = re.compile(r"\((?:CSV|ICS|PDF)\)")
"""How every link to a list beside a page ends."""


@dataclass(frozen=True, slots=True)
class House:
    """The shop with every page of the house on its site, and these pages by their logical paths."""

    shop: Shop
    pages: Mapping[str, StaffPage]
    advisers: tuple[str, ...]
    manifest: Manifest


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    shop = copy_of_the_sample(tmp_path_factory.mktemp("staff") / "shop")
    settings = shop.root / "content/site.yaml"
    chosen = settings.read_text("utf-8").replace("output:\n", "output:\n  staff_pages: [desk, customers, reports]\n")
    settings.write_text(chosen, "utf-8")
    shop.build("site", f"{TODAY}")
    pages = {page.id: page for page in with_staff(shop.root, read_shop(shop.root), TODAY).staff}
    lines = (shop.root / "content/customers/advisers.csv").read_text("utf-8").splitlines()[1:]
    lock = read_lock(shop.root)
    assert lock
    site_id = bytes.fromhex(lock.site_id)
    sign_key = decode_root(keys()["SITEGEN_SIGN_KEY"], "SITEGEN_SIGN_KEY")
    manifest = verify_manifest((shop.site / names.SITE_PATH).read_bytes(), public_key(sign_key, site_id))
    return House(shop, pages, tuple(line.partition(",")[0] for line in lines), manifest)


def opened(house: House, who: str) -> set[str]:
    """The pages of the house that the keys of a printed code open."""
    card, manifest = code.parse(house.shop.link(who).spelled), house.manifest
    stamp = packs.Stamp(manifest.site_id, manifest.epoch, manifest.build)
    pack = house.shop.site / names.pack_path(
        manifest.epoch, manifest.build, packs.pack_number(card, stamp, manifest.layout.bits)
    )
    held = packs.open_slot(card, stamp, manifest.layout, pack.read_bytes()).segment_keys
    edition = objects.Edition(manifest.site_id, manifest.epoch, manifest.period)
    content_key = decode_root(keys()["SITEGEN_CONTENT_KEY"], "SITEGEN_CONTENT_KEY")
    found = set()
    for page in house.pages:
        identifier = names.object_id(content_key, manifest.site_id, page)
        blob = (house.shop.site / names.object_path(edition.epoch, edition.period, identifier)).read_bytes()
        try:
            objects.unseal(edition, held, identifier, "page", blob)
            found.add(page)
        except NoAccess:
            continue
    return found


def test_each_adviser_opens_their_own_day_and_their_own_customers_and_the_owner_opens_everything(house: House) -> None:
    assert len(house.pages) > len(house.advisers)
    for adviser in house.advisers:
        mine = {id_ for id_, page in house.pages.items() if f"staff:{adviser}" in page.readers}
        everything = set(house.pages)
        assert f"staff/desk/{adviser}/day.html" in mine
        assert opened(house, f"staff:{adviser}") == (everything if adviser in OWNERS else mine)


def test_no_customer_opens_any_of_them(house: House) -> None:
    customers = (house.shop.root / "content/customers/customers.csv").read_text("utf-8").splitlines()[1::40]
    looked = [line.partition(",")[0] for line in customers]
    assert len(looked) >= 25
    assert {customer: opened(house, customer) for customer in looked} == {customer: set() for customer in looked}


def test_advisers_of_different_customers_share_no_dossier_that_is_not_on_both_their_pages(house: House) -> None:
    dossiers = {id_: set(page.readers) - {"owner"} for id_, page in house.pages.items() if "/customers/" in id_}
    assert dossiers
    for id_, readers in dossiers.items():
        for reader in readers:
            day = house.pages[f"staff/desk/{reader.removeprefix('staff:')}/day.html"]
            assert id_.removeprefix("staff/") in day.html


def test_in_a_browser_an_adviser_finds_their_day_in_the_menu_and_a_dossier_behind_a_name(
    house: House, browser: Browser
) -> None:
    with served(house.shop) as there, visiting(there, browser) as visit:
        visit.open(f"#{house.shop.link('staff:A-01').spelled}")
        visit.page.wait_for_url(f"{there.url}m/*/")
        visit.wait("open")
        visit.page.locator("nav a", has_text="沈").first.click()
        visit.settle()
        assert visit.page.locator("main article.desk h1").count() == 1
        assert looks(visit) == STYLED
        visit.page.locator("main article.desk .task-who a").first.click()
        visit.settle()
        assert visit.page.locator("main article.desk .eyebrow").inner_text().startswith("Customer C-")
        assert looks(visit) == STYLED
        assert not visit.complaints


def test_whoever_owns_the_house_has_few_lines_in_the_menu_and_reaches_every_page_from_them(
    house: House, browser: Browser
) -> None:
    with served(house.shop) as there, visiting(there, browser) as visit:
        visit.unlock("staff:A-05")
        visit.settle()
        mine = [title for title in visit.menu() if title.startswith(("The day of", "The house", "The complaint"))]
        assert mine == ["The day of Wiebke Petersen", "The house today", "The complaint desk", "The house in numbers"]
        waiting = [visit.menu()[title] for title in mine]
        seen: dict[str, str] = {}
        while waiting:
            address = waiting.pop()
            visit.page.goto(address)
            visit.settle()
            seen[address] = visit.page.locator("main h1").inner_text()
            assert looks(visit) == STYLED
            assert not FILES.search(visit.content())
            links = visit.page.locator('main article.desk a[href*="/m/"]')
            found = links.evaluate_all("links => links.map(link => link.href.split('#')[0])")
            waiting += {*found} - {*seen, *waiting}
        assert len(seen) == len(house.pages)
        assert not visit.complaints


def looks(visit: Visit) -> Mapping[str, object]:
    """Of a page of the house: what only its own style gives, and whether the site's hides or frames anything of it."""
    return visit.page.evaluate(LOOKS)  # type: ignore[no-any-return]
