"""Word of mouth: what the texts promise of the satisfied and the others, beside what came."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.programme.reports.trade.moods import Moods, moods
from sitegen.programme.reports.trade.word import report
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

FIRST = TODAY - timedelta(days=364)
"""The first of the 365 days that end today."""
DAY = timedelta(days=1)


def score(customer: str, points: int, day: date = TODAY) -> dict[str, Any]:
    """An answer to a survey."""
    return {"survey": "spring", "customer_id": customer, "question": "goods", "score": points, "answered_on": day}


def test_the_satisfied_and_the_others_are_those_who_said_so() -> None:
    rows = {
        "survey_answers": [score("A", 4), score("B", 3), score("C", 2), score("D", 5), score("I", 5, TODAY + DAY)],
        "orders": [
            order("D", "D", TODAY, rating=2),
            order("E", "E", TODAY, rating=4),
            order("F", "F", TODAY, rating=3),
            order("G", "G", TODAY),
        ],
        "complaints": [{"complaint_id": "X", "customer_id": "H", "opened_on": TODAY}],
    }
    found = moods(ground(customers=[*customers(*"ABCDEFGHI"), *customers("S", **{"class": "staff"})], **rows))
    assert (found.satisfied, found.dissatisfied) == (2, 3)


def test_what_happened_counts_from_the_first_day_of_the_year_to_today() -> None:
    days = (FIRST - DAY, FIRST, TODAY, TODAY + DAY)
    referrals = [{"referrer_id": "R", "referred_id": f"N{n}", "day": day} for n, day in enumerate(days)]
    complaints = [{"complaint_id": f"{n}", "customer_id": "R", "opened_on": day} for n, day in enumerate(days)]
    orders = [order(f"{n}", f"N{n}", day, 100) for n, day in enumerate(days) if n != 1]
    orders.append(order("back", "N1", TODAY, 100, status="returned"))
    people = customers("R", "N0", "N1", "N2", "N3")
    found = moods(ground(customers=people, referrals=referrals, complaints=complaints, orders=orders))
    assert found == Moods(0, 1, 2, 1, 2, Decimal("100.00"))


def test_a_hundred_satisfied_should_bring_twenty_five_and_the_report_says_how_many_came() -> None:
    names = [f"{number:03d}" for number in range(100)]
    referrals = [{"referrer_id": "000", "referred_id": f"N{n}", "day": TODAY} for n in range(10)]
    orders = [order(f"N{n}", f"N{n}", TODAY, 50) for n in range(10)]
    complaint = {"complaint_id": "X", "customer_id": "N1", "opened_on": TODAY}
    people = customers(*names, *(f"N{n}" for n in range(10)))
    told = report(ground(customers=people, survey_answers=[score(name, 5) for name in names], referrals=referrals,
                         orders=orders, complaints=[complaint]))  # fmt: skip
    assert {figure.name: figure.value for figure in told.figures} == {
        "satisfied": 100, "dissatisfied": 1, "expected": 25, "referrals": 10, "ordered": 10, "per-hundred": 10,
        "complaints": 1, "silent": 20, "silent-at-most": 200, "sales-gain": 200,
    }  # fmt: skip
    assert {figure.before for figure in told.figures} == {0, None}
    assert [row[1:3] for row in grid(told, "chain").rows] == [(100, 1), (2500, 25), (800, 8), (100, 1), (25_000, 250)]
    assert [series.values for series in chart(told, "chain").series] == [(2500, 800, 100), (25, 8, 1)]
    assert list(alerts(told)) == ["per-hundred"]
    assert told.answer == (
        "100 satisfied customers should bring 25 new ones; 10 new customers came by a referral and ordered in the last"
        " 365 days, 10 for each 100 satisfied."
    )


def test_more_dissatisfied_than_satisfied_is_an_alert() -> None:
    told = [report(ground(customers=customers("A", "B"), survey_answers=answers))
            for answers in ([score("A", 1)], [score("A", 1), score("B", 5)])]  # fmt: skip
    assert [list(alerts(one)) for one in told] == [["dissatisfied"], []]


def test_a_shop_of_nobody_has_no_word_of_mouth() -> None:
    told = report(ground())
    assert told.answer == (
        "0 new customers came by a referral and ordered in the last 365 days;"
        " nobody has said yet that they are satisfied."
    )
    assert (told.charts, told.alerts, values(told, "per-hundred")["per-hundred"]) == ((), (), (None, None))
