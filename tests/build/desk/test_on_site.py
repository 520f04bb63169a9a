"""Pages of the house on the site: who may read which, and where their links lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sitegen.build.desk.on_site import staff_pages, stands
from sitegen.content.project import read_project
from sitegen.model.staff_page import StaffPage, StaffPart
from sitegen.render.site.entries import Day, entries
from sitegen.render.site.navigation import navigation
from sitegen.render.site.staff import addressed

BASE, TODAY = Path(__file__).parents[2] / "broken" / "base", date(2026, 9, 8)
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


def test_an_adviser_has_the_day_in_the_menu_and_the_owner_the_front_page_complaints_and_reports() -> None:
    house = {**HOUSE, "desk/complaints.html": "<h1>Complaints</h1>", "reports/index.html": "<h1>Numbers</h1>"}
    named = [(page.weight, page.id, page.menu) for page in staff_pages(house, ["A-01", "A-02"], EVERY) if page.menu]
    assert sorted(named) == [
        (900, "staff/desk/A-01/day.html", ("staff:A-01",)),
        (900, "staff/desk/A-02/day.html", ("staff:A-02",)),
        (901, "staff/desk/index.html", ("owner",)),
        (902, "staff/desk/complaints.html", ("owner",)),
        (903, "staff/reports/index.html", ("owner",)),
    ]


def test_the_menus_of_the_site_name_a_page_of_the_house_only_to_whom_it_is_named() -> None:
    pages = staff_pages(HOUSE, ["A-01"], EVERY)
    project = replace(read_project(BASE), staff=pages)
    made = navigation(entries(project, Day(TODAY), lambda id_: f"m/{id_}/"), {"owner", "staff:A-01"}, project.shop)
    named = {one.segment: [item.title for item in one.items] for one in made if one.segment != "everyone"}
    assert named == {"owner": ["The house"], "staff:A-01": ["Yue & the day"]}


def test_a_list_beside_a_page_leads_nowhere_on_the_site_nor_does_a_page_that_was_not_chosen() -> None:
    chosen = frozenset({StaffPart.DESK})
    paths = ("desk/index.html", "desk/unowned.csv", "desk/A-01/day.pdf", "reports/gold.html", "desk/customers/C-1.html")
    assert [path for path in paths if stands(chosen, path)] == ["desk/index.html"]
