"""Whom the shop is about to lose: each sign on its edge days, recomputed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.loss.signs import SIGNS, signs
from sitegen.programme.reports.loss.warning import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, ask, chart, customers, grid, ground, order, values


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def orders(customer: str, *ago: int) -> list[Row]:
    return [order(f"O-{customer}-{number}", customer, days(count)) for number, count in enumerate(ago)]


def shown(shop: Ground) -> dict[str, list[str]]:
    """The signs of each customer who is warned of."""
    rows = {row["customer_id"]: row for row in ask(signs(shop))}
    return {customer: [name for name in SIGNS if row[name]] for customer, row in sorted(rows.items())}


def spoken(*numbers: str) -> list[Row]:
    """Contacts of yesterday, so that silence is no sign."""
    return [{"contact_id": f"T-{number}", "customer_id": number, "at": days(1)} for number in numbers]


def test_a_rhythm_is_broken_after_twice_the_usual_gap_and_half_a_year() -> None:
    people = customers("C-1", "C-2", "C-3", "C-4", "C-5")
    rows = [
        # Every 89.5 days, and silent for 180: more than twice as long.
        *orders("C-1", 359, 270, 180),
        # Every 90 days: just twice as long is not more.
        *orders("C-2", 360, 270, 180),
        # A day sooner there is still time.
        *orders("C-3", 300, 179),
        # Who ordered once has no rhythm, nor who ordered twice on one day.
        *orders("C-4", 364),
        *orders("C-5", 364, 364),
    ]
    found = shown(ground(customers=people, orders=rows, contacts=spoken("C-1", "C-2", "C-3", "C-4", "C-5")))
    assert found == {"C-1": ["rhythm"]}


def test_who_is_lost_already_is_not_warned_of() -> None:
    people = [*customers("C-1", "C-2"), {"customer_id": "C-3", "lost_on": TODAY}]
    rows = [*orders("C-1", 385, 375, 365), *orders("C-2", 386, 376, 366), *orders("C-3", 385, 375, 365)]
    found = shown(ground(customers=people, orders=rows, contacts=spoken("C-1", "C-2", "C-3")))
    assert found == {"C-1": ["rhythm"]}


def score(customer: str, value: int, ago: int, question: str = "a") -> Row:
    return {"survey": "s", "customer_id": customer, "question": question, "score": value, "answered_on": days(ago)}


def test_satisfaction_has_fallen_by_half_a_point_or_below_three() -> None:
    names = [f"C-{number}" for number in range(1, 7)]
    rows = [
        score("C-1", 5, 90, "a"),
        score("C-1", 5, 10, "b"),
        score("C-1", 4, 10, "c"),
        # From 5 to 4.67: a third of a point.
        score("C-2", 5, 90, "a"),
        score("C-2", 5, 10, "b"),
        score("C-2", 5, 10, "c"),
        score("C-2", 4, 10, "d"),
        score("C-3", 3, 10),
        score("C-4", 3, 10, "a"),
        score("C-4", 2, 10, "b"),
        score("C-5", 1, 364),
        score("C-6", 1, 365),
    ]
    bought = [row for name in names for row in orders(name, 5)]
    found = shown(ground(customers=customers(*names), orders=bought, survey_answers=rows, contacts=spoken(*names)))
    assert found == {"C-1": ["satisfaction"], "C-4": ["satisfaction"], "C-5": ["satisfaction"]}


def warned(**more: list[Row]) -> dict[str, list[str]]:
    usual: dict[str, Any] = {
        "customers": customers("C-1"),
        "orders": orders("C-1", 5),
        "contacts": spoken("C-1"),
    }
    return shown(ground(**{**usual, **more}))


def test_a_complaint_is_a_sign_until_its_result() -> None:
    def complained(opened: int, solved: int | None) -> list[Row]:
        day = None if solved is None else days(solved)
        return [{"complaint_id": "B-1", "customer_id": "C-1", "opened_on": days(opened), "solved_on": day}]

    assert warned(complaints=complained(0, None)) == {"C-1": ["complaint"]}
    assert warned(complaints=complained(9, -1)) == {"C-1": ["complaint"]}
    assert warned(complaints=complained(9, 0)) == {}
    assert warned(complaints=complained(-1, None)) == {}


def test_who_wants_no_more_letters_shows_a_sign_for_a_year() -> None:
    def answered(answer: str, ago: int) -> list[Row]:
        return [{"campaign": "x", "customer_id": "C-1", "channel": "mail", "answer": answer, "day": days(ago)}]

    def took_back(ago: int) -> list[Row]:
        return [
            {
                "customer_id": "C-1",
                "channel": "mail",
                "purpose": "promotion",
                "status": "withdrawn",
                "withdrawn_on": days(ago),
            }
        ]

    assert warned(responses=answered("unsubscribed", 364)) == {"C-1": ["unsubscribed"]}
    assert warned(responses=answered("unsubscribed", 365)) == {}
    assert warned(responses=answered("refused", 1)) == {}
    assert warned(consents=took_back(0)) == {"C-1": ["unsubscribed"]}
    assert warned(consents=took_back(-1)) == {}


def test_a_promise_is_broken_on_the_day_after_it_was_due() -> None:
    def promised(due: int, kept: int | None) -> list[Row]:
        day = None if kept is None else days(kept)
        return [
            {
                "promise_id": "V-1",
                "customer_id": "C-1",
                "promise": "x",
                "made_on": days(400),
                "due_on": days(due),
                "kept_on": day,
            }
        ]

    assert warned(promises=promised(1, None)) == {"C-1": ["promise"]}
    assert warned(promises=promised(2, 1)) == {"C-1": ["promise"]}
    assert warned(promises=promised(0, None)) == {}
    assert warned(promises=promised(1, 1)) == {}


def test_silence_is_told_beside_another_sign_and_alone_warns_of_nobody() -> None:
    waiting: list[Row] = [{"complaint_id": "B-1", "customer_id": "C-1", "opened_on": days(3)}]

    def last(ago: int) -> list[Row]:
        return [{"contact_id": "T-1", "customer_id": "C-1", "at": days(ago)}]

    assert warned(contacts=[]) == {}
    assert warned(contacts=[], complaints=waiting) == {"C-1": ["complaint", "silence"]}
    assert warned(contacts=last(180), complaints=waiting) == {"C-1": ["complaint", "silence"]}
    assert warned(contacts=last(179), complaints=waiting) == {"C-1": ["complaint"]}


SIGNS_OF_MEI = (
    "no order for 200 days, usually one every 50 days; latest scores 2.5 of 5; a complaint waits since 2 September"
    " 2026; what was promised for 5 September 2026 was not done by then; no contact for 250 days"
)


def test_the_report_lists_who_is_worth_most_first_with_their_signs_in_words() -> None:
    people = [
        {"customer_id": "C-1", "first_name": "Mei", "last_name": "Lin", "adviser_id": "A-1"},
        *customers("C-2", "C-3"),
    ]
    rows = [
        order("O-1", "C-1", days(300), 10),
        order("O-2", "C-1", days(290), 20),
        order("O-3", "C-1", days(200), 30),
        order("O-4", "C-2", days(5), 99),
        order("O-5", "C-3", days(5), 7),
    ]
    shop = ground(
        customers=people,
        advisers=[{"adviser_id": "A-1", "first_name": "Wen", "last_name": "Lu"}],
        orders=rows,
        survey_answers=[score("C-1", 2, 10), score("C-1", 3, 10, "b")],
        complaints=[{"complaint_id": "B-1", "customer_id": "C-1", "opened_on": date(2026, 9, 2)}],
        responses=[
            {
                "campaign": "x",
                "customer_id": "C-2",
                "channel": "mail",
                "answer": "unsubscribed",
                "day": date(2026, 3, 4),
            }
        ],
        promises=[
            {
                "promise_id": "V-1",
                "customer_id": "C-1",
                "promise": "x",
                "made_on": days(9),
                "due_on": date(2026, 9, 5),
            }
        ],
        contacts=[{"contact_id": "T-1", "customer_id": "C-1", "at": days(250)}],
    )
    found = report(shop)
    assert grid(found, "warned").rows == (
        (
            "C-2", None, None, Decimal("99.00"), days(5),
            "wants no more letters since 4 March 2026; never spoken with",
        ),
        (
            "C-1", "Mei Lin", "Wen Lu", Decimal("60.00"), days(200),
            SIGNS_OF_MEI,
        ),
    )  # fmt: skip
    assert found.answer == "2 of 3 customers show signs of leaving (66.7 %); a year of theirs is worth 159.00 EUR."
    # A month before, C-2 and C-3 had not bought yet, and C-1 was quiet for 169 days only.
    assert values(found, "warned", "warned-share", "at-stake", "complaint", "unsubscribed", "silence") == {
        "warned": (2, 0),
        "warned-share": (Decimal("66.7"), Decimal("0.0")),
        "at-stake": (Decimal("159.00"), Decimal("0.00")),
        "complaint": (1, 0),
        "unsubscribed": (1, 0),
        "silence": (2, 0),
    }
    assert chart(found, "signs").series[0].values == (1, 1, 1, 1, 1, 2)
    assert alerts(found)["warned"].text == ("2 customers show signs of leaving; a year of theirs is worth 159.00 EUR.")


def test_a_broken_rhythm_tells_the_usual_gap() -> None:
    rows = orders("C-1", 300, 260, 220, 200)
    found = report(ground(customers=customers("C-1"), orders=rows, contacts=spoken("C-1")))
    assert grid(found, "warned").rows[0][-1] == "no order for 200 days, usually one every 33 days"
