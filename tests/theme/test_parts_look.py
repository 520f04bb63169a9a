"""The stylesheet hides what has nothing to say, in the parts of the programme, and what it shows fits into a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.golden.sample_shop import REPOSITORY

SHEETS = {
    "hearth": ("hearth/static/site.css",),
    "gallery": ("hearth/static/site.css", "gallery/static/gallery.css"),
}
OFFER = '<div class="audience-block"><article class="offer"><h3 class="offer-title">Tea for two</h3></article></div>'
LOCKED = '<div data-sg-object="abc"></div>'
EMPTY = '<p class="part-empty">Nothing today.</p>'
PRICES = """<table class="price-table">
<caption><h3>Quilts</h3></caption>
<thead><tr><th scope="col">Piece</th><th scope="col" class="list-price">List</th>
<th scope="col" class="your-price">Yours</th><th scope="col" class="stock">Stock</th></tr></thead>
<tbody><tr><th scope="row">A patchwork quilt for Sundays, two metres and twenty wide
<span class="badge">Kept for you until 17 October 2026</span></th><td class="list-price">€1,219.00</td>
<td class="your-price">€1,158.05</td><td class="stock">only a few</td></tr></tbody>
</table>"""
CONTACT = """<article class="contact">
<h3 class="contact-name">Maximiliane-Theodora Konstantinopolski</h3>
<ul class="ways"><li><span class="way">E-mail</span>
<a href="#">anna-magdalena.konstantinopolski@hamburg.lantern-loom.example.com</a></li></ul>
</article>"""
GATHERING = """<article class="gathering">
<time class="day-block" datetime="2026-09-23"><span class="day-month">Sept</span>
<span class="day-number">23</span> <span class="day-week">Wednesday</span></time>
<h3 class="offer-title">Choosing and caring for beads</h3>
<p class="offer-text"><span class="badge">A closer look at what we make, and how</span></p>
</article>"""


@pytest.fixture(params=SHEETS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone that shows what it is given as the theme would."""
    css = "\n".join((REPOSITORY / "themes" / file).read_text(encoding="utf-8") for file in SHEETS[request.param])
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.set_content(f"<!doctype html><style>{css}</style><main class='wrap'></main>")
        yield page


def shown(page: Page, cells: str, after: str = "", also: str = "") -> str:
    """The words of a part that can be seen."""
    inside = f'<h2 class="part-title">Open</h2><div class="part-cells">{cells}</div>{after}'
    html = f'<div class="prose"><section class="part {also}">{inside}</section></div>'
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)
    return " ".join(page.locator("main").inner_text().split())


def test_a_part_says_that_it_is_empty_until_a_cell_is_there(page: Page) -> None:
    assert shown(page, "", EMPTY) == "Open Nothing today."
    assert shown(page, OFFER, EMPTY) == "Open Tea for two"
    # Till the cells are there or not, nobody knows; saying "nothing" for a moment would be wrong for most.
    assert shown(page, LOCKED, EMPTY) == "Open"


def test_a_quiet_part_is_not_there_at_all_without_a_cell(page: Page) -> None:
    assert shown(page, "", also="part-quiet") == ""
    assert shown(page, LOCKED, also="part-quiet") == ""
    assert shown(page, OFFER, also="part-quiet") == "Open Tea for two"


def test_a_field_without_a_value_takes_its_line_along(page: Page) -> None:
    line = '<p class="offer-meta">until <span data-sg-field="coupons_until|date">{}</span></p>'
    assert shown(page, "", line.format("")) == "Open"
    assert shown(page, "", line.format("15 December 2026")) == "Open until 15 December 2026"
    row = '<dl class="facts"><div><dt>Yours</dt><dd><span data-sg-field="next_event">{}</span></dd></div></dl>'
    assert shown(page, "", row.format("")) == "Open"
    assert shown(page, "", row.format("Tea")) == "Open Yours Tea"


def test_a_field_with_a_value_is_not_nothing(page: Page) -> None:
    coupon = '<p class="coupon"><strong data-sg-field="coupons">{}</strong></p>'
    assert shown(page, "", coupon.format("") + EMPTY) == "Open Nothing today."
    assert shown(page, "", coupon.format("a pot of tea") + EMPTY) == "Open a pot of tea"


@pytest.mark.parametrize("cell", [PRICES, CONTACT, GATHERING])
def test_long_names_prices_and_addresses_fit_into_the_smallest_phone(page: Page, cell: str) -> None:
    shown(page, f'<div class="audience-block">{cell}</div>')
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > 320).length"
    # The head of the table is there for those who listen; it takes no room.
    page.evaluate("document.querySelector('thead')?.remove()")
    assert page.evaluate(wide) == 0


def test_a_price_can_be_told_from_the_list_price_without_the_tables_head(page: Page) -> None:
    shown(page, f'<div class="audience-block">{PRICES}</div>')
    style = "name => getComputedStyle(document.querySelector(`td.${name}`))"
    assert page.evaluate(f"({style})('list-price').textDecorationLine") == "line-through"
    assert page.evaluate(f"({style})('your-price').textDecorationLine") == "none"
