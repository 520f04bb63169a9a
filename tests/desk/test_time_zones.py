"""An adviser rings when the desk works by the adviser's own clock and it is quiet on no clock of the customer's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.quiet_hours import QuietHours
from sitegen.render.desk.ringing import Clocks, hours_ahead, ring_windows
from tests.examples import examples

BERLIN, SHANGHAI, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
ZONES = (
    BERLIN, SHANGHAI, NEW_YORK, ZoneInfo("Europe/London"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago"),
)  # fmt: skip
CHANGES = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 10, 4),
)
"""Days on which clocks are put forward or back: in Europe, in North America, on Lord Howe (by half an hour)."""
DESK, QUIET = (time(10), time(18)), QuietHours()
MINUTE = timedelta(minutes=1)


def open_minutes(day: date, clocks: Clocks) -> set[datetime]:
    """Every minute in which one may ring, looked up one by one on each clock."""
    noon = datetime.combine(day, time(12), UTC)
    minutes = (noon + number * MINUTE for number in range(-36 * 60, 36 * 60))
    return {minute for minute in minutes if _may_ring(minute, day, clocks)}


def _may_ring(minute: datetime, day: date, clocks: Clocks) -> bool:
    here = minute.astimezone(clocks.here)
    first, last = clocks.hours
    if here.date() != day or not first <= here.time() < last:
        return False
    return not any(_quiet(minute.astimezone(zone).time(), clocks.quiet) for zone in clocks.zones or (clocks.here,))


def _quiet(clock: time, quiet: QuietHours) -> bool:
    if quiet.start == quiet.end:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= clock < quiet.end
    return not quiet.end <= clock < quiet.start


def told_minutes(day: date, clocks: Clocks) -> set[datetime]:
    """The minutes of the windows that the page shows."""
    found = set()
    for window in ring_windows(day, clocks):
        minute = window.begin
        while minute < window.end:
            found.add(minute.astimezone(UTC))
            minute += MINUTE
    return found


def near_changes() -> st.SearchStrategy[date]:
    return st.builds(lambda day, days: day + timedelta(days=days), st.sampled_from(CHANGES), st.integers(-1, 1))


def many_clocks() -> st.SearchStrategy[Clocks]:
    """Working hours by day, any zones, any quiet hours."""
    half_hours = st.integers(0, 47).map(lambda number: time(number // 2, 30 * (number % 2)))
    hours = st.builds(
        lambda hour, length: (time(hour), time(min(hour + length, 23), 30)), st.integers(5, 18), st.integers(1, 10)
    )
    there = st.lists(st.sampled_from(ZONES), max_size=3).map(tuple)
    return st.builds(Clocks, hours, st.sampled_from(ZONES), there, st.builds(QuietHours, half_hours, half_hours))


@examples(100)
@given(near_changes(), many_clocks())
def test_the_windows_are_the_minutes_that_all_clocks_allow(day: date, clocks: Clocks) -> None:
    assert told_minutes(day, clocks) == open_minutes(day, clocks)
    windows = ring_windows(day, clocks)
    assert all(window.begin < window.end for window in windows)
    assert all(one.end < other.begin for one, other in pairwise(windows))


@pytest.mark.parametrize(
    ("day", "there", "begin", "end"),
    [
        # By summer time Shanghai is six hours ahead of Hamburg: its quiet hours begin at two in the afternoon here.
        (date(2026, 9, 8), SHANGHAI, "08:00", "12:00"),
        # By winter time seven: at one.
        (date(2026, 12, 8), SHANGHAI, "09:00", "12:00"),
        (date(2026, 10, 24), SHANGHAI, "08:00", "12:00"),
        (date(2026, 10, 25), SHANGHAI, "09:00", "12:00"),
        # New York wakes at nine, which is three in the afternoon here, and two in the weeks between the changes.
        (date(2026, 9, 8), NEW_YORK, "13:00", "16:00"),
        (date(2026, 3, 20), NEW_YORK, "13:00", "17:00"),
        (date(2026, 3, 28), NEW_YORK, "13:00", "17:00"),
        (date(2026, 3, 29), NEW_YORK, "13:00", "16:00"),
        (date(2026, 9, 8), BERLIN, "08:00", "16:00"),
    ],
)
def test_a_customer_far_away_is_rung_when_both_are_awake(day: date, there: ZoneInfo, begin: str, end: str) -> None:
    (window,) = ring_windows(day, Clocks(DESK, BERLIN, (there,), QUIET))
    assert (f"{window.begin.astimezone(UTC):%H:%M}", f"{window.end.astimezone(UTC):%H:%M}") == (begin, end)


def test_nobody_is_rung_whose_day_never_meets_that_of_the_desk() -> None:
    assert ring_windows(date(2026, 9, 8), Clocks((time(6), time(8)), BERLIN, (NEW_YORK,), QUIET)) == ()


def test_who_may_be_in_several_places_is_rung_when_it_is_quiet_in_none() -> None:
    (window,) = ring_windows(date(2026, 9, 8), Clocks(DESK, BERLIN, (SHANGHAI, BERLIN), QUIET))
    assert (window.begin.astimezone(BERLIN).time(), window.end.astimezone(BERLIN).time()) == (time(10), time(14))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 9, 8), 6), (date(2026, 10, 24), 6), (date(2026, 10, 25), 7), (date(2026, 12, 8), 7)]
)
def test_the_page_says_by_how_much_the_other_clock_is_ahead_on_that_day(day: date, hours: int) -> None:
    assert hours_ahead(day, BERLIN, SHANGHAI) == timedelta(hours=hours)
    assert hours_ahead(day, SHANGHAI, BERLIN) == -timedelta(hours=hours)
