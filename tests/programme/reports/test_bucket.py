"""The leaky bucket: who came, came back and was lost, by whole weeks."""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.programme.reports.loss.bucket import report
from sitegen.programme.reports.loss.bucket_weeks import weeks_window
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

SUNDAY = date(2026, 9, 6)
"""The last Sunday before TODAY, a Tuesday."""
MONDAY = SUNDAY - timedelta(days=7 * 26 - 1)
"""The first day of the first of 26 weeks."""


def before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def test_the_last_week_ends_on_a_sunday_and_today_may_be_one() -> None:
    days = [weeks_window(day) for day in (before(SUNDAY, 1), SUNDAY, TODAY)]
    assert [(window.first, window.last) for window in days] == [
        (before(MONDAY, 7), before(SUNDAY, 7)),
        (MONDAY, SUNDAY),
        (MONDAY, SUNDAY),
    ]


def test_customers_pour_in_come_back_and_run_out() -> None:
    # A month before, the weeks go from 2 February to 2 August: A, B and H come in them, F and G are lost.
    orders = [
        order("A", "A", before(MONDAY, 1)),
        order("B", "B", MONDAY),
        order("C", "C", SUNDAY),
        order("D", "D", SUNDAY + timedelta(days=1)),
        order("E1", "E", before(SUNDAY, 367)),
        order("E2", "E", SUNDAY),
        order("F", "F", before(MONDAY, 366)),
        order("G", "G", before(MONDAY, 367)),
    ]
    people = [*customers(*"ABCDEFG"), *customers("H", lost_on=SUNDAY)]
    told = report(ground(customers=people, orders=[*orders, order("H", "H", before(MONDAY, 1))]))
    assert values(told, "new", "won-back", "lost", "net", "customers") == {
        "new": (2, 3),
        "won-back": (1, 0),
        "lost": (3, 2),
        "net": (0, 1),
        "customers": (4, 4),
    }
    rows = grid(told, "weeks").rows
    assert rows[0] == (MONDAY, 1, 0, 1, 0, 4)
    assert rows[-1] == (before(SUNDAY, 6), 1, 1, 2, 0, 4)
    assert {row[1:5] for row in rows[1:-1]} == {(0, 0, 0, 0)}
    assert [sum(filter(None, series.values)) for series in chart(told, "weeks").series] == [2, 1, 3]
    assert set(chart(told, "level").series[0].values) == {4}


def test_a_hundred_lost_and_a_hundred_won_is_a_leaky_bucket() -> None:
    old = [order(f"old {number}", f"old {number}", before(SUNDAY, 400)) for number in range(100)]
    new = [order(f"new {number}", f"new {number}", SUNDAY) for number in range(100)]
    told = report(ground(orders=[*old, *new]))
    assert {name: value for name, (value, _) in values(told, "new", "lost", "net", "leak").items()} == {
        "new": 100,
        "lost": 100,
        "net": 0,
        "leak": 100,
    }
    assert told.answer == (
        "In 26 weeks 100 new customers came, 0 came back and 100 were lost: 100 customers, as many as before."
    )
    assert "leak" in alerts(told)
    assert "leak" not in alerts(report(ground(orders=[*old[1:], *new])))


def test_the_milestones_say_when_ten_and_a_hundred_had_ordered_and_ordered_again() -> None:
    firsts = [order(f"{number}", f"{number:02d}", before(TODAY, 100 - number)) for number in range(11)]
    again = [order(f"{number} again", f"{number:02d}", before(TODAY, 20 - number)) for number in range(10)]
    same_day = [order("same", "10", before(TODAY, 90))]
    told = report(ground(orders=[*firsts, *again, *same_day]))
    assert grid(told, "milestones").rows == ((10, before(TODAY, 91), before(TODAY, 11)), (100, None, None))


def test_a_shop_of_nobody_has_an_empty_bucket() -> None:
    told = report(ground())
    assert told.answer == "In the last 26 weeks nobody came and nobody was lost."
    assert {figure.name: figure.value for figure in told.figures} == {
        "new": 0,
        "won-back": 0,
        "lost": 0,
        "net": 0,
        "customers": 0,
        "leak": None,
    }
    assert (told.charts, told.alerts, grid(told, "milestones").rows) == ((), (), ((10, None, None),))
