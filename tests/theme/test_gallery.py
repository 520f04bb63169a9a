"""The second theme: the sample views in other rooms, with what hearth promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from sitegen.model.theme import Theme
from tests.browser.test_accessibility import AXE, COLOURS, EVERYTHING
from tests.theme import sample
from tests.theme.test_look_in_browser import DOCUMENTS, SEALED, served
from tests.theme.test_templates import MESSAGES, Elements

pytestmark = pytest.mark.xdist_group("browser")
PAGES = (*DOCUMENTS, *(f"open/{name}" for name in SEALED))
STICKS_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def gallery() -> Theme:
    """The theme as the loader reads it, with what it inherits."""
    return sample.theme_of("gallery")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, gallery: Theme) -> Iterator[str]:
    """A site of the sample views in gallery."""
    with served(tmp_path_factory.mktemp("gallery"), gallery, sample.renderer(gallery)) as address:
        yield address


def test_it_inherits_what_it_does_not_make_anew(gallery: Theme) -> None:
    assert gallery.parents == ("hearth",)
    assert gallery.file("site/partials/unlock.html") == "themes/hearth/site/partials/unlock.html"
    assert gallery.file("site/partials/woodblock.html") == "themes/gallery/site/partials/woodblock.html"
    assert gallery.strings == sample.hearth().strings


def test_it_looks_otherwise_than_its_parent(gallery: Theme) -> None:
    mine, hers = sample.renderer(gallery), sample.renderer(sample.hearth())
    for name in DOCUMENTS:
        assert mine(f"site/{name}.html") != hers(f"site/{name}.html")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_browser_half_finds_all_that_it_needs(gallery: Theme, name: str) -> None:
    elements = Elements(sample.renderer(gallery)(f"site/{name}.html"))
    assert (elements.misnested, elements.open) == ([], [])
    assert elements.with_attribute("data-sg").count("message") == 1
    assert {"menu", "logout"} <= set(elements.with_attribute("data-sg"))
    assert set(elements.with_attribute("data-sg-message")) == MESSAGES
    loaded = [
        attributes["href"] for tag, attributes in elements.found if tag == "link" and "stylesheet" in attributes["rel"]
    ]
    assert [path.partition(".")[0].rpartition("/")[2] for path in loaded] == ["site", "gallery"]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_and_the_browser_has_no_complaint(browser: Browser, address: str, width: int) -> None:
    said: list[str] = []
    wide: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        for name in PAGES:
            page.goto(f"{address}{name}.html")
            if page.evaluate(STICKS_OUT):
                wide.append(name)
    assert (wide, said) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str) -> None:
    found = []
    with browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for name in PAGES:
            page.goto(f"{address}{name}.html")
            page.evaluate(AXE + ";0")
            run = page.evaluate("options => axe.run(document, options)", EVERYTHING if scheme == "light" else COLOURS)
            found += [f"{name} {rule['id']}: {rule['nodes'][0]['html'][:100]}" for rule in run["violations"]]
    assert found == []


@pytest.mark.parametrize("family", ["Hanken Grotesk", "Bricolage Grotesque"])
def test_its_fonts_know_names_from_all_over_europe(browser: Browser, address: str, family: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}page.html")
        loaded = page.evaluate(
            "family => document.fonts.load(`400 20px '${family}'`, 'a\u0141\u011f\u0151')"
            ".then(faces => faces.map(face => face.status))",
            family,
        )
    assert loaded == ["loaded", "loaded"]


def test_paper_gets_the_words_and_not_the_pictures_of_the_wall(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{address}home.html")
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator(".hanging").is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_every_web_font_is_small_licensed_and_used(gallery: Theme) -> None:
    own = {path: content for path, content in gallery.static.items() if gallery.file(path).startswith("themes/gallery")}
    style = own["static/gallery.css"].decode()
    fonts = {path: content for path, content in own.items() if path.endswith(".woff2")}
    assert len(fonts) == 6
    assert [path for path, content in fonts.items() if len(content) > 60_000 or path[6:] not in style] == []
    for family in ("bricolage-grotesque", "hanken-grotesk"):
        assert "SIL OPEN FONT LICENSE" in own[f"fonts/OFL-{family}.txt"].decode().upper()


def test_a_page_without_words_is_whole_too(gallery: Theme) -> None:
    render = sample.renderer(gallery)
    for name in ("home", "list", "tag", "page"):
        html = render(f"site/{name}.html", page=replace(sample.BARE_PAGE, language="en"), items=(), teasers=(), menu=())
        assert Elements(html).misnested == []
