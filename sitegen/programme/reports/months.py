"""Name the calendar months that a report looks back on."""

from __future__ import annotations

from datetime import date

import ibis

from sitegen.audience.calendar.spans import shift
from sitegen.model.report import Window
from sitegen.model.rule import Unit

YEAR = 12
_LENGTH = len("2026-09")


def last_months(today: date, count: int = YEAR) -> tuple[str, ...]:
    """The months as 2026-09, the oldest first; the last is that of the day, and rarely over."""
    first = today.replace(day=1)
    return tuple(shift(first, -back, Unit.MONTHS).isoformat()[:_LENGTH] for back in reversed(range(count)))


def window_of(months: tuple[str, ...], today: date) -> Window:
    """From the first day of the first month to the day."""
    return Window(today, date.fromisoformat(f"{months[0]}-01"))


def this_month(today: date) -> Window:
    """From the first of the month to the day."""
    return Window(today, today.replace(day=1))


def month(day: ibis.Value) -> ibis.Value:
    """The month of a day as 2026-09, null where the day is unknown."""
    return day.cast("date").cast("string").substr(0, _LENGTH)
