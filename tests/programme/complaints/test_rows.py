"""Complaints as the desk asks for them: which there are, whose they are, and when somebody spoke with the customer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sitegen.programme.complaints.rows import apology_rows, complaint_rows, settled, step_rows
from tests.audience.little_shop import TODAY, Row, ask, tables

SINCE = TODAY - timedelta(30)


def complaint(number: str, **more: Any) -> Row:
    return {"complaint_id": number, "customer_id": "C-1", "opened_on": TODAY - timedelta(5), **more}


def shop(*complaints: Row, **more: list[Row]) -> dict[str, Any]:
    customers: list[Row] = [
        {"customer_id": "C-1", "first_name": "Ada", "last_name": "Holm", "adviser_id": "A-1", "store_id": "bath"},
        {"customer_id": "C-2", "adviser_id": "A-9"},
    ]
    advisers: list[Row] = [{"adviser_id": "A-1"}, {"adviser_id": "A-2"}]
    stores: list[Row] = [{"store_id": "bath", "region": "West"}]
    return tables(customers=customers, advisers=advisers, stores=stores, complaints=list(complaints), **more)


def numbers(found: dict[str, Any], since: date | None = SINCE) -> list[str]:
    return [row["complaint_id"] for row in ask(complaint_rows(found, TODAY, since))]


def test_a_complaint_is_whose_row_it_says_else_the_customers_own_and_an_unknown_adviser_is_nobody() -> None:
    found = shop(
        complaint("B-1"),
        complaint("B-2", adviser_id="A-2"),
        complaint("B-3", adviser_id="A-8"),
        complaint("B-4", customer_id="C-2"),
    )

    rows = ask(complaint_rows(found, TODAY, SINCE))

    assert [(row["complaint_id"], row["whose"], row["name"], row["region"]) for row in rows] == [
        ("B-1", "A-1", "Ada Holm", "West"),
        ("B-2", "A-2", "Ada Holm", "West"),
        ("B-3", "A-1", "Ada Holm", "West"),
        ("B-4", None, None, None),
    ]


def test_a_complaint_of_tomorrow_is_not_known_yet() -> None:
    assert numbers(shop(complaint("B-1", opened_on=TODAY), complaint("B-2", opened_on=TODAY + timedelta(1)))) == ["B-1"]


def test_what_was_settled_before_the_desk_began_is_counted_and_left_out_unless_it_teaches_something() -> None:
    before = {"opened_on": SINCE - timedelta(1), "solved_on": TODAY}
    step = {"complaint_id": "B-3", "step": "listen", "done_on": TODAY}
    late = {"complaint_id": "B-6", "step": "listen", "done_on": TODAY + timedelta(1)}
    found = shop(
        complaint("B-1", **before),
        complaint("B-2", **before, lesson="count the seams"),
        complaint("B-3", **before),
        complaint("B-4", opened_on=SINCE, solved_on=TODAY),
        complaint("B-5", opened_on=SINCE - timedelta(1)),
        complaint("B-6", **before),
        complaint_steps=[step, late],
    )

    assert numbers(found) == ["B-2", "B-3", "B-4", "B-5"]
    assert numbers(found, since=None) == ["B-2", "B-3", "B-5"]
    assert ask(settled(found, TODAY, SINCE)) == [{"number": 3}]


def test_somebody_spoke_with_the_customer_when_a_contact_about_a_complaint_reached_them() -> None:
    def contact(number: int, days: int, **more: Any) -> Row:
        about = {"contact_id": f"T-{number}", "customer_id": "C-1", "at": TODAY - timedelta(days)}
        return {**about, "subject": "complaint", "direction": "out", **more}

    found = shop(
        complaint("B-1"),
        contacts=[
            contact(1, 4),
            contact(2, 3, outcome="answered"),
            contact(3, 2, outcome="not-reached"),
            contact(4, 2, direction="in"),
            contact(5, 2, subject="thanks"),
            contact(6, -1),
        ],
    )

    (row,) = ask(complaint_rows(found, TODAY, SINCE))
    assert row["spoken_on"] == TODAY - timedelta(3)


def test_steps_and_apologies_come_in_one_order_until_today() -> None:
    def step(number: str, name: str, days: int, evidence: str | None = "sorry") -> Row:
        return {"complaint_id": number, "step": name, "done_on": TODAY - timedelta(days), "evidence": evidence}

    found = shop(
        complaint("B-1"),
        complaint_steps=[
            step("B-2", "apologise", 3),
            step("B-1", "apologise", 1),
            step("B-1", "listen", 2),
            step("B-3", "apologise", -1),
            step("B-4", "apologise", 1, None),
        ],
    )

    assert [(row["complaint_id"], row["step"]) for row in ask(step_rows(found, TODAY))] == [
        ("B-1", "listen"),
        ("B-1", "apologise"),
        ("B-2", "apologise"),
        ("B-4", "apologise"),
    ]
    assert [row["complaint_id"] for row in ask(apology_rows(found, TODAY))] == ["B-2", "B-1"]
