"""The live preview in a real browser: a page knows when it is another one, and says what is wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.live_house import LiveShop, is_the_same, live_shop, marked, until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("live")]
THEME = Path(__file__).parents[2] / "themes" / "hearth"
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """A busy machine builds slowly."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    with live_shop(tmp_path_factory.mktemp("live")) as shop:
        yield shop


@pytest.fixture
def context(shop: LiveShop, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 900, "height": 500})
    context.set_default_timeout(40_000)
    yield context
    context.close()


def opened(context: BrowserContext, shop: LiveShop, path: str) -> Page:
    """A tab that listens."""
    page = context.new_page()
    with page.expect_request("**/events?*"):
        page.goto(shop.url + path)
    expect(page.locator("sitegen-preview .bar")).to_be_visible()
    marked(page)
    return page


@contextmanager
def own_theme(shop: LiveShop) -> Iterator[Path]:
    """The shop's own copy of the theme, as long as it is needed; its stylesheet."""
    theme = shop.root / "themes" / "hearth"
    if not theme.exists():
        shop.built(lambda: shutil.copytree(THEME, theme))
    yield theme / "static" / "site.css"


def complaints(page: Page) -> list[str]:
    """What the page's console says from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_an_edit_is_seen_where_the_reader_was_and_nobody_complains(shop: LiveShop, context: BrowserContext) -> None:
    long = "\n\n".join(f"Paragraph {number}." for number in range(80))
    shop.built(lambda: shop.write("long.md", long, title="Long"))
    page = opened(context, shop, "long/")
    said = complaints(page)
    page.evaluate("scrollTo(0, 1400)")

    shop.built(lambda: shop.write("long.md", f"{long}\n\nThe last word.", title="Long"))

    expect(page.get_by_text("The last word.")).to_be_attached()
    until(lambda: page.evaluate("scrollY") == 1400)
    assert not is_the_same(page)
    assert said == []


def test_a_page_that_did_not_change_is_not_loaded_again(shop: LiveShop, context: BrowserContext) -> None:
    here, there = opened(context, shop, "care/linen/"), opened(context, shop, "other/")

    shop.built(lambda: shop.write("other.md", "A new page.", title="Other"))

    expect(there.get_by_text("A new page.")).to_be_visible()
    assert is_the_same(here)


@pytest.mark.slow
def test_a_page_that_is_deleted_becomes_the_sites_404(shop: LiveShop, context: BrowserContext) -> None:
    shop.built(lambda: shop.write("short-lived.md", "Here today.", title="Short-lived"))
    page = opened(context, shop, "short-lived/")

    shop.built(shop.page("short-lived.md").unlink)

    expect(page.get_by_text("Here today.")).to_have_count(0)


def test_a_new_stylesheet_takes_the_old_ones_place_in_the_open_page(shop: LiveShop, context: BrowserContext) -> None:
    with own_theme(shop) as sheet:
        page = opened(context, shop, "care/linen/")

        shop.built(lambda: sheet.write_text(sheet.read_text() + "\nh1 { color: rgb(1, 2, 3) !important; }\n"))

        expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        expect(page.locator('head link[rel="stylesheet"]')).to_have_count(1)
        assert is_the_same(page)


@pytest.mark.slow
def test_a_base_template_reaches_every_page(shop: LiveShop, context: BrowserContext) -> None:
    with own_theme(shop) as sheet:
        base = sheet.parents[1] / "site" / "partials" / "footer.html"
        page = opened(context, shop, "care/linen/")

        shop.built(lambda: base.write_text(base.read_text() + "<p>A word below.</p>"))

        expect(page.get_by_text("A word below.")).to_be_visible()
        assert "A word below." in shop.get("")[1]


@pytest.mark.slow
def test_a_picture_of_the_same_name_is_the_new_picture(shop: LiveShop, context: BrowserContext) -> None:
    picture = shop.root / "content" / "assets" / "cloth.svg"
    shop.built(lambda: shop.write("cloth.md", "![Cloth](/assets/cloth.svg)", title="Cloth"))
    page = opened(context, shop, "cloth/")
    before = page.locator("main img").get_attribute("src")

    shop.built(lambda: picture.write_text(picture.read_text().replace("<svg", "<svg data-new='yes'", 1)))

    until(lambda: page.locator("main img").get_attribute("src") != before)


def test_mistakes_are_shown_where_they_stand_and_go_when_they_are_mended(
    shop: LiveShop, context: BrowserContext
) -> None:
    page = opened(context, shop, "care/linen/")
    file = shop.page("care/linen.md")
    text = file.read_text()

    shop.built(lambda: file.write_text(text.replace("audience: public", "audience: public\ndrafft: yes")))

    dialog = page.get_by_role("alertdialog", name="1 mistake in the last change. This page is the last good one.")
    expect(dialog).to_be_visible()
    expect(dialog).to_be_focused()
    expect(dialog).to_contain_text("unknown key 'drafft' in this page")
    expect(dialog).to_contain_text("did you mean 'draft'?")
    expect(dialog.get_by_role("link", name="content/pages/care/linen.md:4:1")).to_have_attribute(
        "href", f"vscode://file{file.resolve()}:4:1"
    )
    assert dialog.locator(".line.here").all_inner_texts() == ["4drafft: yes", "^"]
    expect(page.locator("main").get_by_text("Wash it warm")).to_be_attached()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    shop.built(lambda: file.write_text(text.replace("audience: public", "audience: public\ndraftt: yes")))
    expect(dialog).to_be_visible()

    shop.built(lambda: file.write_text(text))
    expect(dialog).to_have_count(0)


@pytest.mark.slow
def test_a_first_build_that_fails_is_shown_and_gives_way_to_the_shop(tmp_path: Path, context: BrowserContext) -> None:
    with live_shop(tmp_path, spoilt="care/linen.md") as shop:
        page = context.new_page()
        page.goto(shop.url + "care/linen/")
        expect(page.get_by_role("alertdialog")).to_contain_text("Nothing could be built yet")

        shop.built(lambda: shop.write("care/linen.md", "Wash it warm.", title="Looking after linen"))

        expect(page.get_by_text("Wash it warm.")).to_be_visible()


def test_a_tab_that_nobody_sees_lets_go_and_catches_up(shop: LiveShop, context: BrowserContext) -> None:
    page = opened(context, shop, "care/linen/")
    file = shop.page("care/linen.md")
    text = file.read_text()
    page.evaluate(HIDE, True)

    shop.built(lambda: file.write_text(text + "\nRead later.\n"))
    assert is_the_same(page)

    page.evaluate(HIDE, False)
    expect(page.get_by_text("Read later.")).to_be_visible()
    shop.built(lambda: file.write_text(text))


@pytest.mark.slow
def test_more_tabs_than_connections_do_not_lock_the_browser(shop: LiveShop, context: BrowserContext) -> None:
    for _ in range(7):
        opened(context, shop, "care/linen/").evaluate(HIDE, True)

    last = opened(context, shop, "care/linen/")

    assert last.evaluate("fetch(location.href).then(answer => answer.status)") == 200


def test_a_draft_is_marked_as_one(shop: LiveShop, context: BrowserContext) -> None:
    shop.built(lambda: shop.write("soon.md", "Not yet.", title="Soon", draft="true"))
    page = opened(context, shop, "soon/")
    expect(page.locator(".draft")).to_contain_text("Not on the site yet")

    shop.built(lambda: shop.write("soon.md", "Not yet.", title="Soon"))

    expect(page.locator(".draft")).to_have_count(0)


def test_what_the_preview_adds_stands_in_no_file(shop: LiveShop) -> None:
    assert "live.js" in shop.get("care/linen/")[1]
    site = shop.root / ".sitegen" / "preview" / "pages" / "site"
    assert "live.js" not in (site / "care" / "linen" / "index.html").read_text()


def test_the_desk_lists_everything_and_finds_it(shop: LiveShop, context: BrowserContext) -> None:
    page = context.new_page()
    said = complaints(page)
    page.goto(shop.house.server.desk_url)

    expect(page.get_by_role("link", name="Looking after linen")).to_be_visible()
    page.get_by_label("Find").fill("autumn e-mail")

    expect(page.get_by_role("link", name="A wish for the autumn")).to_be_visible()
    expect(page.get_by_role("link", name="Looking after linen")).to_have_count(0)
    expect(page.locator("#count")).to_have_text(f"1 of {page.locator('main li').count()}")
    assert [word for word in said if "favicon" not in word and "404" not in word] == []


def test_the_desk_shows_a_message_before_anything_was_built(shop: LiveShop, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{shop.house.server.desk_url}mail/autumn-mail/?customer=C-1")

    expect(page.frame_locator("iframe.day").get_by_text("Dear Ada,", exact=True)).to_be_visible()
    assert not (shop.root / "output").exists()


def test_what_stands_below_the_live_word_tells_nothing_of_anybody(shop: LiveShop) -> None:
    server = shop.house.server
    said = json.dumps(server.news.told(0))
    assert all(word not in said for word in ("linen.md", "Ada", "C-1", server.addresses.desk))
    for name in ("problems.json", "readers.json", "code?as=gold", ""):
        assert shop.get(server.addresses.live.removeprefix("/") + name)[0] == 404
