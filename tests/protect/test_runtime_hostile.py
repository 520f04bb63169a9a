"""Hostile HTML that was sealed, which no build of ours would do, is not executed either (goal 18)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.protect import bodies, names, objects
from tests.browser.payloads import PAYLOADS, TOUCH_EVERYTHING
from tests.protect import tinysite
from tests.protect.tinyvisit import ANNA, Visit

pytestmark = pytest.mark.xdist_group("browser")
ALLOWED = ("has been blocked", "404", "violates the following Content Security Policy", "net::ERR")


def sealed(path: str, kind: objects.Kind, body: bytes) -> dict[str, bytes]:
    """One object for everyone."""
    ring, identifier = tinysite.content_ring(), tinysite.identifier(path)
    blob = objects.seal(ring, identifier, kind, body, ("everyone",))
    return {names.object_path(ring.epoch, ring.period, identifier): blob}


def hostile_site() -> dict[str, bytes]:
    """Each payload as a block of its own, as a title, a teaser and an address, and some as a member's name.

    A block that names no object makes the whole page refuse, so that payload is left out.
    """
    name, serial, segments, record = tinysite.ANNA
    renamed = (name, serial, segments, record | {"first_name": " ".join(PAYLOADS)[:300]})
    files = tinysite.site(replace(tinysite.Version(), members=(renamed, tinysite.BEN)))
    places = ""
    for number, payload in enumerate(payload for payload in PAYLOADS if "data-sg-object" not in payload):
        files |= sealed(f"block {number}", "block", bodies.block_body(payload))
        places += f'<div data-sg-object="{tinysite.spelled(f"block {number}")}"></div>'
    files |= sealed("hostile", "page", bodies.page_body("".join(PAYLOADS), places + "<p>The end</p>", PAYLOADS[0]))
    ring = tinysite.content_ring()
    identifier = names.navigation_id(tinysite.SITE_ID, ring.segment_key("everyone"))
    links = [bodies.NavItem(payload, payload, True, number, payload) for number, payload in enumerate(PAYLOADS)]
    blob = objects.seal(ring, identifier, "nav", bodies.nav_body(links), ("everyone",))
    return files | {names.object_path(ring.epoch, ring.period, identifier): blob}


def test_goal_18_hostile_html_that_was_sealed_runs_nothing_and_calls_nowhere(visit: Visit) -> None:
    tinysite.write(hostile_site(), visit.folder)
    heard: list[str] = []

    def write_down(dialog: object) -> None:
        heard.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    visit.page.on("dialog", write_down)
    visit.context.route("https://beacon.test/**", lambda route: heard.append(route.request.url))
    visit.unlock(ANNA)
    visit.page.goto(visit.path("hostile"))
    visit.wait("open")
    visit.page.get_by_text("The end").wait_for()
    assert visit.page.locator("[data-sg-object]").count() == 0
    assert visit.page.title() == "".join(PAYLOADS) + " · Shop"
    for _ in range(2):
        visit.page.evaluate(TOUCH_EVERYTHING)
        visit.page.wait_for_timeout(100)
    assert visit.page.url == visit.path("hostile")
    assert heard == []
    assert [line for line in visit.console if not any(words in line for words in ALLOWED)] == []
    # The ears work.
    visit.page.evaluate("setTimeout(() => alert(1))")
    visit.page.wait_for_timeout(100)
    assert heard == ["dialog"]
