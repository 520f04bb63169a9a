"""Days for the oracle: periods, and the days on which a birthday is celebrated, counted one by one."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from lunar_python import Lunar, LunarYear

from sitegen.model import rule
from sitegen.model.rule import PeriodPhrase, Unit

YEARS_TO_SEE_ALL = 2
"""Within two years every birthday comes, lunar ones too, so a longer period needs no longer search."""


def later(day: date, count: int, unit: Unit) -> date:
    """The day `count` units later: months and years end on the last day of a month that is too short."""
    if unit in (Unit.DAYS, Unit.WEEKS):
        wanted = day.toordinal() + count * (7 if unit is Unit.WEEKS else 1)
        return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))
    year, month = day.year, day.month
    for _ in range(abs(count) * (12 if unit is Unit.YEARS else 1)):
        month += 1 if count > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return last_possible(year, month, day.day)


def last_possible(year: int, month: int, day: int) -> date:
    """That day, or the last one before it that the month has."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def period(phrase: PeriodPhrase, today: date) -> tuple[date, date]:
    """First and last day of which the phrase speaks."""
    match phrase:
        case rule.WithinLast(count, unit):
            return later(today, -count, unit), today
        case rule.WithinNext(count, unit):
            return today, later(today, count, unit)
        case rule.MoreThanAgo(count, unit):
            return date.min, later(today, -count, unit) - timedelta(1)
        case rule.IsDay(offset):
            return today + timedelta(offset), today + timedelta(offset)
        case rule.ThisMonth():
            return today.replace(day=1), last_possible(today.year, today.month, 31)


def solar_celebrated(born: date, first: date, last: date) -> bool:
    """Whether a birthday falls on one of the days; 29 February is 28 February in common years."""
    return any(_celebrates(born, day) for day in _days(first, last))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last and day.year <= first.year + YEARS_TO_SEE_ALL:
        yield day
        day += timedelta(1)


def _celebrates(born: date, day: date) -> bool:
    leap_day = (born.month, born.day) == (2, 29)
    if leap_day and not isleap(day.year):
        return (day.month, day.day) == (2, 28)
    return (day.month, day.day) == (born.month, born.day)


def lunar_celebrated(birthday: str, first: date, last: date) -> bool:
    """Whether a lunar birthday (MM-DD, or MML-DD in a leap month) falls on one of the days."""
    years = range(first.year - 1, min(last.year, first.year + YEARS_TO_SEE_ALL) + 1)
    return any(first <= lunar_birthday(birthday, year) <= last for year in years)


def lunar_birthday(birthday: str, year: int) -> date:
    """The date in one lunar year: in the plain month where there is no such leap month, the 30th clamped."""
    month, day = int(birthday[:2]), int(birthday[-2:])
    months = _months(year)
    first, length = months[-month] if "L" in birthday and -month in months else months[month]
    return first + timedelta(min(day, length) - 1)


@cache  # the library reckons a year anew each time that it is asked for another one
def _months(year: int) -> dict[int, tuple[date, int]]:
    """First day and length of each month, leap months by negative numbers."""
    leap = LunarYear.fromYear(year).getLeapMonth()
    numbers = [*range(1, 13), *([-leap] if leap else [])]
    solar = {number: Lunar.fromYmd(year, number, 1).getSolar() for number in numbers}
    return {
        number: (
            date(day.getYear(), day.getMonth(), day.getDay()),
            LunarYear.fromYear(year).getMonth(number).getDayCount(),
        )
        for number, day in solar.items()
    }
