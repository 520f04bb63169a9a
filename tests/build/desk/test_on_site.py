"""Pages of the house on the site: who may read which, and where their links lead."""

from __future__ import annotations

from sitegen.build.desk.on_site import staff_pages
from sitegen.model.staff_page import StaffPage, StaffPart
from sitegen.render.site.staff import addressed

EVERY = frozenset(StaffPart)
DAY = (
    '<h1>Yue &amp; the day</h1><a href="staff-page:desk/customers/C-1.html">Mei</a>'
    '<a class="file" href="staff-page:desk/A-01/duties.csv">as a list</a><a href="staff-page:desk/index.html">all</a>'
)
HOUSE = {
    "desk/index.html": '<h1>The house</h1><a href="staff-page:desk/A-01/day.html">Yue</a>',
    "desk/A-01/day.html": DAY,
    "desk/A-02/day.html": "<h1>Wen</h1>",
    "desk/customers/C-1.html": "<h1>Mei Lin</h1>",
    "desk/customers/C-2.html": "<h1>Jonas</h1>",
    "reports/gold.html": "<h1>Gold</h1>",
}


def readers(pages: tuple[StaffPage, ...]) -> dict[str, tuple[str, ...]]:
    return {page.id: page.readers for page in pages}


def test_an_adviser_reads_their_own_day_and_the_dossiers_to_which_it_leads_and_the_owner_everything() -> None:
    assert readers(staff_pages(HOUSE, ["A-01", "A-02"], EVERY)) == {
        "staff/desk/A-01/day.html": ("owner", "staff:A-01"),
        "staff/desk/A-02/day.html": ("owner", "staff:A-02"),
        "staff/desk/customers/C-1.html": ("owner", "staff:A-01"),
        "staff/desk/customers/C-2.html": ("owner",),
        "staff/desk/index.html": ("owner",),
        "staff/reports/gold.html": ("owner",),
    }


def test_only_what_was_chosen_stands_on_the_site() -> None:
    assert [*readers(staff_pages(HOUSE, ["A-01"], frozenset({StaffPart.REPORTS})))] == ["staff/reports/gold.html"]
    assert staff_pages(HOUSE, ["A-01"], frozenset()) == ()


def test_a_link_stays_where_each_of_its_readers_may_follow_it_and_else_becomes_its_words() -> None:
    day = next(page for page in staff_pages(HOUSE, ["A-01"], EVERY) if page.id == "staff/desk/A-01/day.html")
    assert day.title == "Yue & the day"
    assert day.html == '<h1>Yue &amp; the day</h1><a href="staff-page:desk/customers/C-1.html">Mei</a>as a listall'
    index = next(page for page in staff_pages(HOUSE, ["A-01"], EVERY) if page.id == "staff/desk/index.html")
    assert 'href="staff-page:desk/A-01/day.html"' in index.html


def test_links_lead_to_where_the_pages_lie() -> None:
    html = '<a href="staff-page:desk/customers/C-1.html#orders">Mei</a>'
    assert addressed(html, {"staff/desk/customers/C-1.html": "/m/abc/"}) == '<a href="/m/abc/#orders">Mei</a>'


def test_days_and_indexes_stand_in_their_readers_menus_and_nothing_else_does() -> None:
    assert [page.id for page in staff_pages(HOUSE, ["A-01", "A-02"], EVERY) if page.menu] == [
        "staff/desk/A-01/day.html",
        "staff/desk/A-02/day.html",
        "staff/desk/index.html",
    ]
