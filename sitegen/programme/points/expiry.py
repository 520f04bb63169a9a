"""Say on which day points go: the one place in which their months are counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.calendar.spans import shift, shift_days
from sitegen.model.points import Expiry, ExpiryAt
from sitegen.model.rule import Unit

if TYPE_CHECKING:
    import ibis.expr.types as ir

_LONGEST_MONTH = 31


def expires_on(earned_on: date, expiry: Expiry) -> date:
    """The first day on which points earned on a day no longer count.

    The months end on the same day of the month, or on its last where the month is too short: points of 29 February
    2024 go after 24 months on 28 February 2026. With `month-end` they stay for the rest of that month.
    """
    end = shift(earned_on, expiry.months, Unit.MONTHS)
    return shift(end.replace(day=1), 1, Unit.MONTHS) if expiry.at is ExpiryAt.MONTH_END else end


def last_expired(today: date, expiry: Expiry) -> date:
    """The last day of earning whose points are gone on `today`."""
    earned_on = shift_days(shift(today, -expiry.months, Unit.MONTHS), _LONGEST_MONTH)
    while expires_on(earned_on, expiry) > today:
        earned_on = shift_days(earned_on, -1)
    return earned_on


def expiry_day(earned_on: ir.DateValue, expiry: Expiry) -> ir.DateValue:
    """`expires_on` for a column: engines end months as `shift` does."""
    end = _later(earned_on, expiry.months)
    return end if expiry.at is ExpiryAt.DAY else _later(end.truncate("M"), 1)


def _later(day: ir.DateValue, months: int) -> ir.DateValue:
    # To Ibis a day and some months are a day, to DuckDB a moment: without the detour no cast is written.
    return (day + ibis.interval(months=months)).cast("timestamp").cast("date")
