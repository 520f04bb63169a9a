"""A device that remembers its member and asks for a passphrase."""

from __future__ import annotations

import json
import unicodedata

import pytest
from playwright.sync_api import Page

from sitegen.protect import code
from tests.protect import tinysite
from tests.protect.tinyvisit import ANNA, BEN, Visit, stored

pytestmark = pytest.mark.xdist_group("browser")
WORDS = "a quiet room, Ünal"


def lock(visit: Visit, passphrase: str, page: Page | None = None, spelled: str = "") -> None:
    """Fill in the form that locks the device."""
    form = (page or visit.page).locator('form[data-sg="set-passphrase"]')
    form.locator("[name=code]").fill(spelled)
    form.locator("[name=passphrase]").fill(passphrase)
    form.locator("button").click()


def answer(page: Page, key: str) -> None:
    """Until the open page has given this answer."""
    page.wait_for_selector(f'html[data-sg-state="open"][data-sg-notice="{key}"]', state="attached")


def type_passphrase(page: Page, passphrase: str) -> None:
    """On the next visit."""
    form = page.locator('form[data-sg="passphrase"]')
    form.locator("[name=passphrase]").fill(passphrase)
    form.locator("button").click()


def kept(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-sg-kept")


def test_a_locked_device_asks_for_the_passphrase_and_keeps_no_key_without_it(visit: Visit) -> None:
    visit.unlock(ANNA)
    lock(visit, WORDS)
    answer(visit.page, "passphrase-set")
    assert kept(visit.page) == "passphrase"
    assert visit.page.locator('form[data-sg="set-passphrase"] [name=passphrase]').input_value() == ""
    entries = stored(visit.page, "hex")
    assert sorted(entries["passphrase"]) == ["iv", "locked", "rounds", "salt"]
    assert entries["passphrase"]["rounds"] == 600_000
    assert "device" not in entries
    card = code.parse(ANNA)
    for secret in (card, code.slot_key(card, tinysite.SITE_ID), WORDS.encode()):
        assert secret.hex() not in json.dumps(entries)
    tab = visit.new_page()
    tab.goto(visit.path("gold"))
    visit.wait("locked", page=tab)
    assert kept(tab) == "passphrase"
    type_passphrase(tab, "a loud room")
    visit.wait("locked", "bad-passphrase", page=tab)
    tab.wait_for_selector("[name=passphrase]:focus", state="attached")
    # Keyboards put the dots on the U in two ways.
    type_passphrase(tab, " " + unicodedata.normalize("NFD", WORDS))
    visit.wait("open", page=tab)
    assert tab.locator('[data-sg="content"]').text_content() == tinysite.GOLD_WORDS
    tab.reload()
    visit.wait("open", page=tab)
    assert visit.console == []


def test_the_passphrase_at_the_door_leads_home(visit: Visit) -> None:
    visit.unlock(ANNA)
    lock(visit, WORDS)
    answer(visit.page, "passphrase-set")
    tab = visit.new_page()
    tab.goto(visit.url)
    visit.wait("locked", page=tab)
    type_passphrase(tab, WORDS)
    tab.wait_for_url(visit.path("home"))
    visit.wait("open", page=tab)


def test_a_short_passphrase_is_refused_and_the_page_stays_open(visit: Visit) -> None:
    visit.unlock(ANNA)
    lock(visit, "1234567")
    answer(visit.page, "short-passphrase")
    assert "passphrase" not in stored(visit.page)


def test_a_tab_that_only_knows_the_device_needs_the_code_once_more_and_no_other_members(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.click('[data-sg="remember"]')
    answer(visit.page, "remembered")
    tab = visit.new_page()
    tab.goto(visit.path("home"))
    visit.wait("open", page=tab)
    assert tab.locator("html").get_attribute("data-sg-again") == "code"
    for spelled, key in (("", "bad-length"), (BEN, "unknown-code")):
        lock(visit, WORDS, tab, spelled)
        answer(tab, key)
        assert kept(tab) == "device"
    lock(visit, WORDS, tab, ANNA)
    answer(tab, "passphrase-set")
    assert sorted(name.partition(" ")[0] for name in stored(tab)) == [
        *("passphrase", "record", "seen", "session", "session")
    ]
    tab.reload()
    visit.wait("open", page=tab)


def test_who_forgot_the_passphrase_may_use_the_code_or_have_the_device_forget_them(visit: Visit) -> None:
    visit.unlock(ANNA)
    lock(visit, WORDS)
    answer(visit.page, "passphrase-set")
    tab = visit.new_page()
    visit.unlock(ANNA, page=tab)
    assert kept(tab) == "passphrase"
    third = visit.new_page()
    third.goto(visit.path("home"))
    visit.wait("locked", page=third)
    third.click('[data-sg="logout"]')
    third.wait_for_url(visit.url)
    visit.wait("locked", "logged-out", page=third)
    assert stored(third) == {}


def test_the_passphrase_can_be_taken_off_again(visit: Visit) -> None:
    visit.unlock(ANNA)
    lock(visit, WORDS)
    answer(visit.page, "passphrase-set")
    visit.page.click('[data-sg="remember"]')
    answer(visit.page, "remembered")
    assert kept(visit.page) == "device"
    assert "passphrase" not in stored(visit.page)
    tab = visit.new_page()
    tab.goto(visit.path("home"))
    visit.wait("open", page=tab)
