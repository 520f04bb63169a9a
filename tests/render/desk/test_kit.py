"""Pages of the house: whole in a file, a block alone elsewhere, with links that lead and names that are safe."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.theme import Theme
from sitegen.render.desk.kit import Office, functions, office, relative, safe_name, said
from sitegen.render.desk.views import OwedView, PersonView, UnownedView
from tests.plain_shop import SHOP
from tests.theme.sample import theme_of

TODAY = date(2026, 9, 8)
UNOWNED = "work/unowned.html"


@pytest.fixture(scope="module", params=["hearth", "gallery"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return theme_of(request.param)


def test_a_page_brings_all_that_it_needs(theme: Theme) -> None:
    page = office(theme, SHOP, TODAY).page(UNOWNED, "desk/unowned.html", people=(), more=0)
    assert page.lstrip().startswith("<!doctype html>")
    assert "@font-face" in page
    assert re.findall(r"url\((?!data:font/woff2;base64,[A-Za-z0-9+/]{1000})", page) == []
    assert re.findall(r"<(?:script|link|img|iframe)|\sstyle=|\son\w+=", page) == []
    assert "Everybody has somebody." in page


def test_one_of_very_many_pages_comes_without_fonts(theme: Theme) -> None:
    page = office(theme, SHOP, TODAY).page(UNOWNED, "desk/unowned.html", light=True, people=(), more=0)
    assert "@font-face" not in page
    assert len(page) < 20_000


def test_the_content_alone_has_no_frame(theme: Theme) -> None:
    content = office(theme, SHOP, TODAY).content(UNOWNED, "desk/unowned.html", people=(), more=0)
    title, lede = "Customers without an adviser", "Everybody has somebody."
    assert content.split() == f'<h1 id="unowned">{title}</h1> <p class="lede">{lede}</p>'.split()


def test_somebody_else_may_say_where_links_lead(theme: Theme) -> None:
    made = office(theme, SHOP, TODAY, lambda at, to: f"[{at} {to}]")
    assert "[desk/unowned.html desk/index.html]" in made.page(UNOWNED, "desk/unowned.html", people=(), more=0)


def test_a_link_that_stands_by_itself_is_left_out_where_it_leads_nowhere(theme: Theme) -> None:
    whole = office(theme, SHOP, TODAY)
    somebody = UnownedView(PersonView("C-1", "Ada Holm"), 0, None)
    pages = [one.content(UNOWNED, "desk/unowned.html", people=(somebody,), more=0) for one in (whole, _on_site(whole))]
    assert ["unowned.csv" in page for page in pages] == [True, False]
    assert ["The same as a list" in page for page in pages] == [True, False]


def test_only_what_is_due_on_the_day_is_due_today_and_another_year_is_named(theme: Theme) -> None:
    days = (date(2026, 9, 9), TODAY, date(2025, 9, 7))
    owed = tuple(OwedView("Call", day, max((TODAY - day).days, 0)) for day in days)
    somebody = UnownedView(PersonView("C-1", "Ada Holm"), 0, None, owed)
    page = office(theme, SHOP, TODAY).content(UNOWNED, "desk/unowned.html", people=(somebody,), more=0)
    said = re.findall(r"Call, (.*?)(?:<br>|</td>)", " ".join(re.sub(r"</?(?:time|strong)[^>]*>", "", page).split()))
    assert [one.strip() for one in said] == ["Wed 9 Sept", "Tue 8 Sept, due today", "7 Sept 2025, 366 days late"]


def _on_site(house: Office) -> Office:
    return replace(house, leads=lambda to: to.endswith(".html"))


@pytest.mark.parametrize(
    ("at", "to", "expected"),
    [
        ("desk/index.html", "desk/A-1/day.html", "A-1/day.html"),
        ("desk/A-1/day.html", "desk/index.html", "../index.html"),
        ("desk/A-1/day.html", "desk/A-1/day.pdf", "day.pdf"),
        ("desk/A-1/day.html", "desk/customers/C-1.html", "../customers/C-1.html"),
        ("desk/index.html", "reports/index.html", "../reports/index.html"),
        ("desk/index.html", "desk/complaints.html#B-1", "complaints.html#B-1"),
    ],
)
def test_a_link_leads_from_file_to_file(at: str, to: str, expected: str) -> None:
    assert relative(at, to) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("C-00001", "C-00001"), ("customers", "customers~"), ("../x", "~2E~~2E~~2F~x"), ("单", "~5355~"), ("", "~")],
)
def test_an_id_becomes_the_name_of_a_file(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_two_ids_have_two_names_of_plain_signs(one: str, other: str) -> None:
    assert (safe_name(one) == safe_name(other)) is (one == other)
    assert re.fullmatch(r"[A-Za-z0-9_~-]{1,120}", safe_name(one))
    assert not re.fullmatch(r"[a-z]+", safe_name(one))


def test_amounts_and_days_are_spelled_as_the_house_does(theme: Theme) -> None:
    known = functions(theme, SHOP)
    assert known["money"](12) == "€12.00"
    assert known["percent"](80) == "80%"
    assert known["short_day"](TODAY) == "Tue 8 Sept"
    assert known["day_of_year"](TODAY) == "8 Sept 2026"
    assert known["tel"]("+49 (40) 669-69") == "tel:+494066969"
    assert known["t"]("work.more", 3) == "and 3 more"


def test_chinese_on_another_languages_page_is_marked() -> None:
    assert said("沈月 & Co", "en") == '<span lang="zh">沈月 &amp; Co</span>'
    assert said("沈月", "zh") == "沈月"
    assert said("<b>", "en") == "&lt;b&gt;"
