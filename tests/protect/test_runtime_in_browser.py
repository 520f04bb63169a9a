"""The browser half in a real browser, on a site that the Python half made."""

from __future__ import annotations

import base64
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.protect import code, manifest, names, packs, runtime
from tests.protect import tinysite
from tests.protect.tinyvisit import ANNA, BEN, Visit, stored

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.xdist_group("browser")
VECTORS = Path(__file__).with_name("vectors.json")


def test_the_link_of_the_card_opens_the_members_home(visit: Visit) -> None:
    visit.unlock(ANNA)
    page = visit.page
    assert page.title() == "Your home · Shop"
    assert page.locator('[data-sg="content"] h2').text_content() == "Welcome, Anna <b>Linde</b>"
    assert page.locator('[data-sg="content"] [data-sg-field="points|number"]').text_content() == "1,250"
    assert page.locator(".gold").text_content() == "Only gold reads this"
    page.wait_for_selector('img[src^="blob:"]')
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert page.locator('[data-sg="content"] img').evaluate(width) == 1
    assert page.locator('[data-sg="content"] img').get_attribute("alt") == "A red throw"
    menu = page.locator('[data-sg="menu"] a')
    assert menu.all_text_contents() == ["About", "Gold offers", "Your home"]
    assert page.locator('[aria-current="page"]').text_content() == "Your home"
    assert page.locator('[data-sg="teasers"] li').all_text_contents() == ["Gold offersFor you"]
    assert visit.console == []


def test_a_typed_code_opens_the_members_home(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.fill("[name=code]", f" {code.grouped(ANNA).lower()} ")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    assert visit.page.locator(".gold").count() == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (ANNA[:-1] + "U", "bad-character"),
        (ANNA[:-1], "bad-length"),
        (ANNA[1] + ANNA[0] + ANNA[2:], "bad-check"),
        (tinysite.code_of("anna", serial=2), "unknown-code"),
    ],
)
def test_goal_14_a_wrong_code_gets_its_own_message_and_at_most_one_pack(visit: Visit, typed: str, error: str) -> None:
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.fill("[name=code]", typed)
    visit.page.keyboard.press("Enter")
    visit.wait("locked", error)
    assert visit.page.locator('[data-sg="message"]').text_content() == f"Message {error}"
    assert visit.page.locator("[name=code]").get_attribute("aria-invalid") == "true"
    visit.page.wait_for_selector("[name=code]:focus", state="attached")
    assert visit.page.url == visit.url
    packs_asked = [request.url for request in visit.requests if "/k/" in request.url]
    assert len(packs_asked) == (1 if error == "unknown-code" else 0)


def test_a_wrong_code_in_the_link_is_stripped_and_explained(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}#{ANNA[:-1]}{'0' if ANNA[-1] != '0' else '2'}")
    visit.wait("locked", "bad-check")
    assert visit.page.url == visit.url


def test_a_session_survives_reload_and_navigation_and_ends_with_the_tab(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.reload()
    visit.wait("open")
    visit.page.click("text=Gold offers")
    visit.page.wait_for_url(visit.path("gold"))
    visit.wait("open")
    assert visit.page.locator('[data-sg="content"]').text_content() == tinysite.GOLD_WORDS
    visit.page.go_back()
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    assert sum("/k/" in request.url for request in visit.requests) == 1
    other = visit.new_page()
    other.goto(visit.path("home"))
    visit.wait("locked", page=other)
    assert other.locator('[data-sg="content"]').text_content() == ""


def test_a_remembered_device_opens_in_another_tab_with_keys_that_cannot_be_taken_out(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.check("[name=remember]")
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(visit.path("home"))
    other = visit.new_page()
    other.goto(visit.path("gold"))
    visit.wait("open", page=other)
    assert other.evaluate("sessionStorage.length") == 0
    entries = stored(other)
    assert sorted(entries["device"]) == ["locate", "slot"]
    assert {key["extractable"] for key in entries["device"].values()} == {False}


def test_the_remember_button_moves_the_session_to_the_device(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.click('[data-sg="remember"]')
    visit.page.wait_for_selector('html[data-sg-kept="device"]', state="attached")
    assert visit.page.locator('[data-sg="message"]').text_content() == "Message remembered"
    other = visit.new_page()
    other.goto(visit.path("home"))
    visit.wait("open", page=other)
    assert other.evaluate("sessionStorage.length") == 0


def test_goal_16_logging_out_clears_everything_in_every_tab(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.wait("locked")
    visit.page.check("[name=remember]")
    visit.page.fill("[name=code]", ANNA)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    other = visit.new_page()
    other.goto(visit.path("gold"))
    visit.wait("open", page=other)
    visit.page.click("text=Gold offers")
    visit.page.wait_for_url(visit.path("gold"))
    visit.wait("open")
    visit.page.click('[data-sg="logout"]')
    for page in (visit.page, other):
        page.wait_for_url(visit.url)
        visit.wait("locked", "logged-out", page)
        assert page.evaluate("sessionStorage.length") == 0
    assert stored(visit.page) == {}
    visit.page.go_back()
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("locked")
    assert "Anna" not in visit.page.content()


def test_the_door_stays_where_it_is_with_an_open_session(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.goto(visit.url)
    visit.wait("open")
    assert visit.page.url == visit.url
    assert visit.page.locator('[data-sg="menu"] a').all_text_contents() == ["About", "Gold offers", "Your home"]
    assert visit.page.locator("b[data-sg-field]").text_content() == "Anna <b>Linde</b>"


def test_a_new_link_in_an_open_tab_changes_the_member(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.goto(visit.url)
    visit.wait("open")
    visit.page.evaluate("code => { location.hash = code }", BEN)
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open")
    assert visit.page.locator('[data-sg="content"] h2').text_content() == "Welcome, Ben"


def test_a_page_of_another_segment_is_refused_and_its_block_removed(visit: Visit) -> None:
    visit.unlock(BEN)
    assert visit.page.locator(".gold, [data-sg-object]").count() == 0
    assert visit.page.locator('[data-sg="menu"] a').all_text_contents() == ["About", "Your home"]
    assert visit.page.locator('[data-sg-field="points|number"]').text_content() == "none yet"
    visit.page.goto(visit.path("gold"))
    visit.wait("denied", "no-access")
    assert visit.page.locator('[data-sg="content"]').text_content() == ""
    assert visit.page.locator('[data-sg="message"]').text_content() == "Message no-access"
    assert tinysite.GOLD_WORDS not in visit.page.content()
    assert visit.page.locator('[data-sg="menu"] a').all_text_contents() == ["About", "Your home"]


def test_a_gated_block_of_a_public_page_opens_for_its_readers(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}about/")
    visit.wait("locked")
    assert visit.page.locator("[data-sg-object]").text_content() == "Locked"
    visit.unlock(ANNA)
    visit.page.goto(f"{visit.url}about/")
    visit.wait("open")
    assert visit.page.locator(".gold").text_content() == "Only gold reads this"


def test_an_anchor_of_the_door_stays_an_anchor(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}#stores")
    visit.wait("locked")
    assert visit.page.url == f"{visit.url}#stores"


def test_a_code_on_another_page_than_the_door_is_dropped(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}about/#{ANNA}")
    visit.wait("locked")
    assert visit.page.url == f"{visit.url}about/"
    assert stored(visit.page) == {}
    visit.page.goto(f"{visit.url}about/#our-linen-and-how-we-care-for-it")
    assert visit.page.url.endswith("#our-linen-and-how-we-care-for-it")


@pytest.mark.parametrize("which", ["object", "site.json"])
def test_a_changed_byte_is_reported_as_tampering(visit: Visit, which: str) -> None:
    visit.unlock(ANNA)
    if which == "object":
        target = visit.folder / names.object_path(1, "2026-09", tinysite.identifier("gold"))
        content = target.read_bytes()
        target.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        target = visit.folder / names.SITE_PATH
        target.write_bytes(target.read_bytes().replace(b'\\"bits\\":1', b'\\"bits\\":2'))
    visit.page.goto(visit.path("gold"))
    visit.wait("error", "tampered")
    assert visit.page.locator('[data-sg="content"]').text_content() == ""


def test_a_changed_slot_is_reported_as_tampering(visit: Visit) -> None:
    target = visit.folder / pack_of("anna")
    target.write_bytes(flip_slots(target.read_bytes()))
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("error", "tampered")
    assert sorted(stored(visit.page)) == []


def test_a_half_finished_deploy_mends_itself_by_one_retry(visit: Visit) -> None:
    visit.unlock(ANNA)
    target = names.object_path(1, "2026-09", tinysite.identifier("gold"))
    asked = []

    def first_time_wrong(route: Route) -> None:
        asked.append(route.request.url)
        content = (visit.folder / target).read_bytes()
        route.fulfill(body=content if len(asked) > 1 else content[:-1] + b"!")

    visit.page.route(f"**/{target}?*", first_time_wrong)
    visit.page.goto(visit.path("gold"))
    visit.wait("open")
    assert len(asked) == 2


def test_goal_13_an_older_build_than_seen_is_refused(visit: Visit) -> None:
    tinysite.write(tinysite.site(tinysite.newer(tinysite.Version())), visit.folder)
    visit.unlock(ANNA)
    tinysite.write(tinysite.site(), visit.folder)
    visit.page.reload()
    visit.wait("error", "stale")
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("error", "stale")


def test_a_session_goes_on_through_a_new_build_period_and_epoch(visit: Visit) -> None:
    visit.unlock(ANNA)
    first = tinysite.Version()
    for version in (
        tinysite.newer(first),
        replace(first, build=first.build + 120, period="2026-10"),
        replace(first, build=first.build + 180, epoch=2, period="2026-10"),
    ):
        tinysite.write(tinysite.site(version), visit.folder)
        visit.page.goto(visit.path("gold"))
        visit.wait("open")
        assert visit.page.locator('[data-sg="content"]').text_content() == tinysite.GOLD_WORDS


def test_a_development_site_shows_its_newest_build_though_the_instant_is_the_same(visit: Visit) -> None:
    first = tinysite.Version(dev=True)
    tinysite.write(tinysite.site(first), visit.folder)
    visit.unlock(ANNA)
    assert visit.page.locator("html").get_attribute("data-sg-dev") == "true"
    name, serial, segments, _ = tinysite.ANNA
    renamed = (name, serial, segments, {"first_name": "Anne"})
    tinysite.write(tinysite.site(replace(first, members=(renamed, tinysite.BEN))), visit.folder)
    visit.page.reload()
    visit.page.wait_for_selector("text=Welcome, Anne")


def test_who_left_the_members_is_locked_out_by_the_next_build(visit: Visit) -> None:
    visit.unlock(BEN)
    later = replace(tinysite.newer(tinysite.Version()), members=(tinysite.ANNA,))
    tinysite.write(tinysite.site(later), visit.folder)
    visit.page.reload()
    visit.wait("locked", "unknown-code")
    assert visit.page.locator('[data-sg="content"]').text_content() == ""


def test_goal_13_another_signing_key_is_refused_until_a_code_vouches_for_it(visit: Visit) -> None:
    visit.unlock(ANNA)
    forged = json.loads(tinysite.site_json())
    own = json.loads(forged["signed"])
    stated = manifest.Manifest(
        tinysite.SITE_ID, 1, own["build"] + 5, own["period"], tinysite.LAYOUT, own["issued"], True, own["home"]
    )
    other = manifest.sign_manifest(bytes([9]) * 32, stated)
    (visit.folder / names.SITE_PATH).write_bytes(other)
    ring = tinysite.card_ring(tinysite.Version(build=own["build"] + 5))
    tinysite.write(tinysite.pack_files(ring, tinysite.members(), tinysite.LAYOUT), visit.folder)
    visit.page.reload()
    visit.wait("error", "tampered")
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("error", "tampered")


def test_a_lost_connection_has_its_own_message(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.route("**/o/**", lambda route: route.abort())
    visit.page.reload()
    visit.wait("error", "offline")


def test_without_webcrypto_the_page_says_so(visit: Visit) -> None:
    visit.page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("error", "insecure")
    assert visit.page.url == visit.url


def test_without_storage_the_door_opens_in_memory_and_says_so(visit: Visit) -> None:
    visit.page.add_init_script(
        "for (const name of ['indexedDB', 'sessionStorage'])"
        "Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.wait("open", "storage")
    assert visit.page.locator("b[data-sg-field]").text_content() == "Anna <b>Linde</b>"


def test_hostile_html_does_nothing_even_if_it_was_sealed(visit: Visit) -> None:
    visit.unlock(ANNA)
    visit.page.goto(visit.path("hostile"))
    visit.wait("open")
    assert visit.page.title() == "Hostile · Shop"
    content = visit.page.locator('[data-sg="content"]')
    assert content.inner_html().replace('<img src="x">', "") == "<p>Words</p>"
    assert [line for line in visit.console if "404" not in line and "has been blocked" not in line] == []


def test_a_tampered_picture_leaves_the_page_open_with_a_message(visit: Visit) -> None:
    target = visit.folder / names.object_path(1, "2026-09", tinysite.identifier("throw.png"))
    content = target.read_bytes()
    target.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    visit.page.goto(f"{visit.url}#{ANNA}")
    visit.page.wait_for_url(visit.path("home"))
    visit.wait("open", "tampered")
    assert visit.page.locator('[data-sg="content"] h2').count() == 1


def test_a_full_visit_leaves_the_code_nowhere_and_breaks_no_rule(visit: Visit) -> None:
    visit.page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.log('violation', event.violatedDirective))"
    )
    visit.unlock(ANNA)
    visit.page.reload()
    visit.wait("open")
    visit.page.goto(visit.path("gold"))
    visit.wait("open")
    visit.page.goto(visit.url)
    visit.wait("open")
    seen = json.dumps(stored(visit.page)) + json.dumps(visit.page.evaluate("({...sessionStorage, ...localStorage})"))
    seen += visit.page.url + visit.page.evaluate("document.referrer") + visit.page.content()
    seen += visit.page.evaluate("JSON.stringify(performance.getEntries().map(entry => entry.name))")
    seen += "".join(visit.console)
    for request in visit.requests:
        if not request.is_navigation_request():
            seen += request.url
        seen += json.dumps(request.all_headers()) + (request.post_data or "")
        assert request.url.removeprefix("blob:").startswith(visit.url.removesuffix("shop/"))
    for spelling in secrets_of("anna"):
        assert spelling not in seen
    assert visit.console == []


def test_only_the_tab_holds_the_key_to_its_session(visit: Visit) -> None:
    visit.unlock(ANNA)
    session = next(value for name, value in stored(visit.page).items() if name.startswith("session "))
    assert sorted(session) == ["iv", "locked", "made"]
    # 64 bytes of keys and 16 of GCM.
    assert len(base64.b64decode(session["locked"])) == 80


def test_browser_and_python_read_codes_and_ids_alike(browser: Browser) -> None:
    """No policy on an empty page, so the one file that needs no site can be called by itself."""
    choose = random.Random(7)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZoOiIlL -–\t\u00a0\ufeff\u2028_.uU月ß０Ａﬁ"
    texts = ["".join(choose.choices(alphabet, k=choose.randrange(24, 34))) for _ in range(300)]
    for number in range(100):
        spelling = tinysite.code_of(f"C{number}")
        texts += [spelling, code.grouped(spelling).lower(), spelling[::-1], " ".join(spelling)]
    script = Path(runtime.__file__).with_name("code.js").read_text(encoding="utf-8")
    page = browser.new_page()
    read = page.evaluate(
        f"""texts => {{ {script}
          return texts.map((text) => {{
            try {{ return [...parseCode(text)]; }} catch (error) {{ return error.key; }}
          }});
        }}""",
        texts,
    )
    assert [bytes(one) if isinstance(one, list) else one for one in read] == [read_code(text) for text in texts]
    ids = [tinysite.spelled(str(number)) for number in range(50)]
    again = page.evaluate(f"ids => {{ {script} return ids.map((id) => spellId(readId(id))) }}", ids)
    assert again == ids
    page.close()


def test_a_page_that_was_put_aside_does_not_outlive_a_log_out(visit: Visit) -> None:
    visit.unlock(ANNA)
    shown = "persisted => dispatchEvent(new PageTransitionEvent(persisted, { persisted: true }))"
    visit.page.evaluate(shown, "pagehide")
    assert visit.page.locator("html").get_attribute("data-sg-state") == "opening"
    visit.page.evaluate(shown, "pageshow")
    visit.wait("open")
    visit.page.evaluate(shown, "pagehide")
    visit.page.evaluate("sessionStorage.clear()")
    visit.page.evaluate(shown, "pageshow")
    visit.page.wait_for_url(visit.url)
    visit.wait("locked", "logged-out")


def test_the_frozen_site_opens_in_the_browser(served: tuple[Path, str], browser: Browser) -> None:
    folder, url = served
    frozen = json.loads(VECTORS.read_text(encoding="utf-8"))
    # The first release had no period in its objects' paths; the files are the same.
    files = {path.replace("/o/", "/o/2026-09/"): base64.b64decode(content) for path, content in frozen["files"].items()}
    pages = {path: content for path, content in tinysite.site().items() if path not in tinysite.locked_files()}
    tinysite.write(pages | files, folder)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}#{frozen['code']}")
    page.wait_for_selector('html[data-sg-state="open"]', state="attached")
    assert page.locator('[data-sg="content"] h2').text_content() == "Welcome, " + frozen["record"]["first_name"]
    page.goto(f"{url}m/{frozen['gold']}/")
    page.wait_for_selector('html[data-sg-state="open"]', state="attached")
    assert page.locator('[data-sg="content"]').text_content() == tinysite.GOLD_WORDS
    context.close()


def read_code(text: str) -> bytes | str:
    try:
        return code.parse(text)
    except code.CodeError as error:
        return error.key


def pack_of(name: str) -> str:
    version = tinysite.Version()
    card = code.parse(tinysite.code_of(name))
    prefix = packs.pack_number(card, tinysite.card_ring(version).stamp, tinysite.LAYOUT.bits)
    return names.pack_path(version.epoch, version.build, prefix)


def flip_slots(pack: bytes) -> bytes:
    """The last bit of every slot turned; tags and header stay."""
    flipped = bytearray(pack)
    for end in range(20 + 620, len(pack) + 1, 620):
        flipped[end - 1] ^= 1
    return bytes(flipped)


def secrets_of(name: str) -> list[str]:
    """The code and its two leaf keys as they could turn up: spelled, grouped, hexadecimal, base64."""
    card = code.parse(tinysite.code_of(name))
    leaves = [code.slot_key(card, tinysite.SITE_ID), code.locator_key(card, tinysite.SITE_ID)]
    spelled = [code.spell(card), code.grouped(code.spell(card))]
    spelled += [spelling.lower() for spelling in spelled]
    for secret in [card, *leaves]:
        spelled += [secret.hex(), base64.b64encode(secret).decode().rstrip("=")]
    return spelled
