"""Satisfied customers who come back or don't, the five factors, and what mending does: all recomputed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.opinion.recovery import NEVER, SOLVED, UNSOLVED, Group, Leavers, leavers, recovery
from sitegen.programme.reports.opinion.satisfaction import report
from sitegen.programme.reports.survey_scores import Factor, Trap, factor_scores, trap
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

YEAR_AGO = date(2025, 9, 8)
"""365 days before TODAY."""


def score(customer: str, value: int | None, day: date, question: str = "goods", factor: str = "quality") -> Row:
    return {
        "survey": "s",
        "customer_id": customer,
        "question": question,
        "factor": factor,
        "score": value,
        "answered_on": day,
    }


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def test_satisfied_is_whose_latest_day_of_scores_is_four_or_more_on_average() -> None:
    rows = [
        score("C-1", 4, days(10)),
        score("C-2", 5, days(10), "a"),
        score("C-2", 3, days(10), "b"),
        score("C-3", 5, days(10), "a"),
        score("C-3", 2, days(10), "b"),
        # Once content, and no longer: the latest day counts.
        score("C-4", 5, days(90), "a"),
        score("C-4", 3, days(10), "b"),
        # Nobody knows the scores of tomorrow, and words have none.
        score("C-5", 5, days(-1)),
        score("C-6", None, days(10)),
    ]
    found = trap(ground(customers=customers("C-1", "C-2", "C-3", "C-4", "C-5", "C-6"), survey_answers=rows))
    assert found == Trap(answered=4, satisfied=2, bought=0, waiting=2)


def test_bought_again_is_an_order_after_the_answers_and_in_time() -> None:
    answered = days(366)
    rows = [score(f"C-{number}", 5, answered) for number in range(1, 7)]
    orders = [
        order("O-1", "C-1", answered),
        order("O-2", "C-2", answered + timedelta(days=1)),
        order("O-3", "C-3", answered + timedelta(days=365)),
        order("O-4", "C-4", answered + timedelta(days=366)),
        order("O-5", "C-5", answered + timedelta(days=9), status="returned"),
    ]
    people = customers(*(f"C-{number}" for number in range(1, 7)))
    # The same day, too late, and sent back: no rebuying. Their time is over.
    assert trap(ground(customers=people, survey_answers=rows, orders=orders)) == Trap(6, 6, 2, 0)
    # A day earlier the last one to be counted as in time had still time.
    assert trap(ground(days(1), customers=people, survey_answers=rows, orders=orders)) == Trap(6, 6, 2, 4)


def test_people_of_the_house_are_no_customers() -> None:
    people = [*customers("C-1"), *customers("C-2", **{"class": "staff"})]
    assert (
        trap(ground(customers=people, survey_answers=[score("C-1", 5, days(1)), score("C-2", 5, days(1))])).answered
        == 1
    )


def test_the_five_factors_are_those_of_the_last_365_days() -> None:
    rows = [
        score("C-1", 5, days(0), "a", "service"),
        score("C-1", 2, days(364), "b", "service"),
        score("C-1", 1, days(365), "c", "service"),
        score("C-2", 5, days(3), "a", "service"),
        score("C-2", 4, days(3), "b", "price"),
    ]
    found = factor_scores(ground(customers=customers("C-1", "C-2"), survey_answers=rows))
    assert found == (
        Factor("quality"),
        Factor("service", customers=2, answers=3, total=12, beyond=2, low=1),
        Factor("price", customers=1, answers=1, total=4, beyond=0, low=0),
        Factor("innovation"),
        Factor("image"),
    )


def complaint(number: str, customer: str, opened: date, solved: date | None = None, content: bool | None = None) -> Row:
    return {
        "complaint_id": number,
        "customer_id": customer,
        "opened_on": opened,
        "solved_on": solved,
        "satisfied": content,
    }


def mended(today: date = TODAY) -> Ground:
    """C-1 solved and back on the 180th day, C-2 solved and back a day later, C-3 unsolved and back, C-4 unsolved to
    their content, C-5 never complained and is back, C-6 never did and is not."""
    event = days(181)
    complaints = [
        complaint("B-1", "C-1", event - timedelta(days=5), event, True),
        complaint("B-2", "C-2", event, event, True),
        complaint("B-3", "C-3", event),
        complaint("B-4", "C-4", event, event + timedelta(days=2), False),
        # Too young: its 180 days are not over.
        complaint("B-5", "C-7", event - timedelta(days=3), days(179), True),
        # Only the first complaint of the window counts.
        complaint("B-6", "C-3", event + timedelta(days=1), event + timedelta(days=1), True),
    ]
    orders = [
        order("O-1", "C-1", event + timedelta(days=180)),
        order("O-2", "C-2", event + timedelta(days=181)),
        order("O-3", "C-3", event + timedelta(days=1)),
        order("O-4", "C-4", event),
        order("O-5", "C-5", days(300)),
        order("O-6", "C-5", days(299)),
        order("O-7", "C-6", days(180)),
        order("O-8", "C-8", days(179)),
    ]
    people = customers(*(f"C-{number}" for number in range(1, 9)))
    return ground(today, ReportSetting(least=2), customers=people, complaints=complaints, orders=orders)


def test_all_groups_have_the_same_time_after_their_event() -> None:
    assert recovery(mended()) == {SOLVED: Group(2, 1), NEVER: Group(2, 1), UNSOLVED: Group(2, 1)}


def test_a_group_that_is_too_small_has_no_share() -> None:
    found = report(mended())
    assert values(found, "again-solved", "again-never", "again-unsolved") == {
        "again-solved": (Decimal("50.0"), None),
        "again-never": (Decimal("50.0"), None),
        "again-unsolved": (Decimal("50.0"), None),
    }
    assert [row[1:] for row in grid(found, "recovery").rows] == [(2, 1, Decimal("50.0"))] * 3
    assert chart(found, "recovery").series[0].values == (Decimal("50.0"),) * 3


def left(**more: Any) -> Leavers:
    people = [*customers("C-1", "C-2"), {"customer_id": "C-3", "lost_on": days(1), "lost_reason": "moved away"}]
    orders = [order("O-1", "C-1", days(366)), order("O-2", "C-2", days(365)), order("O-3", "C-3", days(20))]
    return leavers(ground(customers=people, orders=orders, **more))


def test_lost_is_who_has_not_ordered_for_a_year_or_said_goodbye() -> None:
    # C-2 has the whole day to come back; C-3 said why.
    assert left() == Leavers(customers=2, silent=1)


def test_who_said_a_word_after_the_last_order_did_not_leave_silently() -> None:
    spoken: list[dict[str, list[Row]]] = [
        {"complaints": [complaint("B-1", "C-1", days(366))]},
        {"contacts": [{"contact_id": "T-1", "customer_id": "C-1", "at": days(3), "direction": "in"}]},
        {"survey_answers": [score("C-1", 2, days(365))]},
    ]
    for rows in spoken:
        assert left(**rows) == Leavers(2, 0)


def test_words_before_the_last_order_and_ours_are_none() -> None:
    unheard: list[dict[str, list[Row]]] = [
        {"complaints": [complaint("B-1", "C-1", days(367))]},
        {"contacts": [{"contact_id": "T-1", "customer_id": "C-1", "at": days(3), "direction": "out"}]},
        {"survey_answers": [score("C-1", 2, days(-1))]},
    ]
    for rows in unheard:
        assert left(**rows) == Leavers(2, 1)


def test_who_was_lost_more_than_a_year_ago_is_not_counted_again() -> None:
    people = [*customers("C-1", "C-2"), {"customer_id": "C-3", "lost_on": days(365)}]
    orders = [
        order("O-1", "C-1", days(366 + 364)),
        order("O-2", "C-2", days(366 + 365)),
        order("O-3", "C-3", days(400)),
    ]
    assert leavers(ground(customers=people, orders=orders)) == Leavers(1, 1)


def test_the_report_says_it_with_its_numbers() -> None:
    people = customers("C-1", "C-2", "C-3", "C-4", "C-5")
    rows = [score(f"C-{number}", 5, days(400)) for number in range(1, 6)]
    orders = [order("O-1", "C-1", days(390), 70)]
    found = report(ground(customers=people, survey_answers=rows, orders=orders))
    assert found.answer == (
        "5 of 5 who answered are satisfied (100 %), and 1 of them have bought again since (20 %; the texts say 40 %)."
    )
    assert values(found, "satisfied", "answered", "rebuying", "waiting", "trapped", "beyond") == {
        "satisfied": (Decimal("100.0"), Decimal("100.0")),
        "answered": (5, 5),
        "rebuying": (Decimal("20.0"), Decimal("20.0")),
        "waiting": (0, 0),
        "trapped": (4, 4),
        "beyond": (None, None),
    }
    assert alerts(found)["trap"].text == (
        "Only 20 % of the satisfied customers bought again, where the texts reckon with 40 %."
    )
    assert chart(found, "trap").series[0].values == (5, 5, 1)


def test_satisfied_who_were_not_seen_since_are_listed_by_what_they_are_worth() -> None:
    people = [
        {"customer_id": "C-1", "first_name": "Mei", "last_name": "Lin", "adviser_id": "A-1"},
        *customers("C-2", "C-3"),
    ]
    advisers = [{"adviser_id": "A-1", "first_name": "Wen", "last_name": "Lu"}]
    answers = [score("C-1", 4, days(180)), score("C-2", 5, days(181)), score("C-3", 5, days(179))]
    orders = [
        order("O-1", "C-1", days(200), 30),
        order("O-2", "C-2", days(200), 40),
        # Longer than a year before the last one: no part of a year of theirs.
        order("O-3", "C-2", days(565), 500),
        order("O-4", "C-2", days(564), 7),
        order("O-5", "C-3", days(200), 90),
    ]
    shop = ground(customers=people, advisers=advisers, survey_answers=answers, orders=orders)
    listed = grid(report(shop), "trapped")
    assert listed.rows == (
        ("C-2", None, None, Decimal("47.00"), Decimal("5.00"), days(181), days(200)),
        ("C-1", "Mei Lin", "Wen Lu", Decimal("30.00"), Decimal("4.00"), days(180), days(200)),
    )
    assert listed.total == 2
