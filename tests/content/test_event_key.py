"""Events in front matter: times by the shop's clocks, or whole days."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.event_key import check_hours, read_event
from sitegen.content.keys import Keys
from sitegen.content.project import read_project
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.event import Event
from tests.content.shop_folder import mistakes_of, page, write_shop

at = datetime.fromisoformat
WRITE = "write a time like 2026-10-03 15:00, or a day like 2026-10-03"


def read(text: str) -> tuple[Event | None, list[str]]:
    problems: list[Problem] = []
    keys = Keys(read_yaml(text, "a.md"), problems, "this page")
    event = read_event(keys)
    return event, [str(problem).replace("\n", " ") for problem in problems]


def test_an_event_has_times_or_days() -> None:
    assert read("event: {start: 2026-10-03 15:00, end: 2026-10-03T17:30, place: Hamburg, organizer: Wiebke}") == (
        Event(at("2026-10-03 15:00"), at("2026-10-03 17:30"), "Hamburg", "Wiebke"),
        [],
    )
    assert read("event: {start: 2026-10-03}") == (Event(date(2026, 10, 3)), [])
    assert read("title: x") == (None, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{place: x}", "a.md:1:8: 'event' has no 'start' hint: add a line 'start: ...'"),
        ("{start: tomorrow}", f"a.md:1:16: 'start' can't be 'tomorrow' hint: {WRITE}"),
        ("{start: 2026-02-30}", f"a.md:1:16: 'start' can't be '2026-02-30' hint: {WRITE}"),
        (
            "{start: 2026-10-03 15:00, end: 2026-10-03}",
            "a.md:1:39: one of 'start' and 'end' is a day, the other a time hint: write both as times like",
        ),
        ("{start: 2026-10-03 15:00, end: 2026-10-03 15:00}", "a.md:1:39: the event ends before it starts hint: swap"),
        ("{start: 2026-10-03, where: x}", "a.md:1:28: unknown key 'where' in 'event'"),
    ],
)
def test_a_mistake_says_what_to_write(text: str, message: str) -> None:
    _, [said] = read(f"event: {text}")
    assert said.startswith(message)


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
def test_no_text_breaks_the_reading_of_a_time(text: str) -> None:
    quoted = text.replace("'", "''")
    event, problems = read(f"event: {{start: '{quoted}'}}")
    assert (event is None) == bool(problems)


@given(st.datetimes(min_value=at("1000-01-01")).map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_every_minute_can_be_written(moment: datetime) -> None:
    event, problems = read(f"event: {{start: {moment:%Y-%m-%d %H:%M}}}")
    assert (event and event.start, problems) == (moment, [])


@pytest.mark.parametrize(
    ("zone", "hour", "there"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", False),
        ("Europe/Berlin", "2026-03-29 03:00", True),
        ("Europe/Berlin", "2026-10-25 02:30", True),
        ("America/New_York", "2026-03-08 02:15", False),
        ("America/New_York", "2026-03-29 02:30", True),
        ("Nowhere/Land", "2026-03-29 02:30", True),
    ],
)
def test_an_hour_that_the_clocks_jump_over_is_a_mistake(zone: str, hour: str, there: bool) -> None:
    front = read_yaml(f"event:\n  start: {hour}\n", "a.md")
    assert [str(problem).partition("\n")[0] for problem in check_hours([front], zone)] == (
        [] if there else [f"a.md:2:10: there is no {hour[-5:]} on {hour[:10]}: the clocks go forward"]
    )


def test_pages_and_campaigns_may_have_one(tmp_path: Path) -> None:
    event = "event: {start: 2026-10-03 15:00}"
    front = f"title: Tea\nkind: event\nsales: no\naudience: gold\nchannels: [page]\n{event}"
    project = read_project(write_shop(tmp_path, pages__a=page(f"title: A\n{event}"), campaigns__tea=page(front)))
    every = [*(one.event for one in project.pages), *(one.event for one in project.campaigns)]
    found = [event for event in every if event]
    assert found == [Event(at("2026-10-03 15:00"))] * 2


def test_an_hour_that_there_is_not_stops_the_shop(tmp_path: Path) -> None:
    missing = page("title: A\nevent: {start: 2026-03-29 02:30}")
    assert mistakes_of(write_shop(tmp_path, pages__a=missing))["no-such-hour"].line == 3
