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
        ("0000 0000 0000 0000 0000 0000 0000", "unknown-code", "This code does not open our door"),
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
    visit.page.wait_for_selector("[name=code]:focus", state="attached")
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


def test_a_link_to_a_members_page_asks_for_the_code_and_opens_it_there(visit: Visit) -> None:
    for path in visit.house.gated_paths():
        visit.open(path)
        visit.wait("locked")
        assert visit.page.locator("main h1:visible").all_inner_texts() == ["This room opens with your card"]
        assert visit.page.title() == "Lantern & Loom"
    visit.page.get_by_label("Code on your card").fill(visit.house.code(GOLD))
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector('.member-strip [data-sg="menu"] a', state="attached")
    assert "The eight of us" in visit.menu()
    assert visit.page.url == visit.house.url + path
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


def test_goal_24_the_door_opens_with_the_keyboard_alone(visit: Visit) -> None:
    visit.open()
    visit.wait("locked")
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.name") == "code":
            break
    # As one piece, the way a paste arrives.
    visit.page.keyboard.insert_text(visit.house.code(GOLD))
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Space")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Open the door"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.house.url}m/*/")
    visit.wait("open")
    assert visit.page.locator("html").get_attribute("data-sg-kept") == "device"
    visit.page.wait_for_selector("#content:focus", state="attached")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_device_can_be_locked_at_home_and_its_words_are_asked_for_on_the_next_visit(visit: Visit) -> None:
    visit.unlock(GOLD)
    device = visit.page.get_by_role("region", name="This device")
    assert "as long as this tab is open" in device.inner_text()
    device.get_by_text("Lock this device with a passphrase").click()
    assert not device.get_by_label("Code on your card").is_visible()
    device.get_by_label("Your passphrase").fill("three warm lanterns")
    device.get_by_role("button", name="Lock this device").click()
    device.get_by_text("From your next visit on").wait_for()
    assert "asks for your passphrase" in device.inner_text()
    tab = visit.new_page()
    tab.goto(visit.house.url)
    visit.wait("locked", page=tab)
    tab.get_by_label("Your passphrase").fill("three cold lanterns")
    tab.get_by_role("button", name="Open the door").first.click()
    tab.get_by_text("That is not the passphrase of this device").wait_for()
    tab.get_by_label("Your passphrase").fill("three warm lanterns")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{visit.house.url}m/*/")
    visit.wait("open", page=tab)
    assert visit.complaints == []


@pytest.mark.parametrize("script", ["", "this is no script"])
def test_a_door_whose_script_did_not_come_or_cannot_be_read_says_so_after_a_while(visit: Visit, script: str) -> None:
    visit.page.route("**/sg/rt-*.js", lambda route: route.fulfill(body=script) if script else route.abort())
    visit.open()
    words = visit.page.get_by_text("If this door does not move")
    assert not words.is_visible()
    visit.page.evaluate("document.querySelector('.bare').getAnimations().forEach((animation) => animation.finish())")
    words.wait_for()


def test_goal_21_a_door_opened_as_a_file_says_so_though_neither_script_nor_style_is_there(visit: Visit) -> None:
    visit.page.goto((visit.house.shop.site / "index.html").as_uri())
    assert visit.page.get_by_text("it was opened as a file").is_visible()


def test_a_door_whose_script_came_never_doubts_itself(visit: Visit) -> None:
    visit.open()
    visit.wait("locked")
    assert not visit.page.get_by_text("If this door does not move").is_visible()
    assert visit.page.evaluate("document.querySelector('.bare').getAnimations().length") == 0


def test_nothing_jumps_while_the_door_opens(visit: Visit) -> None:
    visit.open()
    visit.wait("locked")
    visit.settle()
    where = "[...document.querySelectorAll('main *')].map((part) => Math.round(part.getBoundingClientRect().y))"
    before = visit.page.evaluate(where)
    visit.page.evaluate("""() => {
      const { dataset } = document.documentElement;
      [dataset.sgState, dataset.sgNotice] = ["opening", "slow"];
      document.querySelector('[data-sg="message"]').append(document.createElement("p"));
    }""")
    assert visit.page.get_by_text("The line is slow today").is_visible()
    after = visit.page.evaluate(where)
    # One element more, the message, which is there for ears only.
    assert len(after) == len(before) + 1
    assert len([y for y in after if y not in before]) <= 2


def test_paper_gets_a_members_page_without_buttons_forms_and_messages(visit: Visit) -> None:
    visit.unlock(GOLD)
    visit.settle()
    visit.page.emulate_media(media="print")
    assert visit.page.get_by_text("How good that you are here, Mei.").is_visible()
    assert visit.page.locator(":is(button, form, input, summary, .message, nav):visible").count() == 0
