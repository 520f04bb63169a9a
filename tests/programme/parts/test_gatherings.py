"""Gatherings stand where those who are invited to them can read of them, with their chairs and their last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from sitegen.model.gathering import Gathering, Gatherings
from sitegen.model.goods import Goods, Store
from sitegen.model.part import Arguments, BadArgument, EventPage, On, Part, Terms
from sitegen.model.programme import Programme
from sitegen.model.tree import Place
from sitegen.programme.parts.gatherings import MAKER, AgendaView, GatheringsView, GatheringView
from tests.plain_shop import SHOP
from tests.programme.parts.readers import cells_for, parsed

TODAY = date(2026, 9, 8)
AFTERNOON = datetime.fromisoformat("2026-09-26 15:00")
SETTING = Gatherings(Place("here"), audience="vip", answer_until=4, themes={"tea": "Tea and talk"})
HOUSE = replace(SHOP, words={"zh": {"Tea and talk": "喝茶说话", "the yard": "院子里", "Spring tea": "春茶"}})


def tea(number: int, day: str, **more: Any) -> Gathering:
    return Gathering(f"E-{number}", f"Tea {number}", datetime.fromisoformat(day), **{"vip": True, **more})


def part(
    *held: Gathering,
    setting: Gatherings | None = SETTING,
    language: str = "en",
    arguments: Arguments | None = None,
    **on: Any,
) -> Part:
    """The part of the day, after each of its rules was held against those that were told before."""
    programme, asked = Programme(gatherings=setting), arguments or {}
    stores = (Store("hh", "Hamburg"),)
    found = MAKER.part(On(programme, HOUSE, TODAY, language, Goods(gatherings=held, stores=stores), **on), asked)
    assert {cell.rule for cell in found.cells} - {""} <= {*MAKER.rules(Terms(programme, HOUSE), asked)}
    return found


def agenda(found: Part, *segments: str) -> list[str]:
    """The titles that a customer in these segments reads; nobody of them has an invitation."""
    views = [cell.view for cell in found.cells if not cell.rule or segments]
    return [one.title for view in views if isinstance(view, AgendaView) for one in view.gatherings]


def only(found: Part) -> AgendaView:
    (cell,) = found.cells
    assert isinstance(cell.view, AgendaView)
    return cell.view


def test_guests_of_the_house_read_of_vip_gatherings_and_all_of_the_others() -> None:
    found = part(
        tea(1, "2026-09-26 15:00"), tea(2, "2026-10-03 15:00", vip=False), tea(3, "2026-10-04 15:00", vip=None)
    )
    assert [cell.key for cell in found.cells] == ["invited", "open"]
    assert agenda(found) == ["Tea 2", "Tea 3"]
    assert agenda(found, "vip") == ["Tea 1", "Tea 2", "Tea 3"]


def test_the_rule_is_for_the_audience_and_for_whoever_has_an_invitation() -> None:
    (cell,) = part(tea(1, "2026-09-26 15:00")).cells
    said = str(parsed(cell.rule))
    assert "vip" in said
    assert "attendances" in said


def test_the_last_cell_says_once_how_one_answers() -> None:
    ours, others = tea(1, "2026-09-26 15:00"), tea(2, "2026-10-03 15:00", vip=False)
    for held, expected in (((ours, others), ["", HOUSE.phone]), ((ours,), [HOUSE.phone]), ((others,), [HOUSE.phone])):
        setting = replace(SETTING, least=0)
        views = [cell.view for cell in part(*held, setting=setting).cells]
        assert [view.phone for view in views if isinstance(view, AgendaView)] == expected


def test_where_everybody_is_invited_there_is_one_cell_for_all_who_read() -> None:
    found = part(
        tea(1, "2026-09-26 15:00"), tea(2, "2026-10-03", vip=False), setting=replace(SETTING, audience="everyone")
    )
    assert [(cell.key, cell.rule) for cell in found.cells] == [("invited", "")]
    assert agenda(found) == ["Tea 1", "Tea 2"]


def test_a_gathering_is_told_in_the_readers_language_by_its_page_where_there_is_one() -> None:
    own = Gathering(
        "E-1",
        "Spring tea",
        AFTERNOON,
        "tea",
        "hh",
        "the yard",
        vip=True,
        sales=False,
        seats=30,
        coming=4,
    )
    expected = GatheringView(
        title="春茶",
        starts_at=AFTERNOON,
        place="院子里",
        theme="喝茶说话",
        sales=False,
        chairs="many",
        left=26,
        answer_by=date(2026, 9, 22),
        page="",
    )
    assert only(part(own, language="zh")).gatherings == (expected,)
    pages = (EventPage("pages/gold/tea.md", "Gold tea", "gold"), EventPage("pages/events/tea.md", "Tea", "vip"))
    (told,) = only(part(own, language="zh", events={"E-1": pages})).gatherings
    assert (told.title, told.page) == ("Tea", "/events/tea.md")


def test_a_page_for_some_guests_is_not_named_to_all() -> None:
    pages = {"E-1": (EventPage("pages/events/tea.md", "For the house alone", "vip"),)}
    (told,) = only(part(tea(1, "2026-09-26", vip=False), setting=replace(SETTING, least=0), events=pages)).gatherings
    assert (told.title, told.page, told.has_hour) == ("Tea 1", "", False)


def test_without_a_place_it_is_in_its_store() -> None:
    (told,) = only(part(tea(1, "2026-09-26 15:00", store_id="hh"))).gatherings
    assert (told.place, told.theme) == ("Hamburg", "")


@pytest.mark.parametrize(
    ("seats", "coming", "waiting", "said"),
    [
        (None, 9, 0, ("", 0)),
        (30, 0, 0, ("many", 30)),
        (40, 30, 0, ("few", 10)),
        (40, 29, 0, ("many", 11)),
        (10, 4, 0, ("few", 6)),
        (10, 8, 0, ("last", 2)),
        (10, 9, 0, ("last", 1)),
        (10, 10, 0, ("full", 0)),
        (10, 8, 3, ("full", 0)),
        (10, 12, 0, ("full", 0)),
    ],
)
def test_chairs_are_many_few_the_last_or_none(
    seats: int | None, coming: int, waiting: int, said: tuple[str, int]
) -> None:
    (told,) = only(part(tea(1, "2026-09-26 15:00", seats=seats, coming=coming, waiting=waiting))).gatherings
    assert (told.chairs, told.left) == said


@pytest.mark.parametrize(("day", "by"), [("2026-09-12", date(2026, 9, 8)), ("2026-09-11", None), ("2026-09-08", None)])
def test_an_answer_counts_until_its_last_day(day: str, by: date | None) -> None:
    (told,) = only(part(tea(1, f"{day} 15:00"))).gatherings
    assert told.answer_by == by


def test_what_was_is_shown_when_asked_for_the_latest_first_and_without_quarters() -> None:
    held = (tea(1, "2025-11-29"), tea(2, "2026-05-30"), tea(3, "2026-09-26"))
    assert agenda(part(*held), "vip") == ["Tea 3"]
    found = part(*held, arguments={"past": "yes"})
    assert agenda(found, "vip") == ["Tea 2", "Tea 1"]
    assert only(found).quarters == ()
    assert agenda(part(*held, arguments={"past": "yes", "year": "2025"}), "vip") == ["Tea 1"]
    assert found.view == GatheringsView(is_past=True)
    assert only(found).phone == ""


def test_the_year_is_told_by_its_quarters_those_without_one_too() -> None:
    held = (tea(1, "2026-02-07"), tea(2, "2026-02-08", vip=False), tea(3, "2026-09-26"), tea(4, "2025-05-05"))
    view = next(cell.view for cell in part(*held).cells if cell.key == "invited")
    assert isinstance(view, AgendaView)
    assert view.year == 2026
    assert [(one.number, [told.title for told in one.gatherings]) for one in view.quarters] == [
        (1, ["Tea 1"]),
        (2, []),
        (3, ["Tea 3"]),
        (4, []),
    ]


def test_the_next_ones_alone_come_without_the_year() -> None:
    held = (tea(1, "2026-09-26"), tea(2, "2026-10-03"), tea(3, "2026-10-04"), tea(4, "2026-09-27", vip=False))
    found = part(*held, arguments={"most": "2"})
    assert agenda(found, "vip") == ["Tea 1", "Tea 2", "Tea 4"]
    assert not any(isinstance(cell.view, AgendaView) and cell.view.quarters for cell in found.cells)


def test_nothing_is_shown_without_gatherings_or_without_their_setting() -> None:
    assert part().cells == ()
    assert part(tea(1, "2026-09-26"), setting=None).cells == ()
    assert [*cells_for(part(), None)] == []


@pytest.mark.parametrize(
    "arguments",
    [{"past": "maybe"}, {"year": "26"}, {"year": "next"}, {"year": "２０２６"}, {"most": "0"}, {"most": "two"}],
)
def test_an_argument_that_means_nothing_is_named(arguments: dict[str, str]) -> None:
    (name,) = arguments
    with pytest.raises(BadArgument) as caught:
        MAKER.rules(Terms(Programme(gatherings=SETTING), HOUSE), arguments)
    assert caught.value.argument == name
    assert caught.value.hint
