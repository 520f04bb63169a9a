"""The live preview through the eyes of members: the real door, a real code, and nothing that the built site has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sitegen.errors import Unusable
from tests.browser.live_house import LiveShop, live_shop, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
GOLD_PAGE = {"title": "The gold room", "audience": "gold"}


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """A busy machine builds slowly."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    with live_shop(tmp_path_factory.mktemp("live"), start_as="gold") as shop:
        shop.built(lambda: shop.write("gold-room.md", "Only gold.", **GOLD_PAGE))
        shop.has_keys()
        until(lambda: sum("members' keys made" in line for line in shop.said) >= 1)
        yield shop


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context()
    context.set_default_timeout(40_000)
    yield context.new_page()
    context.close()


def inside(page: Page, shop: LiveShop) -> None:
    """In by the door, as the preview was started."""
    page.goto(shop.url)
    page.wait_for_url(f"{shop.url}m/*/")
    page.wait_for_selector('html[data-sg-state="open"]')


def test_a_preview_as_gold_opens_the_door_with_a_code_of_somebody_of_gold(shop: LiveShop, page: Page) -> None:
    inside(page, shop)

    expect(page.get_by_label("seen by")).to_have_value("gold")
    assert "#" not in page.url


def test_a_member_stays_inside_when_the_page_is_loaded_anew(shop: LiveShop, page: Page) -> None:
    inside(page, shop)
    file = shop.page("welcome.md")
    text = file.read_text()

    shop.built(lambda: file.write_text(text + "\nA word for members.\n"))

    expect(page.get_by_text("A word for members.")).to_be_visible()
    assert page.locator("html").get_attribute("data-sg-state") == "open"
    shop.built(lambda: file.write_text(text))
    expect(page.get_by_text("A word for members.")).to_have_count(0)


def test_the_bar_shows_the_same_page_to_others(shop: LiveShop, page: Page) -> None:
    inside(page, shop)
    here = page.url

    page.get_by_label("seen by").select_option("public")
    page.wait_for_url(here)
    page.wait_for_selector('html[data-sg-state="locked"]')

    page.get_by_label("seen by").select_option("everyone")
    page.wait_for_selector('html[data-sg-state="open"]')
    page.wait_for_url(here)

    page.get_by_label("seen by").select_option("a customer")
    page.get_by_label("Number of the customer").fill("C-1")
    page.get_by_role("button", name="See").click()
    page.wait_for_url(here)
    expect(page.get_by_label("seen by")).to_have_value("C-1")
    page.wait_for_selector('html[data-sg-state="open"]')


def by_their_own_link(page: Page, shop: LiveShop, who: str) -> None:
    """In by the link of a card, past the bar."""
    code = json.loads(shop.get(f"{shop.house.server.addresses.desk.lstrip('/')}code?as={who}")[1])["code"]
    page.goto(f"{shop.url}#{code}")
    page.wait_for_url(f"{shop.url}m/*/")
    page.wait_for_selector('html[data-sg-state="open"]')


def test_whoever_comes_in_by_a_cards_own_link_is_a_member(shop: LiveShop, page: Page) -> None:
    by_their_own_link(page, shop, "C-1")

    expect(page.get_by_label("seen by")).to_have_value("a member")
    page.reload()
    expect(page.get_by_label("seen by")).to_have_value("a member")
    expect(page.get_by_label("seen by").locator("option:checked")).to_have_text("a member")


def test_the_bar_forgets_whom_it_let_in_when_somebody_else_comes_by_a_link(shop: LiveShop, page: Page) -> None:
    inside(page, shop)
    expect(page.get_by_label("seen by")).to_have_value("gold")

    by_their_own_link(page, shop, "C-1")

    expect(page.get_by_label("seen by")).to_have_value("a member")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_selector('html[data-sg-state="locked"]')
    expect(page.get_by_label("seen by")).to_have_value("public")


@pytest.mark.slow
def test_nobody_is_let_in_by_a_name_that_nobody_has(shop: LiveShop, page: Page) -> None:
    inside(page, shop)

    page.get_by_label("seen by").select_option("a customer")
    page.get_by_label("Number of the customer").fill("C-404")
    page.get_by_role("button", name="See").click()

    expect(page.get_by_text("Nobody here is called “C-404”.")).to_be_visible()


def test_the_desk_opens_a_members_page_as_somebody_who_may_read_it(shop: LiveShop, page: Page) -> None:
    page.goto(shop.house.server.desk_url)

    page.get_by_role("link", name="The gold room").click()

    expect(page.get_by_text("Only gold.")).to_be_visible()
    expect(page.get_by_label("seen by")).to_have_value("gold")


@pytest.mark.slow
def test_a_customer_whose_name_is_corrected_is_greeted_by_it(shop: LiveShop, page: Page) -> None:
    inside(page, shop)
    page.get_by_label("seen by").select_option("a customer")
    page.get_by_label("Number of the customer").fill("C-1")
    page.get_by_role("button", name="See").click()
    expect(page.get_by_label("seen by")).to_have_value("C-1")
    expect(page.locator('[data-sg-field="first_name"]').first).to_have_text("Ada")
    customers = shop.root / "content" / "customers" / "customers.csv"
    text = customers.read_text()

    customers.write_text(text.replace("C-1,Ada,", "C-1,Edda,"))

    expect(page.locator('[data-sg-field="first_name"]').first).to_have_text("Edda")
    customers.write_text(text)


def test_invented_members_are_in_no_keyring_but_the_previews(shop: LiveShop) -> None:
    assert not (shop.root / "output").exists()
    assert not list((shop.root / ".sitegen" / "preview" / "pages" / "site").glob("sg/site.json"))
    assert list((shop.root / ".sitegen" / "preview" / "keyrings" / "site").glob("sg/site.json"))


def test_a_preview_as_nobody_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(Unusable, match="there is neither a segment nor a customer 'golld'\nhint: did you mean 'gold'"),
        live_shop(tmp_path, start_as="golld"),
    ):
        pass


@pytest.mark.slow
def test_a_page_finds_the_next_preview_of_its_shop(tmp_path: Path, page: Page) -> None:
    with live_shop(tmp_path) as shop:
        port = shop.house.server.port
        page.goto(shop.url + "care/linen/")
        expect(page.locator("sitegen-preview .bar")).to_be_visible()
        page.evaluate("window.isTheSame = true")
    file = tmp_path / "shop" / "content" / "pages" / "care" / "linen.md"
    file.write_text(file.read_text() + "\nWritten while nobody looked.\n")

    with live_shop(tmp_path, keep=True, port=port) as shop:
        assert shop.house.server.port == port
        expect(page.get_by_text("Written while nobody looked.")).to_be_visible(timeout=30_000)
