"""The receiver's pages in a browser: narrow, dark, without a script, and as axe sees them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib import resources
from typing import Any, Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from sitegen.model.claim import Purpose
from tests.send.receiving import Desk, desk
from tests.servers.web import free_port

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUNS: tuple[tuple[Literal["light", "dark"], dict[str, Any]], ...] = (
    ("light", {}),
    ("dark", {"runOnly": ["color-contrast"]}),
)
PAGES = ("unsubscribe", "preferences", "survey", "complaint", "suggestion")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A receiver whose visitors may ask as often as they like."""
    ticking = iter(range(0, 10**9, 10**4))
    return desk(tmp_path_factory.mktemp("receiver"), ticks=lambda: float(next(ticking)))


@pytest.fixture(scope="module")
def origin(house: Desk) -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(house.app, port=port, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def opened(browser: Browser, **how: Any) -> Page:
    return browser.new_context(viewport={"width": 360, "height": 740}, **how).new_page()


def addresses(house: Desk, origin: str) -> list[str]:
    poll = f"{origin}/survey/gathering-ideas?token={house.token(Purpose.SURVEY, about='gathering-ideas')}"
    ours = {Purpose.RESULT: "big-order/O-1", Purpose.STEP: "B-1/result"}
    desks = (f"{origin}/{one}?token={house.token(one, about=about, adviser_id='A-1')}" for one, about in ours.items())
    return [*(f"{origin}/{page}?token={house.token(Purpose(page))}" for page in PAGES), poll, *desks]


def test_a_reader_unsubscribes_and_chooses_without_any_script(house: Desk, origin: str, browser: Browser) -> None:
    page = opened(browser, java_script_enabled=False)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(addresses(house, origin)[0])
    page.get_by_role("button").click()
    assert page.get_by_role("heading").inner_text() == "Done. You are off the list."
    page.get_by_role("link", name="Choose what may come").click()
    page.get_by_label("Prices for members").uncheck()
    page.get_by_label("Once a month at most").check()
    page.get_by_role("button").click()
    assert page.get_by_role("status").inner_text() == "Noted. From now on we keep to it."
    assert not page.get_by_label("Prices for members").is_checked()
    assert {row[1]: row[3] for row in house.rows("preferences")} == {"topic:prices": "off", "frequency": "month"}
    page.get_by_role("link", name="中文").click()
    assert page.get_by_role("heading", level=1).inner_text() == "您愿意收到什么？"
    assert complaints == []
    page.context.close()


@pytest.mark.slow
def test_pages_are_narrow_enough_and_axe_finds_nothing(house: Desk, origin: str, browser: Browser) -> None:
    # Without motion, since a colour on its way from light to dark is neither.
    page = opened(browser, bypass_csp=True, reduced_motion="reduce")
    for address in addresses(house, origin):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        page.evaluate(AXE)
        # axe does not judge letters on a pattern; the theme's are faint, and lie on the same colour.
        page.add_style_tag(content="body { background-image: none !important }")
        for scheme, rules in RUNS:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("options => axe.run(document, options)", rules)["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], address
    page.context.close()


def test_the_ledger_of_the_browsers_visits_holds_no_address(house: Desk, origin: str) -> None:
    assert b"127.0.0.1" not in house.setting.ledger.read_bytes()
