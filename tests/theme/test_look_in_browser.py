"""The theme in a real browser: every width, without scripts, by keyboard, in print."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from sitegen.model.theme import Theme
from sitegen.render.site.static import static_files
from tests.theme.sample import PAGE, SITE, Render

pytestmark = pytest.mark.xdist_group("browser")
DOCUMENTS = ("home", "page", "list", "tag", "journal", "shell", "404")
SEALED = ("page", "member-home", "campaign")
WIDTHS = (320, pytest.param(360, marks=pytest.mark.slow), 768, 1280)
LONG_NAME = "Wäschetrocknungsgewohnheitsbeschreibungszusammenfassung"
BODY = Markup(
    f"<p>{LONG_NAME}</p><pre><code>{'soak and wash and hang ' * 12}</code></pre>"
    "<table><thead><tr><th>Cloth</th><th>Water</th><th>Iron</th><th>After the wash</th></tr></thead>"
    "<tbody><tr><td>Linen</td><td>40 °C</td><td>hot, damp</td><td>hang it in the wind while it is damp</td></tr>"
    "</tbody></table><ul><li>Łukasz, Ğülşen, Erzsébet Kőszegi</li></ul>"
)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, theme: Theme, render: Render) -> Iterator[str]:
    """A site of the sample views in hearth."""
    with served(tmp_path_factory.mktemp("look"), theme, render) as address:
        yield address


@contextmanager
def served(folder: Path, theme: Theme, render: Render) -> Iterator[str]:
    """A site of the sample views; the browser half is empty, so that pages stay as the theme made them."""
    for name, content in static_files(theme.name, theme.static).files.items():
        write(folder / name, content)
    write(folder / SITE.runtime_url[1:], b"")
    page = replace(PAGE, html=BODY)
    for name in DOCUMENTS:
        write(folder / f"{name}.html", render(f"site/{name}.html", page=page).encode())
    shell = render("site/shell.html")
    before, _, rest = shell.partition('<div class="threshold">')
    after = "</main>" + rest.partition("</main>")[2]
    for name in SEALED:
        inside = before + render(f"site/sealed/{name}.html", page=page) + after
        opened = inside.replace('data-sg-state="locked"', 'data-sg-state="open"')
        write(folder / "open" / f"{name}.html", opened.encode())
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_at_any_width_and_the_browser_has_no_complaint(
    browser: Browser, address: str, width: int
) -> None:
    said: list[str] = []
    requests: list[str] = []
    wide: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: requests.append(request.url))
        for name in (*DOCUMENTS, *(f"open/{name}" for name in SEALED)):
            page.goto(f"{address}{name}.html")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append(name)
    assert (wide, said) == ([], [])
    assert [url for url in requests if not url.startswith(address)] == []


@pytest.mark.parametrize("family", ["Alegreya Sans", "Cormorant Garamond"])
def test_the_fonts_of_the_theme_are_used_for_names_from_all_over_europe(
    browser: Browser, address: str, family: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}page.html")
        loaded = page.evaluate(
            "family => document.fonts.load(`400 20px '${family}'`, 'aŁğő').then(faces => faces.map(f => f.status))",
            family,
        )
    assert loaded == ["loaded", "loaded"]


def test_a_phone_opens_its_menu_by_keyboard_and_without_scripts(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}page.html")
        link = page.locator(".menus").get_by_role("link", name="Stores")
        assert not link.is_visible()
        page.locator(".menu-switch summary").focus()
        page.keyboard.press("Enter")
        link.wait_for(state="visible")


def test_the_first_tab_leads_past_the_menu_and_every_stop_is_seen(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}home.html")
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to the content"
        unseen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            if outline == "none":
                unseen.append(focused(page))
        assert unseen == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


@pytest.mark.parametrize(
    ("state", "visible"),
    [
        ("locked", "This room opens with your card"),
        ("opening", "One moment, we are opening the door."),
        ("denied", "This room is for other customers"),
        ("error", "This page could not be opened"),
    ],
)
def test_each_state_of_a_shell_shows_its_one_heading(browser: Browser, address: str, state: str, visible: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}shell.html")
        page.evaluate("state => { document.documentElement.dataset.sgState = state; }", state)
        headings = page.locator("main h1")
        shown = [text for text, seen in zip(headings.all_text_contents(), visibility(page), strict=True) if seen]
    assert shown == [visible]


def visibility(page: Page) -> list[bool]:
    headings = page.locator("main h1")
    return [headings.nth(index).is_visible() for index in range(headings.count())]


def test_log_out_shows_only_while_the_door_is_open(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}home.html")
        out, code = page.locator('[data-sg="logout"]').first, page.locator('[name="code"]')
        assert (out.is_visible(), code.is_visible()) == (False, True)
        page.evaluate("document.documentElement.dataset.sgState = 'open'")
        assert (out.is_visible(), code.is_visible()) == (True, False)


def test_whoever_is_refused_one_page_still_has_a_menu_and_the_way_out(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}shell.html")
        page.evaluate("document.documentElement.dataset.sgState = 'denied'")
        assert page.locator('header [data-sg="logout"]').is_visible()
        assert not page.locator(".to-door").is_visible()


def test_without_scripts_the_door_says_so_instead_of_showing_a_form(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}home.html")
        assert not page.locator('[name="code"]').is_visible()
        assert page.locator(".door noscript .note").is_visible()


def test_whoever_wants_less_motion_gets_none(browser: Browser, address: str) -> None:
    names = {}
    for wish in ("no-preference", "reduce"):
        with browser.new_context(reduced_motion=wish) as context:
            page = context.new_page()
            page.goto(f"{address}shell.html")
            names[wish] = page.evaluate("getComputedStyle(document.querySelector('.loom')).animationName")
    assert names == {"no-preference": "shuttle", "reduce": "none"}


def test_paper_gets_the_words_and_not_the_menus(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{address}page.html")
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator("nav.menus").is_visible()
        ink = "getComputedStyle(document.body).color"
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(f"[{ink}, {ground}]") == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
