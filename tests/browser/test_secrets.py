"""A member's code leaves no trace, and nothing of a visit goes elsewhere."""

from __future__ import annotations

import base64
import re

import pytest

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
def test_the_code_is_nowhere_once_the_door_is_open(visit: Visit, way: str) -> None:
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
    trail += [entry["url"] for entry in history(visit)]
    trail += [part.decode("latin-1") for part in visit.house.heard[already_heard:]]
    trail += visit.complaints
    trail += [url for url in visit.requests if not url.startswith(f"{visit.house.url}#")]
    seen = "\n".join(trail).casefold()
    assert "sitegen /" in seen, "the tab's session was not looked at"
    assert [text for text in spellings(spelled) if text in seen] == []
    assert visit.strangers() == []


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
