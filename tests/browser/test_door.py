"""Coming in: by the link of the card, by typing, again, and not at all."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import GOLD, SILVER, House, Visit, visiting

pytestmark = pytest.mark.xdist_group("sample")


def test_the_link_of_the_card_opens_the_members_own_page(visit: Visit) -> None:
    visit.unlock(GOLD)
    said = visit.content()
    assert visit.page.title() == "Your own room · Lantern & Loom"
    assert visit.page.locator("main h1").inner_text() == "Welcome, Mei"
    assert "How good that you are here, Mei." in said
    assert visit.page.locator(".member-card-tier").inner_text() == "Gold"
    assert visit.page.locator(".member-card-points").inner_text() == points(visit.house, GOLD)
    assert visit.page.locator("#adviser-title").inner_text() == "沈月"
    assert "+86 129 0000 0011" in said
    assert visit.complaints == []


def test_another_member_sees_their_own_page_and_not_the_first_ones(visit: Visit) -> None:
    visit.unlock(SILVER)
    assert visit.page.locator("main h1").inner_text() == "Welcome, Jonas"
    assert visit.page.locator(".member-card-tier").inner_text() == "Silver"
    assert visit.page.locator(".member-card-points").inner_text() == points(visit.house, SILVER)
    assert visit.page.locator("#adviser-title").inner_text() != "沈月"
    assert "Mei" not in visit.content()


def points(house: House, customer: str) -> str:
    """The customer's points on the first day, counted anew from the file, as an English page writes them."""
    with (house.shop.root / "content/customers/points.csv").open(encoding="utf-8", newline="") as file:
        own = [row for row in csv.DictReader(file) if row["customer_id"] == customer and row["kind"] != "pending"]
    return f"{sum(int(row['points']) for row in own if row['day'] <= '2026-09-08'):,}"


def loosely(code: str) -> str:
    """A code as somebody types it who does not look at the keyboard."""
    grouped = " ".join(re.findall("....", code)).lower()
    return f"  {grouped.replace('0', 'o').replace('1', 'l', 1).replace('1', 'i')} "


@pytest.mark.parametrize("customer", [GOLD, SILVER, "C-00005"])
def test_a_code_may_be_typed_small_and_spaced_and_with_letters_for_digits(visit: Visit, customer: str) -> None:
    visit.type_code(loosely(visit.house.code(customer)))
    visit.page.wait_for_url(f"{visit.house.url}m/*/")
    visit.wait("open")
    assert visit.page.locator("main h1").inner_text().startswith("Welcome, ")
    assert visit.complaints == []


def test_reloading_and_walking_about_keep_the_door_open(visit: Visit) -> None:
    visit.unlock(GOLD)
    visit.page.reload()
    visit.wait("open")
    for path in ("about/", "care/", ""):
        visit.open(path)
        visit.wait("open")
        assert "The eight of us" in visit.menu()
    visit.page.locator('.member-strip [data-sg="menu"] a', has_text="The eight of us").click()
    visit.wait("open")
    assert visit.page.locator("main h1").inner_text() == "The eight of us"
    assert visit.complaints == []


def test_back_and_forward_show_what_they_showed(visit: Visit) -> None:
    visit.unlock(GOLD)
    home = visit.page.url
    visit.page.goto(visit.menu()["The eight of us"])
    visit.wait("open")
    visit.open("about/")
    visit.wait("open")
    visit.page.go_back()
    visit.wait("open")
    expect(visit.page.locator("main h1")).to_have_text("The eight of us")
    visit.page.go_back()
    visit.wait("open")
    assert visit.page.url == home
    expect(visit.page.locator("main h1")).to_have_text("Welcome, Mei")
    visit.page.go_forward()
    visit.wait("open")
    expect(visit.page.locator("main h1")).to_have_text("The eight of us")


def test_a_new_tab_and_a_new_browser_know_nobody(visit: Visit, house: House, browser: Browser) -> None:
    visit.unlock(GOLD)
    home = visit.page.url
    tab = visit.new_page()
    tab.goto(home)
    visit.wait("locked", page=tab)
    assert "This room opens with your card" in tab.locator("main").inner_text()
    with visiting(house, browser) as stranger:
        stranger.page.goto(home)
        stranger.wait("locked")
        assert "Mei" not in stranger.page.content()


def test_a_remembered_device_knows_its_member_in_a_new_tab_until_they_log_out(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_label("Remember me on this device").check()
    visit.page.get_by_label("Code on your card").fill(visit.house.code(GOLD))
    visit.page.get_by_role("button", name="Open the door").click()
    visit.page.wait_for_url(f"{visit.house.url}m/*/")
    visit.wait("open")
    tab = visit.new_page()
    tab.goto(visit.page.url)
    visit.wait("open", page=tab)
    tab.get_by_role("button", name="Log out").first.click()
    visit.wait("locked", "logged-out", page=tab)
    visit.page.wait_for_url(visit.house.url)
    third = visit.new_page()
    third.goto(visit.house.url)
    visit.wait("locked", page=third)


def test_logging_out_leads_to_a_closed_door_and_back_shows_nothing(visit: Visit) -> None:
    visit.unlock(GOLD)
    home = visit.page.url
    visit.page.get_by_role("button", name="Log out").first.click()
    visit.page.wait_for_url(visit.house.url)
    visit.wait("locked", "logged-out")
    assert "The door is closed again" in visit.page.locator(".door").inner_text()
    visit.page.goto(home)
    visit.wait("locked")
    assert "Mei" not in visit.page.content()
    assert visit.page.evaluate("sessionStorage.length + localStorage.length") == 0


@pytest.mark.parametrize(
    ("typed", "error", "words"),
    [
        ("0000 0000 0000 0000 0000 0000 0000", "unknown-code", "We do not know this code"),
        ("0000 0000 0000 0000 0000 0000 0001", "bad-check", "seems to be mistyped"),
        ("0000 0000", "bad-length", "28 characters"),
        ("UUUU 0000 0000 0000 0000 0000 0000", "bad-character", "never the letter U"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong_with_it(visit: Visit, typed: str, error: str, words: str) -> None:
    visit.type_code(typed)
    visit.wait("locked", error)
    assert words in visit.page.locator(".door").inner_text()
    assert visit.page.url == visit.house.url
    assert visit.page.evaluate("document.activeElement.name") == "code"
    assert visit.complaints == []


@pytest.mark.parametrize("mistake", ["one character", "two swapped"])
def test_a_mistyped_code_is_noticed_before_anything_is_fetched(visit: Visit, mistake: str) -> None:
    code = visit.house.code(GOLD)
    at = next(index for index in range(27) if code[index] != code[index + 1])
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    one = ("2" if code[0] != "2" else "3") + code[1:]
    visit.type_code(one if mistake == "one character" else swapped)
    visit.wait("locked", "bad-check")
    assert not [url for url in visit.requests if "site.json" in url or "/k/" in url]


def test_a_link_to_a_members_page_without_a_session_leads_to_the_door(visit: Visit) -> None:
    for path in visit.house.gated_paths():
        visit.open(path)
        visit.wait("locked")
        assert visit.page.locator("main h1:visible").all_inner_texts() == ["This room opens with your card"]
        assert visit.page.title() == "Lantern & Loom"
    visit.page.locator("main").get_by_role("link", name="Enter with your card").click()
    assert visit.page.url == visit.house.url
    assert visit.complaints == []


def test_without_scripts_the_public_pages_stay_and_the_door_says_why(house: House, browser: Browser) -> None:
    with visiting(house, browser, java_script_enabled=False) as visit:
        visit.open()
        assert "The door needs JavaScript" in visit.page.locator(".door").inner_text()
        visit.open(house.gated_paths()[0])
        assert "This room opens with your card" in visit.content()
        assert "The door needs JavaScript" in visit.content()
        visit.open("about/")
        assert "The lantern came first." in visit.content()
