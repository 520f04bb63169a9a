"""Reckon by when the shop has promised to answer, and until when a promised time runs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sitegen.audience.calendar.public_holidays import free_days
from sitegen.audience.calendar.spans import shift_days
from sitegen.model.care import AnswerPromise
from sitegen.model.service import Unit, Within
from sitegen.model.shop import Shop

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
FARTHEST = 3660
"""Days after which nobody looks for a working day any more: a shop that never works answers never."""


def answer_by(promise: AnswerPromise, asked: datetime, holidays: Collection[date] = ()) -> datetime:
    """The instant by which a question is answered that was asked at `asked`, both on the shop's clock.

    Only the hours count in which the shop is open, on its days, without `holidays`. A question that comes while it is
    closed counts from when it opens. Raises ValueError where the shop does not open within ten years.
    """
    left = timedelta(hours=promise.hours)
    for number in range(FARTHEST):
        day = shift_days(asked.date(), number)
        if day.weekday() not in promise.days or day in holidays:
            continue
        opens = datetime.combine(day, promise.opens, asked.tzinfo)
        closes = datetime.combine(day, promise.closes, asked.tzinfo)
        begins = max(opens, asked)
        if begins + left <= closes:
            return begins + left
        left -= max(closes - begins, timedelta())
    raise ValueError(f"the shop does not open within {FARTHEST} days of {asked.date()}")


def free_days_of(shop: Shop, first: date, last: date) -> frozenset[date]:
    """The public holidays of the shop's own country from the year of `first` to that of `last`."""
    country = shop.address.country
    return frozenset(day for year in range(first.year, last.year + 1) for day in free_days(country, year))


def due_on(
    within: Within, start: date, days: Collection[int] = MONDAY_TO_FRIDAY, holidays: Collection[date] = ()
) -> date:
    """The last day of a promised time that begins on `start`.

    Working days are counted from the day after `start`, on the weekdays `days` (0 is Monday) without `holidays`; hours
    go round the clock, and a day that has begun counts: 36 hours end on the second day.
    Raises ValueError where there are not so many working days within ten years.
    """
    match within.unit:
        case Unit.HOURS:
            return shift_days(start, -(-within.number // 24))
        case Unit.DAYS:
            return shift_days(start, within.number)
        case Unit.WEEKS:
            return shift_days(start, 7 * within.number)
        case Unit.WORKING_DAYS:
            return _working_day(within.number, start, days, holidays)


def _working_day(number: int, start: date, days: Collection[int], holidays: Collection[date]) -> date:
    left = number
    for count in range(1, FARTHEST + 1):
        day = shift_days(start, count)
        if day.weekday() in days and day not in holidays:
            left -= 1
            if left == 0:
                return day
    raise ValueError(f"there are no {number} working days within {FARTHEST} days of {start}")
