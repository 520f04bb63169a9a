"""Days: occasions against known calendars, yearly days, and steps by months."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.lunar import lunar_day, lunar_keys
from sitegen.audience.calendar.occasions import BUILT_IN, Occasions, easter
from sitegen.audience.calendar.spans import each_day, in_year, month_of, shift, yearly_keys
from sitegen.model.occasion import EasterDay, FixedDay, LunarDay, NthWeekday, Occasion, SolarTermDay
from sitegen.model.rule import Unit
from sitegen.model.tree import Place

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("mid-autumn", ["2026-09-25", "2027-09-15"]),
        ("spring-festival", ["2026-02-17", "2027-02-06"]),
        ("dragon-boat", ["2026-06-19", "2027-06-09"]),
        ("lantern-festival", ["2026-03-03", "2027-02-20"]),
        ("double-ninth", ["2026-10-18", "2027-10-08"]),
        ("qingming", ["2026-04-05", "2027-04-05"]),
        ("start-of-winter", ["2026-11-07", "2027-11-07"]),
        ("winter-solstice", ["2026-12-22", "2027-12-22"]),
        ("minor-cold", ["2026-01-05", "2027-01-05"]),
        ("mothers-day", ["2026-05-10", "2027-05-09"]),
        ("easter", ["2026-04-05", "2027-03-28"]),
        ("national-day", ["2026-10-01", "2027-10-01"]),
        ("new-year", ["2026-01-01", "2027-01-01"]),
    ],
)
def test_an_occasion_falls_on_the_days_of_printed_calendars(name: str, days: list[str]) -> None:
    found = Occasions().days(name, date(2026, 1, 1), date(2027, 12, 31))
    assert [day.isoformat() for day in found] == days


@given(st.sampled_from(BUILT_IN), st.integers(1950, 2099))
def test_every_occasion_comes_once_a_year(occasion: Occasion, year: int) -> None:
    found = Occasions().days(occasion.name, date(year, 1, 1), date(year, 12, 31))
    assert len(found) == 1


def test_days_are_only_those_inside_the_range() -> None:
    name, day = "mid-autumn", date(2026, 9, 25)
    assert Occasions().days(name, day, day) == (day,)
    assert Occasions().days(name, day + timedelta(1), day + timedelta(300)) == ()
    assert Occasions().days(name, day, day - timedelta(1)) == ()


def test_a_shop_has_days_of_its_own_and_may_move_known_ones() -> None:
    own = Occasions(
        (
            Occasion("weavers-sunday", NthWeekday(2, 6, 11)),
            Occasion("last-friday", NthWeekday(-1, 4, 11)),
            Occasion("fifth-monday", NthWeekday(5, 0, 2)),
            Occasion("leap", FixedDay(2, 29)),
            Occasion("eve", LunarDay(12, 30)),
            Occasion("tea", SolarTermDay("start-of-winter")),
            Occasion("whit-monday", EasterDay(50)),
            Occasion("national-day", FixedDay(10, 3)),
        )
    )
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert {name: own.days(name, *year) for name in own.names[:8]} == {
        "weavers-sunday": (date(2026, 11, 8),),
        "last-friday": (date(2026, 11, 27),),
        "fifth-monday": (),
        "leap": (date(2026, 2, 28),),
        "eve": (date(2026, 2, 16),),
        "tea": (date(2026, 11, 7),),
        "whit-monday": (date(2026, 5, 25),),
        "national-day": (date(2026, 10, 3),),
    }
    assert own.days("leap", date(2028, 1, 1), date(2028, 12, 31)) == (date(2028, 2, 29),)


def test_an_unknown_occasion_is_told_with_the_one_that_was_meant() -> None:
    problem = Occasions().problem("midautumn", Place("content/campaigns/moon.md", 4, 11))
    assert str(problem) == (
        "content/campaigns/moon.md:4:11: unknown occasion 'midautumn'\nhint: did you mean 'mid-autumn'?"
    )
    assert Occasions().problem("mid-autumn", Place("")) is None


def test_easter_is_a_sunday_between_22_march_and_25_april() -> None:
    for year in range(1583, 2300):
        day = easter(year)
        assert day.weekday() == 6
        assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(DAYS, st.integers(1900, 2100))
def test_a_birthday_is_celebrated_on_exactly_one_day_of_each_year(born: date, year: int) -> None:
    key = born.strftime("%m-%d")
    days = [day for day in each_day(date(year, 1, 1), date(year, 12, 31)) if key in yearly_keys(day)]
    assert days == [in_year(year, born.month, born.day)]


def test_who_was_born_on_29_february_celebrates_on_the_28th_in_common_years() -> None:
    assert yearly_keys(date(2027, 2, 28)) == ("02-28", "02-29")
    assert yearly_keys(date(2028, 2, 28)) == ("02-28",)
    assert yearly_keys(date(2028, 2, 29)) == ("02-29",)


def _lunar_year(year: int) -> Iterator[date]:
    return each_day(lunar_day(year, 1, 1), lunar_day(year + 1, 1, 1) - timedelta(1))


@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_a_lunar_birthday_is_celebrated_on_exactly_one_day_of_each_lunar_year(year: int) -> None:
    celebrated = [key for day in _lunar_year(year) for key in lunar_keys(day)]
    every = {f"{month:02d}{leap}-{day:02d}" for month in range(1, 13) for leap in ("", "L") for day in range(1, 30)}
    assert len(celebrated) == len(set(celebrated))
    assert every <= set(celebrated)
    assert {f"{month:02d}-30" for month in range(1, 13)} <= set(celebrated)


def test_a_birthday_in_a_leap_month_is_celebrated_in_it_or_in_the_plain_month() -> None:
    assert lunar_keys(date(2025, 7, 25)) == ("06L-01",)
    assert lunar_keys(date(2025, 6, 25)) == ("06-01",)
    assert lunar_keys(date(2026, 9, 25)) == ("08-15", "08L-15")


def test_months_end_on_the_last_day_of_a_month_that_is_too_short() -> None:
    assert shift(date(2026, 1, 31), 1, Unit.MONTHS) == date(2026, 2, 28)
    assert shift(date(2026, 3, 31), -1, Unit.MONTHS) == date(2026, 2, 28)
    assert shift(date(2024, 2, 29), 1, Unit.YEARS) == date(2025, 2, 28)
    assert shift(date(2026, 1, 1), -2, Unit.WEEKS) == date(2025, 12, 18)


def test_the_calendar_has_two_ends() -> None:
    assert shift(date.max, 1, Unit.DAYS) == date.max
    assert shift(date.min, -1, Unit.MONTHS) == date.min
    assert shift(date.max, 1, Unit.YEARS) == date.max


@given(DAYS, st.integers(-1200, 1200))
def test_a_month_later_is_in_the_next_month(day: date, count: int) -> None:
    moved = shift(day, count, Unit.MONTHS)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + count
    assert moved.day == day.day or (moved.day < day.day and moved == month_of(moved)[1])
