"""Quiet hours: a message leaves on its day, and rings nowhere at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.calendar.quiet import LEAVES_AT, is_open, leaves_at
from sitegen.model.quiet_hours import QuietHours

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours()
RUSSIA = tuple(ZoneInfo(name) for name in ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka"))
CHINA = (ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Urumqi"))


def clock(hour: int, day: date, zone: str = "Europe/Berlin") -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


SUMMER, WINTER = date(2026, 7, 1), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("zones", "day", "hour"),
    [
        (("Europe/Berlin",), SUMMER, 9),
        (("Asia/Shanghai",), SUMMER, 9),
        (("America/New_York",), SUMMER, 15),
        (("Europe/London",), WINTER, 10),
        (("Pacific/Honolulu",), WINTER, 20),
        (("Pacific/Auckland",), SUMMER, 9),
        (("Pacific/Auckland",), WINTER, 21),
    ],
)
def test_a_message_leaves_at_nine_in_the_shop_or_when_the_night_is_over(
    zones: tuple[str, ...], day: date, hour: int
) -> None:
    assert leaves_at(day, tuple(map(ZoneInfo, zones)), NIGHT, BERLIN) == clock(hour, day)


def test_where_the_country_is_wide_it_leaves_when_all_of_it_is_awake() -> None:
    assert leaves_at(SUMMER, CHINA, QuietHours(time(22), time(16)), BERLIN) == clock(12, SUMMER)
    assert leaves_at(SUMMER, RUSSIA, NIGHT, BERLIN) == clock(9, SUMMER)


def test_where_the_rest_of_the_day_is_quiet_it_leaves_earlier_on_the_same_day() -> None:
    # In winter Kaliningrad wakes up at eight by Berlin's clock, and at nine Kamchatka's evening has begun.
    assert leaves_at(WINTER, RUSSIA, NIGHT, BERLIN) == clock(8, WINTER)


def test_where_no_hour_is_open_everywhere_nothing_leaves() -> None:
    assert leaves_at(SUMMER, RUSSIA, QuietHours(time(12), time(9)), BERLIN) is None


def test_without_quiet_hours_everything_leaves_at_nine() -> None:
    never = QuietHours(time(0), time(0))
    assert leaves_at(SUMMER, RUSSIA, never, BERLIN) == clock(9, SUMMER)


@pytest.mark.parametrize(
    ("now", "quiet"), [(time(19, 59), False), (time(20), True), (time(3), True), (time(8, 59), True), (time(9), False)]
)
def test_quiet_hours_go_over_midnight(now: time, quiet: bool) -> None:
    assert NIGHT.covers(now) is quiet
    assert QuietHours(time(9), time(20)).covers(now) is not quiet


ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 30)))


@settings(max_examples=60)
@given(DAYS, st.lists(st.sampled_from(ZONES), min_size=1, max_size=3), CLOCKS, CLOCKS, st.sampled_from(ZONES))
def test_what_leaves_leaves_in_open_hours_and_as_near_to_its_day_as_can_be(
    day: date, names: list[str], start: time, end: time, home: str
) -> None:
    zones, shop = tuple(map(ZoneInfo, names)), ZoneInfo(home)
    quiet = QuietHours(start, end)
    found = leaves_at(day, zones, quiet, shop)
    usual = datetime.combine(day, LEAVES_AT, shop).astimezone(UTC)
    begins = datetime.combine(day, time(0), shop).astimezone(UTC)
    # Half hours, but not of the day on which clocks jump: a jump may open or close an hour of its own.
    steps = [begins + timedelta(minutes=15 * number) for number in range(-8, 4 * 24 * 9)]
    opened = [step for step in steps if is_open(step, zones, quiet)]
    if found is None:
        assert not [step for step in opened if begins <= step < begins + timedelta(days=6)] or _jumps(day, zones)
        return
    assert is_open(found, zones, quiet)
    assert found == usual or not is_open(usual, zones, quiet)
    if found.astimezone(shop).date() != day and not _jumps(day, (*zones, shop)):
        assert not [step for step in opened if step.astimezone(shop).date() == day]


def _jumps(day: date, zones: tuple[ZoneInfo, ...]) -> bool:
    """Whether clocks change in one of the zones in the days around."""
    offsets = [
        {datetime.combine(day + timedelta(number), time(12), zone).utcoffset() for number in range(-2, 9)}
        for zone in zones
    ]
    return any(len(one) > 1 for one in offsets)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_day_on_which_clocks_jump_the_night_ends_by_the_new_clock(day: date) -> None:
    new_york = ZoneInfo("America/New_York")
    found = leaves_at(day, (BERLIN,), NIGHT, new_york)
    assert found == datetime.combine(day, time(9), new_york).astimezone(UTC)
    early = leaves_at(day, (BERLIN,), NIGHT, ZoneInfo("Asia/Tokyo"))
    assert early == datetime.combine(day, time(9), BERLIN).astimezone(UTC)
