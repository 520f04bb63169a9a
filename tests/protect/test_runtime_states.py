"""Each state of the browser half says the right thing: goals 13, 16, 20 and 21 of the protection notes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from playwright.sync_api import Route

from sitegen.protect import code, names
from tests.protect import tinysite
from tests.protect.tinyvisit import ANNA, TODAY, Visit, stored

pytestmark = pytest.mark.xdist_group("browser")
REFUSES = (
    "Object.defineProperty(globalThis, '{name}', {{ get() {{ throw new DOMException('no', 'SecurityError') }} }});"
)
NO_STORAGE = {
    "neither": REFUSES.format(name="indexedDB") + REFUSES.format(name="sessionStorage"),
    "no IndexedDB": REFUSES.format(name="indexedDB"),
    "no sessionStorage": REFUSES.format(name="sessionStorage"),
    "no space": "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') };",
    "a database that fails": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'UnknownError') };",
}
NO_KEYS = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, name) {
  if (name === "device") throw new DOMException("keys cannot be cloned", "DataCloneError");
  return put.call(this, value, name);
};
"""
OLD = {
    "no streams": "delete globalThis.DecompressionStream",
    "no raw deflate": "globalThis.DecompressionStream = class { constructor() { throw new TypeError('unknown') } }",
    "no WebCrypto": "Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })",
}


def message(visit: Visit) -> str:
    """What the page says of its state."""
    return visit.page.locator('[data-sg="message"]').text_content() or ""


def test_goal_21_a_page_below_http_on_a_real_name_says_so_and_asks_for_nothing(visit: Visit) -> None:
    visit.page.goto(visit.url.replace("127.0.0.1", "members.test") + f"#{ANNA}")
    visit.wait("error", "insecure")
    assert ANNA not in visit.page.url
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    assert message(visit) == "Message insecure"
    assert [request.url for request in visit.requests if "/sg/" in request.url and "/rt-" not in request.url] == []


def test_goal_21_a_page_opened_as_a_file_says_so(visit: Visit) -> None:
    visit.page.goto((visit.folder / "index.html").as_uri() + f"#{ANNA}")
    visit.wait("error", "file")
    assert ANNA not in visit.page.url


@pytest.mark.parametrize("lacks", OLD)
def test_goal_21_an_old_browser_is_told_so(visit: Visit, lacks: str) -> None:
    visit.page.add_init_script(OLD[lacks])
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("error", "old-browser")


def test_goal_21_without_a_network_the_door_says_so_and_opens_when_it_is_back(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.context.set_offline(True)
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    visit.wait("error", "offline")
    visit.context.set_offline(False)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")


@pytest.mark.parametrize(
    "lacks", [pytest.param(name, marks=() if name == "neither" else pytest.mark.slow) for name in NO_STORAGE]
)
def test_goal_20_without_storage_a_member_walks_through_their_pages_all_the_same(visit: Visit, lacks: str) -> None:
    visit.page.add_init_script(NO_STORAGE[lacks])
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("open", "storage")
    visit.page.click("text=Gold offers")
    visit.wait("open")
    assert visit.page.url == visit.path("gold")
    assert visit.page.title() == "Gold · Shop"
    assert visit.page.locator("main").text_content() == tinysite.GOLD_WORDS
    visit.page.click("text=Your home")
    visit.page.wait_for_selector("main h2")
    visit.page.go_back()
    visit.page.wait_for_selector(f"text={tinysite.GOLD_WORDS}")
    visit.page.click('[data-sg="logout"]')
    visit.page.wait_for_url(visit.url)
    visit.page.wait_for_selector('html[data-sg-state="locked"]', state="attached")
    assert [line for line in visit.console if line.startswith("error")] == []


def test_goal_20_where_keys_cannot_be_stored_a_ticked_box_still_gives_a_session(visit: Visit) -> None:
    visit.page.add_init_script(NO_KEYS)
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.check("[name=remember]")
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    assert visit.page.locator("html").get_attribute("data-sg-kept") == "session"
    visit.page.click('[data-sg="remember"]')
    visit.page.wait_for_selector('html[data-sg-notice="storage"]', state="attached")
    assert visit.page.locator("html").get_attribute("data-sg-state") == "open"


def test_goal_20_nothing_stored_gives_a_key_away(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.click('[data-sg="remember"]')
    visit.page.wait_for_selector('html[data-sg-kept="device"]', state="attached")
    tried = visit.page.evaluate(
        """async () => {
          const database = await new Promise((resolve) => {
            indexedDB.open(new URL("../", document.querySelector("script").src).pathname.replace(/^/, "sitegen "))
              .onsuccess = (event) => resolve(event.target.result);
          });
          const device = await new Promise((resolve) => {
            database.transaction("kept").objectStore("kept").get("device").onsuccess = (event) =>
              resolve(event.target.result);
          });
          database.close();
          const formats = ["raw", "jwk"];
          const asked = Object.values(device).flatMap((key) => formats.map((format) => [key, format]));
          return Promise.all(asked.map(([key, format]) =>
            crypto.subtle.exportKey(format, key).then(() => "given away", (error) => error.name)));
        }"""
    )
    assert tried == ["InvalidAccessError"] * 4
    card = code.parse(ANNA)
    leaves = [card, code.slot_key(card, tinysite.SITE_ID), code.locator_key(card, tinysite.SITE_ID)]
    dump = json.dumps(stored(visit.page, "hex"))
    assert '"device"' in dump
    assert [leaf.hex() for leaf in leaves if leaf.hex() in dump] == []


def test_a_site_that_was_left_alone_for_months_says_so_gently_at_home_only(visit: Visit) -> None:
    visit.context.clock.set_fixed_time(TODAY + timedelta(days=70))
    visit.unlock(ANNA)
    assert visit.page.locator("html").get_attribute("data-sg-notice") == "aged"
    assert message(visit) == "Message aged"
    visit.page.click("text=Gold offers")
    visit.page.wait_for_url(visit.path("gold"))
    visit.wait("open")
    assert message(visit) == ""


def test_a_slow_line_gets_a_second_word_after_three_seconds_and_nothing_else_changes(visit: Visit) -> None:
    held: list[Route] = []
    visit.page.clock.install(time=TODAY)
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.route(f"**/{names.SITE_PATH}", lambda route: held.append(route), times=1)  # noqa: PLW0108 - playwright's
    visit.page.clock.pause_at(TODAY + timedelta(minutes=5))
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    visit.wait("opening")
    assert message(visit) == "Message opening"
    visit.page.clock.run_for(2900)
    assert message(visit) == "Message opening"
    visit.page.clock.run_for(200)
    assert message(visit) == "Message slow"
    assert visit.page.locator("html").get_attribute("data-sg-notice") == "slow"
    visit.page.clock.resume()
    # A second push on the same door asks for nothing twice.
    visit.page.keyboard.press("Enter")
    assert [request.url for request in visit.requests if request.url.endswith(names.SITE_PATH)] == [
        visit.url + names.SITE_PATH
    ]
    held[0].continue_()
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    assert visit.page.locator("html").get_attribute("data-sg-notice") is None


def test_whoever_comes_in_finds_the_focus_on_the_page_and_keeps_their_place_later(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.wait_for_selector("[data-sg=content]:focus", state="attached")
    visit.page.reload()
    visit.wait("open")
    assert visit.page.evaluate("document.activeElement === document.body")


def test_a_code_typed_on_a_members_page_opens_it_where_it_is(visit: Visit) -> None:
    visit.page.goto(visit.path("gold"))
    visit.wait("locked")
    visit.page.evaluate(
        """() => {
          const form = document.querySelector("form").cloneNode(true);
          form.dataset.sg = "unlock";
          form.querySelector("[name=passphrase]").name = "code";
          document.body.append(form);
        }"""
    )
    visit.page.locator('form[data-sg="unlock"] input').fill(ANNA)
    visit.page.keyboard.press("Enter")
    visit.wait("open")
    assert visit.page.url == visit.path("gold")
    assert visit.page.locator('[data-sg="content"]').text_content() == tinysite.GOLD_WORDS
    visit.page.wait_for_selector("[data-sg=content]:focus", state="attached")


def test_a_theme_may_bring_its_own_script_which_hears_events_and_cannot_write_html(visit: Visit) -> None:
    shell = visit.folder / names.shell_path(tinysite.identifier("home"))
    page = shell.read_text(encoding="utf-8")
    own = page.replace('<link rel="icon"', '<script src="../../theme.js" defer></script><link rel="icon"', 1)
    assert own != page
    shell.write_text(own, encoding="utf-8")
    (visit.folder / "theme.js").write_text(
        """for (const name of ["unlocked", "page", "locked"]) {
          document.addEventListener(`sitegen:${name}`, () => console.log(`heard ${name}`));
        }
        try { document.createElement("p").innerHTML = "<b>no</b>"; } catch (error) { console.log(error.name); }
        try { trustedTypes.createPolicy("theme", {}); } catch (error) { console.log(error.name); }
        """,
        encoding="utf-8",
    )
    visit.unlock(ANNA)
    visit.page.click('[data-sg="logout"]')
    visit.page.wait_for_url(visit.url)
    heard = [line for line in visit.console if line.startswith(("heard", "TypeError"))]
    assert heard == ["TypeError", "TypeError", "heard unlocked", "heard page", "heard locked"]
