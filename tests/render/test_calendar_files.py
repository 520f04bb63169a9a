"""Calendar files: what RFC 5545 demands, read back by another's reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.shop.shop_file import read_shop
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.event import Event
from sitegen.render.icalendar import OCTETS
from sitegen.render.site.calendar_files import CalendarEntry, calendar_file, clock_changes
from tests.calendars import calendar, events
from tests.content.shop_folder import SITE

at = datetime.fromisoformat
SHOP = read_shop(read_yaml(SITE, "content/site.yaml"), [])
TEA = Event(at("2026-10-03 15:00"), at("2026-10-03 17:30"), "Weberstrasse 3, Hamburg", "Wiebke")
ENTRY = CalendarEntry("pages/tea.md", "Tea", "Three teas.", "https://x.example/tea/", TEA, date(2026, 9, 1))
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")


def test_an_event_is_read_back_as_it_was_written() -> None:
    content = calendar_file(SHOP, [ENTRY])
    [found] = events(content)
    assert found["DTSTART"].dt == datetime(2026, 10, 3, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    assert found["DTEND"].dt == datetime(2026, 10, 3, 17, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert found["DTSTAMP"].dt == datetime(2026, 8, 31, 22, tzinfo=UTC)
    said = {name: str(found[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER")}
    assert said == {
        "SUMMARY": "Tea",
        "DESCRIPTION": "Three teas.",
        "LOCATION": "Weberstrasse 3, Hamburg",
        "URL": "https://x.example/tea/",
        "ORGANIZER": "mailto:letters@smallloom.example",
    }
    assert found["ORGANIZER"].params["CN"] == "Wiebke"
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")


def test_whole_days_end_with_the_end_of_their_last_day() -> None:
    entry = replace(ENTRY, event=Event(date(2026, 10, 3), date(2026, 10, 4)))
    content = calendar_file(SHOP, [entry])
    assert b"DTSTART;VALUE=DATE:20261003\r\n" in content
    assert b"DTEND;VALUE=DATE:20261005\r\n" in content
    assert b"VTIMEZONE" not in content


def test_an_event_without_end_place_and_host_says_nothing_of_them() -> None:
    content = calendar_file(SHOP, [replace(ENTRY, event=Event(at("2026-10-03 15:00")), description="")])
    assert not [name for name in (b"DTEND", b"LOCATION", b"ORGANIZER", b"DESCRIPTION") if name in content]


def test_an_event_keeps_its_id_when_its_title_and_address_change_and_tells_neither() -> None:
    first = calendar_file(SHOP, [ENTRY])
    later = calendar_file(SHOP, [replace(ENTRY, title="Coffee", url="https://x.example/coffee/")])
    ids = {line for content in (first, later) for line in content.split(b"\r\n") if line.startswith(b"UID")}
    assert len(ids) == 1
    assert b"tea" not in ids.pop()
    assert calendar_file(SHOP, [ENTRY]) == first


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    entry = replace(ENTRY, event=Event(at("2026-10-25 02:30")))
    [found] = events(calendar_file(SHOP, [entry]))
    assert found["DTSTART"].dt.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("name", ZONES)
def test_the_zone_in_the_file_has_the_clocks_of_the_zone(name: str) -> None:
    zone = ZoneInfo(name)
    whole = calendar(calendar_file(replace(SHOP, timezone=name), [ENTRY]))
    if name == "UTC":
        assert whole.timezones == []
        return
    [written] = whole.timezones
    read = written.to_tz(lookup_tzid=False)
    hours = [at("2026-01-01") + timedelta(hours=step) for step in range(0, 365 * 24, 5)]
    there = [hour for hour in hours if is_there(hour, zone)]
    assert len(there) > 1700
    assert [one for one in there if one.replace(tzinfo=read).utcoffset() != one.replace(tzinfo=zone).utcoffset()] == []


def is_there(hour: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's clocks ever show that hour: what those that they jump over mean, readers differ about."""
    return hour.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == hour


def test_the_clocks_of_berlin_change_when_they_do() -> None:
    year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert list(clock_changes(ZoneInfo("Europe/Berlin"), *year)) == [
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
    ]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1)


@given(title=WORDS, place=WORDS, host=WORDS)
def test_whatever_words_it_says_every_line_is_short_and_whole(title: str, place: str, host: str) -> None:
    entry = replace(ENTRY, title=title, event=replace(TEA, place=place, organizer=host))
    content = calendar_file(SHOP, [entry], title)
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= OCTETS and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()
    [found] = events(content)
    assert (found["SUMMARY"], found["LOCATION"]) == (title, place)
