"""Say within how many open hours a person answers, and what that means for who asks in the morning, or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sitegen.model.care import AnswerPromise
from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.programme.parts.names import weekday_runs
from sitegen.programme.parts.ways import Way, ways

SOME_DAY = date(2000, 1, 3)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The promise in the reader's language. `days` are runs of weekdays, ("Monday", "Saturday"), on which one answers.

    Who asks on one of these until `same_day` (None: nobody) is answered on that day, everybody else on the `later`th
    open day after it at the latest.
    """

    hours: int
    days: tuple[tuple[str, str], ...]
    opens: time
    closes: time
    same_day: time | None
    later: int
    ways: tuple[Way, ...]


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text read it."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """The promise, None where the shop makes none."""
    promise = on.programme.care.answer if on.programme.care else None
    if promise is None:
        return Part()
    same_day, later = days_for(promise)
    return Part(
        AnswerView(
            hours=promise.hours,
            days=weekday_runs(promise.days, on.language),
            opens=promise.opens,
            closes=promise.closes,
            same_day=same_day,
            later=later,
            ways=ways(on, promise.channels),
        )
    )


def days_for(promise: AnswerPromise) -> tuple[time | None, int]:
    """Until when a question must come to be answered on its own day, and after how many open days any other one is.

    The same as `answer_by` says of each instant, in words that need no clock.
    """
    opens, closes = (datetime.combine(SOME_DAY, at) for at in (promise.opens, promise.closes))
    needed, span = timedelta(hours=promise.hours), closes - opens
    same_day = (closes - needed).time() if needed <= span else None
    return same_day, -(-needed // span)


MAKER = Maker("care", ("title",), shows(), rules, part)
