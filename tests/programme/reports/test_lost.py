"""The lost-customer register: who, when, why, and what it costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.loss.causes import CAUSES, Cause, with_cause
from sitegen.programme.reports.loss.lost import report
from sitegen.programme.reports.spells import lost_now
from tests.programme.reports.small_ground import TODAY, alerts, ask, chart, customers, grid, ground, order, values


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


LAST = ago(400)
"""The last order, after which they are lost since LOST."""
LOST = ago(34)
FIRST_DAY = LAST - timedelta(days=364)
"""The first day of the last year with orders."""


Told = tuple[str, str | None]
SILENT: Told = (CAUSES[Cause.SILENT], None)


def why(people: list[dict[str, Any]], **rows: list[dict[str, Any]]) -> dict[str, Told]:
    """Cause and words of customers who all ordered last on LAST."""
    orders = [order(f"last of {one['customer_id']}", one["customer_id"], LAST) for one in people]
    here = ground(customers=people, orders=orders + rows.pop("orders", []), **rows)
    told = ask(with_cause(here, lost_now(here)).order_by("customer_id"))
    return {row["customer_id"]: (CAUSES[Cause(row["cause"])], row["words"]) for row in told}


def complaint(customer: str, opened: date, **more: Any) -> dict[str, Any]:
    return {"complaint_id": f"B-{customer}", "customer_id": customer, "opened_on": opened, **more}


def test_what_was_said_at_the_goodbye_counts_before_all_else_and_silence_after_all() -> None:
    people = [*customers("A", lost_on=LOST, lost_reason="prices"), *customers("B")]
    told = why(people, complaints=[complaint("A", LAST)])
    assert told == {"A": (CAUSES[Cause.TOLD], "prices"), "B": SILENT}


def test_words_count_that_were_said_after_the_last_order_until_today() -> None:
    people = [
        *customers("A", lost_reason="prices"),
        *customers("B", lost_reason="prices", lost_on=LAST - timedelta(days=1)),
        *customers("C", lost_reason="prices", lost_on=TODAY + timedelta(days=1)),
        *customers("D", lost_reason=" ", lost_on=LOST),
        *customers("E", lost_reason="prices", lost_on=TODAY),
    ]
    assert why(people) == {**dict.fromkeys("ABCD", SILENT), "E": (CAUSES[Cause.TOLD], "prices")}


def test_a_complaint_counts_that_was_open_when_they_were_lost_or_ended_badly() -> None:
    day = timedelta(days=1)
    counting = [
        complaint("A", FIRST_DAY),
        complaint("B", LOST),
        complaint("C", LAST, solved_on=LOST + day),
        complaint("D", LAST, solved_on=LAST, satisfied=False),
    ]
    others = [
        complaint("E", FIRST_DAY - day),
        complaint("F", LOST + day),
        complaint("G", LAST, solved_on=LOST),
        complaint("H", LAST, solved_on=LAST, satisfied=True),
    ]
    complained = (CAUSES[Cause.COMPLAINT], None)
    told = why(customers(*"ABCDEFGH"), complaints=counting + others)
    assert told == dict.fromkeys("ABCD", complained) | dict.fromkeys("EFGH", SILENT)


def test_bad_evaluations_and_goods_that_came_back_count() -> None:
    orders = [
        order("A", "A", FIRST_DAY, rating=1),
        order("B", "B", LAST, rating=2),
        order("C", "C", LAST, rating=3),
        order("D", "D", LAST, status="returned"),
        order("E", "E", LAST, status="cancelled"),
        order("F", "F", LAST, status="returned", rating=1),
    ]
    assert why(customers(*"ABCDEF"), orders=orders) == {
        **dict.fromkeys("ABF", (CAUSES[Cause.EVALUATION], None)),
        **dict.fromkeys("CE", SILENT),
        "D": (CAUSES[Cause.RETURN], None),
    }


def test_the_wish_for_no_more_letters_counts_in_each_table_that_tells_of_it() -> None:
    people = [*customers(*"ABCF"), *customers("D", email="D@b.example"), *customers("E", email="e@b.example")]
    answered = {"campaign": "spring", "channel": "mail", "day": LAST}
    responses = [
        {**answered, "customer_id": "A", "answer": "unsubscribed"},
        {**answered, "customer_id": "B", "answer": "ignored"},
        {**answered, "customer_id": "F", "answer": "bounced"},
    ]
    consent = {"customer_id": "C", "channel": "mail", "purpose": "promotion"}
    withdrawn = [{**consent, "status": "withdrawn", "withdrawn_on": LAST}]
    barred = [{"channel": "mail", "address_hash": sha256(b"d@b.example").hexdigest(), "since": LAST}]
    told = why(people, responses=responses, consents=withdrawn, suppressions=barred)
    assert told == dict.fromkeys("ACDF", (CAUSES[Cause.UNSUBSCRIBED], None)) | dict.fromkeys("BE", SILENT)


def test_the_register_says_who_when_why_and_what_it_costs() -> None:
    advisers = [{"adviser_id": "W", "first_name": "Wiebke", "last_name": "Petersen"}]
    people = [
        {"customer_id": "A", "first_name": "Anna", "last_name": "Lin", "adviser_id": "W"},
        {"customer_id": "B", "lost_on": ago(7), "lost_reason": "prices"},
        {"customer_id": "C"},
    ]
    orders = [
        order("A1", "A", FIRST_DAY - timedelta(days=1), 500, profit=100),
        order("A2", "A", FIRST_DAY, 200, profit=20),
        order("A3", "A", LAST, 300, profit=40),
        order("B1", "B", ago(7), 90, profit=9),
        order("C1", "C", ago(364), 10, profit=1),
    ]
    setting = ReportSetting(years=3)
    told = report(ground(setting=setting, customers=people, orders=orders, advisers=advisers))
    assert grid(told, "register").rows == (
        ("A", "Anna Lin", "Wiebke Petersen", LOST, CAUSES[Cause.SILENT], None, LAST, 2, 500, 60, 2, 120),
        ("B", None, None, ago(7), CAUSES[Cause.TOLD], "prices", ago(7), 1, 90, 9, 3, 27),
    )
    assert {name: value for name, (value, _) in values(
        told, "lost-in-a-year", "loss-rate", "lost-ever", "spent", "profit", "to-come", "silent"
    ).items()} == {
        "lost-in-a-year": 2, "loss-rate": 100, "lost-ever": 2, "spent": 590, "profit": 69, "to-come": 147, "silent": 50,
    }  # fmt: skip
    assert grid(told, "words").rows == (("prices", 1),)
    assert chart(told, "causes").series[0].values == (1, 0, 0, 0, 0, 1)
    assert told.answer == (
        "2 customers became lost in the last 365 days and stayed away (100 % of those who were customers a year ago);"
        " they brought 69.00 EUR of profit in their last year, and 1 left without a word."
    )


def test_who_stayed_for_longer_than_the_years_is_missed_for_one_more() -> None:
    orders = [order("A1", "A", ago(2000), 10, profit=1), order("A2", "A", LAST, 10, profit=1)]
    told = report(ground(setting=ReportSetting(years=3), customers=customers("A"), orders=orders))
    assert grid(told, "register").rows[0][-2:] == (1, 1)


def test_who_was_lost_longer_ago_stays_in_the_register_and_not_in_the_year() -> None:
    orders = [order("A", "A", ago(366 + 364)), order("B", "B", ago(366 + 365)), order("C", "C", ago(366 - 32))]
    told = report(ground(customers=customers("A", "B", "C"), orders=orders))
    assert values(told, "lost-in-a-year", "lost-ever") == {"lost-in-a-year": (1, 2), "lost-ever": (2, 2)}


def test_more_than_half_without_a_word_is_an_alert_and_half_is_none() -> None:
    orders = [order(name, name, LAST) for name in "ABC"]
    rated = [order("A2", "A", LAST, rating=1)]
    told = [report(ground(orders=some + rated)) for some in (orders, orders[:2])]
    assert ["silent" in alerts(one) for one in told] == [True, False]


def test_a_survey_among_the_lost_says_where_they_buy_instead() -> None:
    asked = {"survey": "Lost customers 2026", "question": "where", "answered_on": TODAY}
    answers = [
        {**asked, "customer_id": "A", "answer": "the market", "score": 2},
        {**asked, "customer_id": "B", "answer": "the market", "score": 3},
        {**asked, "customer_id": "C", "answer": "elsewhere", "answered_on": TODAY + timedelta(days=1)},
        {**asked, "customer_id": "C", "answer": "here", "survey": "spring"},
    ]
    told = report(ground(customers=customers(*"ABC"), survey_answers=answers))
    assert grid(told, "elsewhere").rows == (("Lost customers 2026", "where", "the market", 2, Decimal("2.50")),)


def test_a_shop_of_nobody_lost_nobody() -> None:
    told = report(ground())
    assert told.answer == "Nobody is lost."
    assert {figure.name: figure.value for figure in told.figures} == {
        "lost-in-a-year": 0, "lost-ever": 0, "spent": 0, "profit": 0, "to-come": 0, "silent": None, "loss-rate": None,
    }  # fmt: skip
    assert (told.charts, told.alerts, grid(told, "register").rows) == ((), (), ())
