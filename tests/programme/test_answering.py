"""By when a question is answered: only open hours count, and promised times end on the day one expects."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.care import AnswerPromise
from sitegen.model.service import Unit, Within
from sitegen.programme.care.answering import answer_by, due_on, free_days_of
from tests.plain_shop import SHOP

MONDAY = date(2026, 9, 7)
OPEN = AnswerPromise(8, (0, 1, 2, 3, 4, 5), time(10), time(18), ("call",))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time on a day of that week, from 0, Monday."""
    return datetime.combine(MONDAY + timedelta(day), time(hour, minute))


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (at(0, 10), at(0, 18)),
        (at(0, 12, 30), at(1, 12, 30)),
        (at(0, 19), at(1, 18)),
        (at(0, 7), at(0, 18)),
        (at(5, 15), at(7, 15)),
        (at(6, 11), at(7, 18)),
    ],
    ids=["at opening", "at noon", "in the evening", "before opening", "on Saturday", "on Sunday"],
)
def test_only_open_hours_count(asked: datetime, answered: datetime) -> None:
    assert answer_by(OPEN, asked) == answered


def test_a_holiday_is_no_day_of_answers() -> None:
    assert answer_by(OPEN, at(0, 12), holidays={MONDAY + timedelta(1)}) == at(2, 12)


def test_a_shop_that_never_opens_says_so() -> None:
    never = AnswerPromise(8, (), time(10), time(18), ())
    with pytest.raises(ValueError, match="does not open"):
        answer_by(never, at(0, 10))


def open_minutes(promise: AnswerPromise, first: datetime, last: datetime, holidays: set[date]) -> int:
    """The open minutes between two instants, counted one by one."""
    count, now = 0, first
    while now < last:
        open_day = now.weekday() in promise.days and now.date() not in holidays
        count += open_day and promise.opens <= now.time() < promise.closes
        now += timedelta(minutes=1)
    return count


@given(
    st.integers(1, 30),
    st.sets(st.integers(0, 6), min_size=1),
    st.tuples(st.integers(0, 22), st.integers(1, 23)).filter(lambda hours: hours[0] < hours[1]),
    st.integers(0, 7 * 24 * 4 - 1),
    st.sets(st.integers(0, 9), max_size=3),
)
def test_the_open_time_until_the_answer_is_what_was_promised(
    hours: int, days: set[int], clock: tuple[int, int], quarter: int, free: set[int]
) -> None:
    hours = min(hours, 2 * (clock[1] - clock[0]))
    promise = AnswerPromise(hours, tuple(sorted(days)), time(clock[0]), time(clock[1]), ())
    holidays = {MONDAY + timedelta(number) for number in free}
    asked = datetime.combine(MONDAY, time()) + timedelta(minutes=15 * quarter)
    answered = answer_by(promise, asked, holidays)
    assert open_minutes(promise, asked, answered, holidays) == 60 * hours
    assert answered.weekday() in promise.days
    assert promise.opens < answered.time() <= promise.closes


@pytest.mark.parametrize(
    ("within", "due"),
    [
        (Within(24, Unit.HOURS), MONDAY + timedelta(1)),
        (Within(36, Unit.HOURS), MONDAY + timedelta(2)),
        (Within(30, Unit.DAYS), date(2026, 10, 7)),
        (Within(2, Unit.WEEKS), date(2026, 9, 21)),
        (Within(5, Unit.WORKING_DAYS), date(2026, 9, 14)),
        (Within(1, Unit.WORKING_DAYS), date(2026, 9, 8)),
    ],
    ids=str,
)
def test_a_promised_time_ends_on_a_day(within: Within, due: date) -> None:
    assert due_on(within, MONDAY) == due


def test_working_days_leave_out_holidays_and_free_days() -> None:
    assert due_on(Within(5, Unit.WORKING_DAYS), MONDAY, (0, 1), {date(2026, 9, 14)}) == date(2026, 9, 28)


@given(st.integers(1, 60), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_so_many_working_days_lie_between_the_start_and_the_end(number: int, start: date) -> None:
    end = due_on(Within(number, Unit.WORKING_DAYS), start)
    between = [start + timedelta(count) for count in range(1, (end - start).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == number
    assert end.weekday() < 5


def test_public_holidays_of_the_shops_country_are_free() -> None:
    free = free_days_of(SHOP, date(2026, 12, 1), date(2027, 1, 31))
    assert {date(2026, 12, 25), date(2027, 1, 1)} <= free
    assert due_on(Within(1, Unit.WORKING_DAYS), date(2026, 12, 24), holidays=free) == date(2026, 12, 28)


def test_a_promised_time_is_said_in_words() -> None:
    assert [str(Within(1, Unit.WORKING_DAYS)), str(Within(30, Unit.DAYS))] == ["1 working day", "30 days"]
