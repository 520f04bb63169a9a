"""The schedule: every day on which the output changes by itself, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.audience.calendar.spans import each_day, shift_days
from sitegen.audience.selection.embargo import standing
from sitegen.build.goods import question_of
from sitegen.build.schedule import day_begins, schedule
from sitegen.build.shelves import goods_on
from sitegen.content.parts import parts_of
from sitegen.content.project import read_project
from sitegen.data.engine import open_tables
from sitegen.model.goods import Shelf
from sitegen.model.part import Part
from sitegen.model.project import Project
from sitegen.render.parts import Offers
from sitegen.render.site.entries import Day, entries
from tests.content.shop_folder import SITE, page, write_shop

REPOSITORY = Path(__file__).parents[2]
FIRST = date(2026, 9, 8)


def shop(root: Path, settings: str = "", **files: str) -> Project:
    return read_project(write_shop(root, **{"site.yaml": SITE + settings}, **files))


def told(project: Project, first: date = FIRST, days: int = 30) -> list[tuple[str, str, str]]:
    found = schedule(project, first, first + timedelta(days=days - 1))
    return [(change.at.isoformat(), change.what, change.reason) for change in found]


def mail(more: str) -> str:
    return page(f"title: A wish\nkind: holiday\naudience: everyone\n{more}", "Dear friend, all the best.")


def test_pages_appear_and_leave_at_the_beginning_of_their_days(tmp_path: Path) -> None:
    project = shop(
        tmp_path,
        pages__a=page("title: A\npublish_on: 2026-09-10\nexpire_on: 2026-09-20"),
        pages__b=page("title: B\npublish_on: 2026-09-07"),
        pages__c=page("title: C\npublish_on: 2026-09-11\ndraft: yes"),
        pages__d=page("title: D\nexpire_on: 2026-10-08"),
    )
    assert told(project, days=15) == [
        ("2026-09-10T00:00:00+02:00", "appears", "the page 'A' appears"),
        ("2026-09-20T00:00:00+02:00", "leaves", "the page 'A' leaves the site"),
    ]


def test_letters_leave_and_lie_in_the_archive_for_a_while(tmp_path: Path) -> None:
    project = shop(tmp_path, campaigns__a=mail("channels: [mail]\non: 2026-09-09"))
    assert told(project, days=20) == [
        ("2026-09-09T00:00:00+02:00", "appears", "the letter 'A wish' comes into the archive"),
        ("2026-09-09T00:00:00+02:00", "sends", "'A wish' leaves by mail at 09:00"),
    ]
    assert ("2027-09-09T00:00:00+02:00", "leaves", "the letter 'A wish' of 2026-09-09 leaves the archive") in told(
        project, days=400
    )


def test_each_channel_leaves_by_its_own_lead_and_outside_its_quiet_hours(tmp_path: Path) -> None:
    settings = "channels: {card: {lead: 5}}\nquiet_hours: 20:00-10:30\n"
    campaign = mail("channels: [mail, card]\ncard: wish\noccasion: mid-autumn")
    theme = {
        "themes/hearth/cards/wish/design.yaml": DESIGN,
        "themes/hearth/cards/wish/card.html": "<p>{{ greeting }}</p>",
        "themes/hearth/cards/wish/card.css": "p { margin: 0 }",
    }
    sends = [line for line in told(shop(tmp_path, settings, campaigns__a=campaign, **theme)) if line[1] == "sends"]
    assert sends == [
        ("2026-09-20T00:00:00+02:00", "sends", "'A wish' leaves by card, 5 days before 2026-09-25"),
        ("2026-09-25T00:00:00+02:00", "sends", "'A wish' leaves by mail at 10:30"),
    ]


DESIGN = """\
title: A wish
width: 148
height: 105
bleed: 3
safe: 5
slots:
  greeting: {page: back, x: 10, y: 10, width: 80, height: 20, sizes: [12]}
"""


def test_what_each_customer_has_a_day_of_their_own_for_is_not_in_it(tmp_path: Path) -> None:
    front = "title: B\nkind: birthday\naudience: everyone\nchannels: [mail]\nevery: birthday"
    campaign = page(front, "Today is your birthday. All the best!")
    assert told(shop(tmp_path, campaigns__a=campaign), days=20) == []


BENEFITS = """\
benefits:
  - {name: day, title: Our day, occasion: national-day, before: 2, after: 3, gives: {gift: A carnation}}
  - {name: candle, title: Yours, every: birthday, gives: {gift: A candle}}
  - {name: runner, title: A table, until: 2026-09-19, pieces: 2, gives: {gift: A runner}}
"""


def shop_with_benefits(root: Path, front: str, body: str = "::: benefits :::") -> Project:
    theme = dict.fromkeys((f"themes/hearth/site/programme/{name}.html" for name in ("benefits", "benefits-cell")), "")
    programme = {"programme/benefits.yaml": BENEFITS, **theme}
    return shop(root, pages__a=page(f"title: Yours\n{front}".strip(), body), **programme)


def test_a_page_shows_something_else_when_a_benefit_opens_or_closes(tmp_path: Path) -> None:
    project = shop_with_benefits(tmp_path, "", "::: benefits :::\n\n::: benefits :::")
    shows = "the part 'benefits' of the page 'Yours' shows something else"
    assert [line for line in told(project) if line[1] == "shows"] == [
        ("2026-09-20T00:00:00+02:00", "shows", shows),
        ("2026-09-29T00:00:00+02:00", "shows", shows),
        ("2026-10-05T00:00:00+02:00", "shows", shows),
    ]


def test_what_a_page_shows_is_told_of_while_it_stands_there(tmp_path: Path) -> None:
    project = shop_with_benefits(tmp_path, "publish_on: 2026-09-20\nexpire_on: 2026-10-01")
    assert [(line[0][:10], line[1]) for line in told(project)] == [
        ("2026-09-20", "appears"),
        ("2026-09-29", "shows"),
        ("2026-10-01", "leaves"),
        ("2026-10-01", "period"),
    ]


def test_nobody_hears_of_what_a_draft_shows(tmp_path: Path) -> None:
    assert [line for line in told(shop_with_benefits(tmp_path, "draft: yes")) if line[1] == "shows"] == []


@pytest.mark.parametrize(("rekey", "count"), [("day", 30), ("week", 4), ("month", 1)])
def test_new_periods_change_everything(tmp_path: Path, rekey: str, count: int) -> None:
    found = told(shop(tmp_path, f"rekey: {rekey}\n"))
    assert len(found) == count
    assert {what for _, what, _ in found} == {"period"}


def test_a_new_year_stands_at_the_foot_of_every_page(tmp_path: Path) -> None:
    found = told(shop(tmp_path), date(2026, 12, 20))
    assert [line[1] for line in found] == ["period", "year"]
    assert {line[0] for line in found} == {"2027-01-01T00:00:00+01:00"}


def test_the_clocks_may_change_in_between(tmp_path: Path) -> None:
    pages = {f"pages__p{day}": page(f"title: P{day}\npublish_on: 2026-10-{day}") for day in (24, 25, 26)}
    assert [line[0] for line in told(shop(tmp_path, **pages), date(2026, 10, 20), 10)] == [
        "2026-10-24T00:00:00+02:00",
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
    ]


def test_a_day_without_midnight_begins_when_its_clocks_begin() -> None:
    begins = day_begins(date(2026, 9, 6), ZoneInfo("America/Santiago"))
    assert begins.isoformat() == "2026-09-06T01:00:00-03:00"
    assert day_begins(date(2026, 9, 7), ZoneInfo("America/Santiago")).isoformat() == "2026-09-07T00:00:00-03:00"


def test_the_site_of_the_sample_shop_stays_as_it_is_on_every_day_that_is_not_in_the_schedule() -> None:
    project = read_project(REPOSITORY)
    first, last = date(2026, 8, 20), date(2026, 12, 20)
    changed = {change.at.date() for change in schedule(project, first, last) if change.what in {"appears", "leaves"}}

    def stands(day: date) -> object:
        found = entries(project, Day(day), lambda id_: id_)
        return [one.id for one in found.public], [(one.id, one.secret.day) for one in found.gated]

    days = list(each_day(first, last))
    on_site = {day: stands(day) for day in days}
    really = {day for before, day in pairwise(days) if on_site[day] != on_site[before]}
    assert really == changed - {first}
    assert len(really) > 10


def test_each_day_on_which_a_part_of_the_sample_shop_is_another_one_is_in_the_schedule() -> None:
    project = with_sample_goods(read_project(REPOSITORY))
    first, last = date(2026, 9, 10), date(2026, 10, 20)
    english = [page for page in project.pages if page.language in {None, "", "en"} and standing(page, first)]
    uses = [(page.title, use.directive) for page in english for use in parts_of(page.body)]

    def shown(day: date) -> list[Part]:
        offers = Offers(project, day, lambda *_: {})
        return [offers.part("en", directive) for _, directive in uses]

    days = list(each_day(shift_days(first, -1), last))
    changed = {
        (day, f"the part '{directive.name}' of the page '{title}' shows something else")
        for day, (before, now) in zip(days[1:], pairwise(map(shown, days)), strict=True)
        for (title, directive), one, other in zip(uses, before, now, strict=True)
        if one != other
    }
    found = {(change.at.date(), change.reason) for change in schedule(project, first, last) if change.what == "shows"}
    assert changed <= found
    assert {date(2026, 9, 17), date(2026, 10, 18)} <= {day for day, _ in changed}


def with_sample_goods(project: Project) -> Project:
    """The project with the goods of the sample's customer file."""
    question = question_of(project.programme, date(2026, 9, 10))
    shelves = frozenset({Shelf.PRODUCTS, Shelf.GATHERINGS, Shelf.STORES})
    tables = {name for shelf in shelves for name in question.tables(shelf)}
    with open_tables(REPOSITORY, project.shop, tables) as engine:
        return replace(project, goods=goods_on(engine, shelves, question))
