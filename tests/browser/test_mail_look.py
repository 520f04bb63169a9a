"""The sample shop's e-mails on a phone and a desk, by day and by night; the pictures are kept in tests/artefacts/."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route

from sitegen.render import image_making
from sitegen.render.away import mailed_files, mailed_pictures
from sitegen.render.mail.portraits import portrait_files
from tests.golden.sample_shop import REPOSITORY
from tests.render.sample_mails import Made, made, named, project, sample_mails

ARTEFACTS = REPOSITORY / "tests" / "artefacts" / "mail"
PHONE, DESK = 360, 700
LONG = {
    "first_name": "Maximiliane-Theodora Hildegardis von und zu Schwarzenberg-Hohenlohe",
    "adviser_name": "Anna-Magdalena Konstantinopolski-Oberländer",
    "adviser_signature": "Anna-Magdalena Konstantinopolski-Oberländer",
    "adviser_title": "Senior adviser for bed linen, quilts, throws and everything else that keeps you warm",
    "adviser_email": "anna-magdalena.konstantinopolski-oberlaender@hamburg.lantern-loom.example.com",
}
WIDE = """() => [...document.querySelectorAll('p, h1, h2, td, img, a')].filter((one) =>
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((one) => one.className)"""


@contextmanager
def letterbox(browser: Browser, width: int, scheme: str, images: bool = True) -> Iterator[Page]:
    """A page that shows letters; pictures come from the sample's own files, and nothing else is ever fetched."""
    shop, assets = project().shop, project().assets
    wanted = mailed_pictures(project().campaigns, assets, shop.images)
    files = mailed_files(project().campaigns, assets) | portrait_files(assets)
    files |= {path: next(image_making.made(assets[one.source].content, [one])) for path, one in wanted.items()}
    held = {f"{project().shop.url}/{path}": content for path, content in files.items()}
    context = browser.new_context(viewport={"width": width, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]

    def answer(route: Route) -> None:
        if images and route.request.url in held:
            route.fulfill(body=held[route.request.url], content_type="image/png")
        else:
            route.abort()

    context.route("**/*", answer)
    try:
        yield context.new_page()
    finally:
        context.close()


def shown(page: Page, letter: Made) -> None:
    """The letter on the page, its pictures too if there are any."""
    page.set_content(letter.filled.html)
    assert page.evaluate(WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= (page.viewport_size or {"width": 0})["width"]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_letter_of_the_sample_fits_and_is_pictured(browser: Browser, width: int, scheme: str) -> None:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with letterbox(browser, width, scheme) as page:
        for letter in sample_mails():
            shown(page, letter)
            assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
            page.screenshot(path=ARTEFACTS / f"{letter.name}-{width}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("name", ["members-prices", "birthday-zh"])
def test_long_names_and_missing_pictures_break_no_letter(browser: Browser, name: str) -> None:
    with letterbox(browser, PHONE, "light", images=False) as page:
        shown(page, made(named(name), **LONG))
        words = page.inner_text("body")
    assert LONG["first_name"] in words
    assert LONG["adviser_signature"] in words
    assert LONG["adviser_email"] in words


def test_the_night_s_colours_reach_every_part_of_a_letter(browser: Browser) -> None:
    grounds = "() => ['.ground', '.sheet', '.words'].map((one) => getComputedStyle(document.querySelector(one)))"
    read = f"({grounds})().map((style) => style.backgroundColor + ' ' + style.color)"
    found = {}
    for scheme in ("light", "dark"):
        with letterbox(browser, DESK, scheme) as page:
            shown(page, made(named("birthday")))
            found[scheme] = page.evaluate(read)
    assert found["light"][:2] != found["dark"][:2]
    assert found["dark"][1].startswith("rgb(30, 36, 56)")
    assert found["dark"][2].endswith("rgb(240, 231, 216)")
