"""Step through the calendar by days, weeks, months and years."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from sitegen.model.rule import Unit


def shift(day: date, count: int, unit: Unit) -> date:
    """The day that lies `count` units later (earlier where negative).

    Months and years end on the last day of a month that is too short: 31 January and one month is 28 February.
    """
    match unit:
        case Unit.DAYS:
            return shift_days(day, count)
        case Unit.WEEKS:
            return shift_days(day, 7 * count)
        case Unit.MONTHS:
            return _months(day, count)
        case Unit.YEARS:
            return _months(day, 12 * count)


def shift_days(day: date, count: int) -> date:
    """The day `count` days later; the calendar's first and last day are its ends."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def each_day(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included; none where `last` lies before `first`."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def in_year(year: int, month: int, day: int) -> date:
    """That day of the year; the last of the month where the month is too short (29 February)."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def yearly_keys(day: date) -> tuple[str, ...]:
    """The MM-DD texts of the dates that are celebrated on that day.

    Who was born on 29 February celebrates on 28 February in common years.
    """
    key = f"{day.month:02d}-{day.day:02d}"
    return (key, "02-29") if key == "02-28" and not isleap(day.year) else (key,)


def _months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return in_year(year, month + 1, day.day)
