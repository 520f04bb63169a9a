"""The same door in another browser: what a member does most, in a real Firefox."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.browser.firefox import ENTER, Firefox, Tab, firefox
from tests.browser.visits import GOLD, SILVER, House

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample")]
GOLD_ONLY = "In the drawer with the brass key"
MAIN_PICTURES = "[...document.querySelectorAll('main img')]"
WIDE_PICTURES = f"((all) => all.length && all.every((one) => one.naturalWidth > 0))({MAIN_PICTURES})"
KEPT = """
new Promise((resolve) => {
  const asked = indexedDB.open("sitegen " + new URL("./", document.baseURI).pathname);
  asked.onsuccess = () => {
    const kept = asked.result.transaction("kept").objectStore("kept");
    const names = kept.getAllKeys();
    const values = kept.getAll();
    values.onsuccess = async () => {
      const keys = values.result.flatMap((one) => Object.values(one)).filter((one) => one instanceof CryptoKey);
      const shown = await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).then(() => 1, () => 0)));
      asked.result.close();
      resolve(JSON.stringify({ names: names.result, shown, text: JSON.stringify(values.result) }));
    };
  };
})
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest.fixture
def tab(running: Firefox) -> Iterator[Tab]:
    """A tab of somebody who has never been here."""
    running.requests.clear()
    running.complaints.clear()
    tab = running.tab(running.visitor())
    yield tab
    tab.close()


def come_in(tab: Tab, house: House, customer: str) -> None:
    tab.open(f"{house.url}#{house.code(customer)}")
    arrive(tab)


def arrive(tab: Tab) -> None:
    """Be at home, with the focus where somebody finds it who has just come in."""
    tab.wait("location.pathname.includes('/m/')")
    tab.state("open")
    tab.wait("document.activeElement.matches('[data-sg=content]')")


def type_code(tab: Tab, house: House, text: str, *, remember: bool = False) -> None:
    tab.open(house.url)
    tab.state("locked")
    if remember:
        tab.run("document.querySelector('form[data-sg=unlock]').elements.remember.click()")
    tab.run("document.querySelector('form[data-sg=unlock]').elements.code.focus()")
    tab.press(text + ENTER)


def menu(tab: Tab) -> dict[str, str]:
    links = "[...document.querySelectorAll('[data-sg=menu] a')].map((link) => [link.textContent, link.href])"
    return dict(json.loads(tab.run(f"JSON.stringify({links})")))


def test_the_link_of_the_card_opens_the_members_own_page_with_its_pictures(
    tab: Tab, house: House, running: Firefox
) -> None:
    come_in(tab, house, GOLD)
    assert tab.run("document.querySelector('main h1').innerText") == "Welcome, Mei"
    assert tab.run("document.querySelector('.member-card-tier').innerText") == "Gold"
    tab.wait("!document.querySelector('[data-sg-src]')")
    tab.wait(WIDE_PICTURES)
    assert running.complaints == []


def test_a_code_may_be_typed_and_the_door_stays_open_over_reloads_and_other_pages(tab: Tab, house: House) -> None:
    type_code(tab, house, " ".join([house.code(GOLD)[:14].lower(), house.code(GOLD)[14:]]))
    tab.wait("location.pathname.includes('/m/')")
    tab.state("open")
    tab.reload()
    tab.state("open")
    tab.open(house.url + "about/")
    tab.state("open")
    assert GOLD_ONLY in menu(tab)


def test_a_wrong_code_is_told_and_opens_nothing(tab: Tab, house: House) -> None:
    code = house.code(GOLD)
    type_code(tab, house, code[:-1] + ("0" if code[-1] != "0" else "1"))
    tab.state("locked", "bad-check")
    assert menu(tab) == {}


def test_a_page_of_others_stays_closed(tab: Tab, house: House) -> None:
    come_in(tab, house, GOLD)
    secret = menu(tab)[GOLD_ONLY]
    tab.run("document.querySelector('[data-sg=logout]').click()")
    tab.wait("!location.pathname.includes('/m/')")
    come_in(tab, house, SILVER)
    assert GOLD_ONLY not in menu(tab)
    tab.open(secret)
    tab.state("denied", "no-access")


def test_another_tab_of_a_remembered_device_is_open_until_one_of_them_logs_out(
    tab: Tab, house: House, running: Firefox
) -> None:
    visitor = running.visitor()
    first, second = running.tab(visitor), running.tab(visitor)
    type_code(first, house, house.code(GOLD), remember=True)
    first.wait("location.pathname.includes('/m/')")
    first.state("open")
    second.open(house.url + "about/")
    second.state("open")
    first.run("document.querySelector('[data-sg=logout]').click()")
    second.wait("document.documentElement.dataset.sgState === 'locked'")
    second.open(house.url + "about/")
    second.state("locked")


def test_another_tab_of_a_session_is_not_open(tab: Tab, house: House, running: Firefox) -> None:
    visitor = running.visitor()
    first, second = running.tab(visitor), running.tab(visitor)
    come_in(first, house, GOLD)
    second.open(house.url)
    second.state("locked")


def test_what_the_device_keeps_shows_no_code_and_no_key(tab: Tab, house: House) -> None:
    type_code(tab, house, house.code(GOLD), remember=True)
    tab.wait("location.pathname.includes('/m/')")
    tab.state("open")
    kept = json.loads(tab.run(KEPT.replace('new URL("./", document.baseURI)', f"new URL({json.dumps(house.url)})")))
    assert "device" in kept["names"]
    assert kept["shown"]
    assert not any(kept["shown"])
    assert house.code(GOLD) not in kept["text"]


def test_the_code_is_in_no_request_no_message_and_no_address(tab: Tab, house: House, running: Firefox) -> None:
    come_in(tab, house, GOLD)
    code = house.code(GOLD)
    heard = [said.decode(errors="replace") for said in house.heard]
    places = [*(url for url in running.requests if f"#{code}" not in url), *running.complaints, *heard]
    assert running.requests
    assert not [place for place in places if code in place]
    assert code not in tab.run("location.href + document.referrer + JSON.stringify(performance.getEntries())")


def test_a_member_finds_a_page_by_a_mistyped_word(tab: Tab, house: House, running: Firefox) -> None:
    come_in(tab, house, GOLD)
    tab.run("document.querySelector('[data-sg=search] input').focus()")
    tab.press("quillts")
    found = "[...document.querySelectorAll('[data-sg=search-hits] mark')].map((one) => one.textContent)"
    tab.wait(f"{found}.includes('quilts')")
    assert running.complaints == []


def test_a_file_for_members_is_unlocked_when_it_is_asked_for(tab: Tab, house: House, running: Firefox) -> None:
    come_in(tab, house, GOLD)
    tab.open(menu(tab)["A day in the quilting room"])
    tab.state("open")
    before = len(running.requests)
    tab.run("document.querySelector('a[data-sg-file]').click()")
    tab.wait("!document.querySelector('a[data-sg-file][aria-busy]')")
    tab.state("open")
    assert any("/o/" in url and ".bin" in url for url in running.requests[before:])
    assert running.complaints == []


def test_a_passphrase_locks_the_device_and_opens_it_again(tab: Tab, house: House, running: Firefox) -> None:
    visitor = running.visitor()
    first, second = running.tab(visitor), running.tab(visitor)
    type_code(first, house, house.code(GOLD), remember=True)
    arrive(first)
    form = "document.querySelector('form[data-sg=set-passphrase]')"
    first.run(f"{form}.closest('details').open = true")
    first.run(f"{form}.elements.passphrase.focus()")
    first.press("a lantern in the window" + ENTER)
    first.wait("document.documentElement.dataset.sgKept === 'passphrase'")
    second.open(house.url)
    second.state("locked")
    assert second.run("document.documentElement.dataset.sgKept") == "passphrase"
    second.run("document.querySelector('form[data-sg=passphrase]').elements.passphrase.focus()")
    second.press("a lantern in the window" + ENTER)
    second.wait("location.pathname.includes('/m/')")
    second.state("open")
