"""Lunar festivals, leap months and solar terms, against tables that others made and against the sun itself."""

import math
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.lunar import lunar_day, lunar_keys
from sitegen.audience.calendar.occasions import SOLAR_TERMS, Occasions, easter
from sitegen.audience.calendar.public_holidays import holiday
from sitegen.audience.calendar.spans import each_day
from sitegen.model.occasion import LunarDay, Occasion

YEARS = st.integers(1950, 2099)


def days(name: str, year: int) -> tuple[date, ...]:
    return Occasions().days(name, date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("spring-festival", "2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03"),
        ("lantern-festival", "2024-02-24 2025-02-12 2026-03-03 2027-02-20 2028-02-09 2029-02-27 2030-02-17"),
        ("dragon-boat", "2024-06-10 2025-05-31 2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05"),
        ("qixi", "2024-08-10 2025-08-29 2026-08-19 2027-08-08 2028-08-26 2029-08-16 2030-08-05"),
        ("mid-autumn", "2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12"),
        ("double-ninth", "2024-10-11 2025-10-29 2026-10-18 2027-10-08 2028-10-26 2029-10-16 2030-10-05"),
        ("winter-solstice", "2024-12-21 2025-12-21 2026-12-22 2027-12-22 2028-12-21 2029-12-21 2030-12-22"),
        ("easter", "2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21"),
        ("mothers-day", "2024-05-12 2025-05-11 2026-05-10 2027-05-09 2028-05-14 2029-05-13 2030-05-12"),
    ],
)
def test_a_festival_falls_on_the_days_of_printed_calendars(name: str, printed: str) -> None:
    assert [day.isoformat() for year in range(2024, 2031) for day in days(name, year)] == printed.split()


@pytest.mark.parametrize(
    ("name", "country", "holiday_name", "since"),
    [
        ("spring-festival", "CN", "chinese-new-year-spring-festival", 1950),
        ("dragon-boat", "HK", "dragon-boat-festival", 1968),
        ("mid-autumn", "TW", "mid-autumn-festival", 1950),
        ("double-ninth", "HK", "double-ninth-festival", 1968),
        ("qingming", "HK", "tomb-sweeping-day", 1968),
        ("easter", "NL", "easter-sunday", 1950),
    ],
)
def test_a_festival_falls_on_the_day_of_another_calendar(
    name: str, country: str, holiday_name: str, since: int
) -> None:
    compared = [
        (days(name, year), other) for year in range(since, 2099) if (other := holiday(country, holiday_name, year))
    ]
    assert len(compared) > 60
    assert [found for found, other in compared if found != (other,)] == []


@given(YEARS)
def test_easter_monday_is_the_holiday_after_easter(year: int) -> None:
    monday = holiday("DE", "easter-monday", year)
    assert monday is None or easter(year) + timedelta(1) == monday


@given(YEARS, st.sampled_from(tuple(SOLAR_TERMS)))
def test_a_solar_term_is_the_day_in_china_on_which_the_sun_gets_there(year: int, term: str) -> None:
    # The first of the list, the start of spring, is at 315 degrees, and each is 15 further.
    degrees = (315 + 15 * list(SOLAR_TERMS).index(term)) % 360
    (day,) = days(term, year)
    before, after = (_sun(day.toordinal() + number) - degrees for number in (0, 1))
    # The formula is right to a hundredth of a degree, which the sun takes a quarter of an hour for.
    assert -1.1 < _turned(before) < 0.02
    assert -0.02 < _turned(after) < 1.1


def _turned(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _sun(ordinal: int) -> float:
    """The sun's apparent longitude at midnight in China (Meeus, Astronomical Algorithms, chapter 25)."""
    days_since_2000 = ordinal - date(2000, 1, 1).toordinal() - 0.5 - 8 / 24
    t = days_since_2000 / 36525
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * math.sin(node)


def test_terms_around_midnight_belong_to_chinas_day() -> None:
    # 8 November 2023 at 00:36 and 7 November 2027 at 23:38 by China's clock.
    assert days("start-of-winter", 2023) == (date(2023, 11, 8),)
    assert days("start-of-winter", 2027) == (date(2027, 11, 7),)


@pytest.mark.parametrize(
    "zone",
    [
        "Pacific/Kiritimati",
        "America/Los_Angeles",
        *(pytest.param(zone, marks=pytest.mark.slow) for zone in ("UTC", "Asia/Shanghai")),
    ],
)
def test_the_clock_of_the_machine_changes_no_festival(zone: str) -> None:
    program = (
        "from datetime import date; from sitegen.audience.calendar.occasions import Occasions;"
        "shop = Occasions((), ('CN',));"
        "print([shop.days(name, date(2023, 1, 1), date(2028, 12, 31)) for name in shop.names])"
    )
    environment = {**os.environ, "TZ": zone}
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    shop = Occasions((), ("CN",))
    assert told.stdout == f"{[shop.days(name, date(2023, 1, 1), date(2028, 12, 31)) for name in shop.names]}\n"


@pytest.mark.parametrize(
    ("first", "key"),
    [
        (date(2023, 3, 22), "02L-01"),
        (date(2025, 7, 25), "06L-01"),
        (date(2028, 6, 23), "05L-01"),
        (date(2031, 4, 22), "03L-01"),
        (date(2033, 12, 22), "11L-01"),
    ],
)
def test_leap_months_begin_as_in_printed_calendars(first: date, key: str) -> None:
    assert lunar_keys(first) == (key,)


def test_a_birthday_in_a_leap_month_is_celebrated_in_the_leap_month_where_there_is_one() -> None:
    celebrated = [
        day.isoformat() for day in each_day(date(2024, 1, 1), date(2026, 12, 31)) if "06L-15" in lunar_keys(day)
    ]
    assert celebrated == ["2024-07-20", "2025-08-08", "2026-07-28"]


def test_a_birthday_on_the_30th_is_celebrated_on_the_29th_of_a_short_month() -> None:
    celebrated = [
        day.isoformat() for day in each_day(date(2024, 2, 1), date(2027, 2, 28)) if "12-30" in lunar_keys(day)
    ]
    # The last day before the spring festival: the 30th in February 2024, the 29th in the next two winters.
    assert celebrated == ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05"]


@given(st.integers(2000, 2060), st.integers(1, 12), st.integers(1, 30))
def test_a_lunar_occasion_is_the_day_on_which_a_birthday_of_the_plain_month_is_celebrated(
    year: int, month: int, day: int
) -> None:
    shop = Occasions((Occasion("one", LunarDay(month, day)),))
    first, last = date(year, 1, 1), date(year, 12, 31)
    key = f"{month:02d}-{day:02d}"
    assert list(shop.days("one", first, last)) == [day for day in each_day(first, last) if key in lunar_keys(day)]


def test_a_lunar_day_at_the_years_end_may_come_twice_in_a_year_or_not_at_all() -> None:
    shop = Occasions((Occasion("one", LunarDay(11, 20)),))
    found = {year: shop.days("one", date(year, 1, 1), date(year, 12, 31)) for year in range(2022, 2027)}
    assert found == {
        2022: (date(2022, 12, 13),),
        2023: (),
        2024: (date(2024, 1, 1), date(2024, 12, 20)),
        2025: (),
        2026: (date(2026, 1, 8), date(2026, 12, 28)),
    }


def test_every_lunar_year_ends_on_the_day_before_the_next_begins() -> None:
    for year in range(1950, 2099):
        assert lunar_day(year, 12, 30) == lunar_day(year + 1, 1, 1) - timedelta(1)
