"""One rings when the adviser works and it is quiet nowhere where the customer may be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.quiet_hours import QuietHours
from sitegen.render.desk.ringing import Clocks, RingWindow, hours_ahead, ring_windows

BERLIN, SHANGHAI, RENO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
DAY = date(2026, 9, 8)
HOURS = (time(10), time(18))
ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "UTC")


def window(first: int, last: int) -> RingWindow:
    """A window of that day, in UTC."""
    return RingWindow(datetime(2026, 9, 8, first, tzinfo=UTC), datetime(2026, 9, 8, last, tzinfo=UTC))


def test_the_whole_working_day_is_open_where_the_customer_lives_by_the_same_clock() -> None:
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (BERLIN,), QuietHours())) == (window(8, 16),)


def test_who_lives_nowhere_known_lives_by_the_advisers_clock() -> None:
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (), QuietHours())) == (window(8, 16),)


def test_it_ends_when_it_gets_quiet_there() -> None:
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (SHANGHAI,), QuietHours())) == (window(8, 12),)


def test_there_may_be_no_hour_at_all() -> None:
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (RENO,), QuietHours())) == ()


def test_a_quiet_hour_at_noon_makes_two_windows() -> None:
    quiet = QuietHours(time(12), time(14))
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (BERLIN,), quiet)) == (window(8, 10), window(12, 16))


def test_several_zones_all_count() -> None:
    assert ring_windows(DAY, Clocks(HOURS, BERLIN, (BERLIN, SHANGHAI), QuietHours())) == (window(8, 12),)
    assert hours_ahead(DAY, BERLIN, SHANGHAI) == timedelta(hours=6)
    assert hours_ahead(DAY, BERLIN, RENO) == timedelta(hours=-9)


CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from(ZONES),
    st.lists(st.sampled_from(ZONES), max_size=3),
    st.tuples(CLOCKS, CLOCKS),
)
def test_each_minute_of_the_working_day_is_in_a_window_where_it_is_quiet_nowhere(
    day: date, here: str, there: list[str], quiet: tuple[time, time]
) -> None:
    hours, zone = QuietHours(*quiet), ZoneInfo(here)
    zones = tuple(map(ZoneInfo, there))
    found = ring_windows(day, Clocks(HOURS, zone, zones, hours))
    begin = datetime.combine(day, HOURS[0], zone).astimezone(UTC)
    for minute in range(0, 8 * 60, 7):
        at = begin + timedelta(minutes=minute)
        open_ = not any(hours.covers(at.astimezone(one).time()) for one in zones or (zone,))
        assert any(one.begin <= at < one.end for one in found) is open_
