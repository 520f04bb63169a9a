"""A member's code leaves no trace, and nothing of a visit goes elsewhere."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import Route

from sitegen.content.project import read_project
from sitegen.protect import code
from tests.browser.visits import GOLD, Visit

pytestmark = pytest.mark.xdist_group("sample")
STORED = """async () => {
  const seen = [JSON.stringify({...sessionStorage}), JSON.stringify({...localStorage}), document.cookie, name,
    location.href, document.referrer, document.documentElement.outerHTML, JSON.stringify(history.state)];
  seen.push(...performance.getEntries().map((entry) => entry.name));
  seen.push(...[...document.querySelectorAll("input")].map((input) => input.value));
  seen.push(...await caches.keys());
  for (const {name} of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames) {
      const held = database.transaction(store).objectStore(store);
      const read = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const bytes = (key, value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer
        ? "bytes " + Array.from(new Uint8Array(value.buffer || value), (byte) => String.fromCharCode(byte)).join("")
        : value;
      seen.push(JSON.stringify(await read(held.getAllKeys())), JSON.stringify(await read(held.getAll()), bytes));
    }
    database.close();
  }
  return seen.join("\\n");
}"""


def spellings(spelled: str) -> list[str]:
    """A code as it might be written down: in one word, in groups, small, as bytes, in hexadecimal and base 64."""
    raw = code.parse(spelled)
    grouped = [separator.join(re.findall("....", spelled)) for separator in (" ", "-")]
    texts = [spelled, *grouped, raw.hex(), base64.b64encode(raw).decode().rstrip("="), raw.decode("latin-1")]
    return [text.casefold() for text in texts]


@pytest.mark.parametrize("way", ["by link", "by typing", "by link, remembered"])
def test_goal_17_the_code_is_nowhere_once_the_door_is_open(visit: Visit, way: str) -> None:
    spelled = visit.house.code(GOLD)
    already_heard = len(visit.house.heard)
    if way == "by typing":
        visit.type_code(spelled)
        visit.page.wait_for_url(f"{visit.house.url}m/*/")
        visit.wait("open")
    else:
        visit.unlock(GOLD)
    if way == "by link, remembered":
        visit.open()
        visit.page.evaluate("document.querySelector('[data-sg=remember]').click()")
    trail = []
    for path in ("", "about/", visit.house.gated_paths()[0]):
        visit.open(path)
        visit.settle()
        trail.append(visit.page.evaluate(STORED))
    trail += going_elsewhere(visit)
    trail += [entry["url"] for entry in history(visit)]
    trail += [part.decode("latin-1") for part in visit.house.heard[already_heard:]]
    trail += visit.complaints
    trail += [url for url in visit.requests if not url.startswith(f"{visit.house.url}#")]
    seen = "\n".join(trail).casefold()
    assert "sitegen /" in seen, "the tab's session was not looked at"
    assert [text for text in spellings(spelled) if text in seen] == []
    assert visit.strangers() == []


def going_elsewhere(visit: Visit) -> list[str]:
    """What another site learns of somebody who follows a link to it: the address and every header."""
    heard: list[str] = []

    def answer(route: Route) -> None:
        heard.append(f"{route.request.url} {route.request.all_headers()}")
        route.fulfill(body="<p>elsewhere")

    visit.context.route("https://elsewhere.test/**", answer)
    visit.page.evaluate("""() => {
      const link = document.createElement("a");
      link.href = "https://elsewhere.test/";
      link.textContent = "Elsewhere";
      document.querySelector("main").prepend(link);
    }""")
    visit.page.get_by_role("link", name="Elsewhere").click()
    visit.page.wait_for_url("https://elsewhere.test/")
    assert len(heard) == 1
    assert "referer" not in heard[0]
    visit.requests.remove("https://elsewhere.test/")
    return [*heard, visit.page.evaluate("document.referrer")]


def test_goal_19_requests_go_to_the_shop_alone_and_name_neither_members_nor_segments(visit: Visit) -> None:
    visit.unlock(GOLD)
    for address in visit.menu().values():
        visit.page.goto(address)
        visit.rest()
        visit.settle()
    visit.page.get_by_role("searchbox").fill("drawer")
    visit.page.wait_for_selector('[data-sg="search-hits"] li')
    segments = [segment.id for segment in read_project(visit.house.shop.root).segments]
    assert "gold" in segments
    private = ["mei", GOLD, "everyone", "drawer", *segments]
    # The address with the code is what the card says, and never leaves the browser.
    asked = [url.removeprefix(visit.house.url).partition("#")[0].casefold() for url in visit.requests]
    assert len(asked) > 20
    assert {name for name in private for path in asked if name.casefold() in path} == set()
    assert visit.strangers() == []
    assert visit.complaints == []


def history(visit: Visit) -> list[dict[str, str]]:
    """The tab's history as the browser itself holds it."""
    entries = visit.context.new_cdp_session(visit.page).send("Page.getNavigationHistory")["entries"]
    assert len(entries) > 2
    return list(entries)


def test_a_wrong_code_is_not_sent_anywhere_either(visit: Visit) -> None:
    wrong = "0" * 28
    visit.open(f"#{wrong}")
    visit.wait("locked", "unknown-code")
    said = "".join(part.decode("latin-1") for part in visit.house.heard)
    assert wrong not in said
    assert wrong not in visit.page.url
    # The browser's own timing of this document keeps the fragment until the next one is loaded.
    visit.page.reload()
    visit.wait("locked")
    assert wrong not in visit.page.evaluate(STORED)


def test_nothing_of_the_member_stays_after_logging_out(visit: Visit) -> None:
    visit.unlock(GOLD)
    visit.page.get_by_role("button", name="Log out").first.click()
    visit.page.wait_for_url(visit.house.url)
    visit.settle()
    left = visit.page.evaluate(STORED)
    stored, page = left.partition("<html")[0], left.partition("<html")[2]
    assert [trace for trace in ("session ", "device", "record") if trace in stored] == []
    assert [trace for trace in ("Mei", "沈月", "brass key") if trace in stored + page] == []
