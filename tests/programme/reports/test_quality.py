"""What the customer file knows, whom it can't reach, what contradicts itself: recomputed by hand."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.work.quality import report
from sitegen.programme.reports.work.records import RECORD, contradictions, how_known, unreached, without_basis
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, customers, figure, grid, ground, order, values

FULL: Row = {
    "customer_id": "C-1",
    "first_name": "Mei",
    "gender": "female",
    "street": "Road 1",
    "city": "Suzhou",
    "postcode": "215004",
    "country": "CN",
    "phone": "+86 129 1",
    "fax": "+86 129 2",
    "email": "mei@example.com",
    "income": Decimal(1),
    "family_status": "couple",
    "characteristics": "calm",
    "behaviour": "in autumn",
    "birthday": date(1980, 1, 2),
    "language": "zh",
    "interests": ["tea"],
    "store_id": "suzhou",
    "adviser_id": "A-1",
}


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def test_each_of_the_ten_fields_is_counted_where_it_says_something() -> None:
    half = {
        "customer_id": "C-2",
        "last_name": "Lin",
        "street": "Road 2",
        "country": "CN",
        "city": "Suzhou",
        "email": " ",
        "interests": [],
        "lunar_birthday": "08-15",
    }
    gone: Row = {**FULL, "customer_id": "C-3", "lost_on": TODAY}
    house: Row = {**FULL, "customer_id": "C-4", "class": "staff"}
    known = how_known(ground(customers=[FULL, half, gone, house]))
    # A letter to China needs a postcode, so C-2 has no address; nor is a space an e-mail address.
    assert known == (
        2,
        {
            "name": 2, "gender": 1, "address": 1, "phone": 1, "fax": 1, "email": 1, "income": 1, "family": 1,
            "characteristics": 1, "behaviour": 1, "birthday": 2, "language": 1, "interests": 1, "store": 1,
            "adviser": 1,
        },
    )  # fmt: skip


def test_the_score_is_the_share_of_known_cells() -> None:
    found = report(ground(customers=[FULL, {"customer_id": "C-2", "first_name": "Wen", "phone": "1"}]))
    assert values(found, "score", "customers", "without-adviser", "incomplete") == {
        "score": (Decimal("60.0"), None),
        "customers": (2, None),
        "without-adviser": (1, None),
        "incomplete": (1, None),
    }
    rows = {row[0]: row[1:] for row in grid(found, "fields").rows}
    assert len(rows) == len(RECORD) + 5
    assert rows["Fax"] == (1, 1, Decimal("50.0"), True)
    assert rows["Birthday"] == (1, 1, Decimal("50.0"), False)
    assert alerts(found)["without-adviser"].text == "1 customer has no adviser."


def hashed(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


def reach(**more: list[Row]) -> int:
    people: list[Row] = [FULL, {"customer_id": "C-2", "email": "wen@example.com"}, *customers("C-3")]
    return unreached(ground(customers=people, **more))


def barred(channel: str, address: str, since: date = TODAY) -> Row:
    return {"channel": channel, "address_hash": hashed(address).upper(), "reason": "moved", "since": since}


def withdrawn(channel: str, purpose: str = "care", on: date | None = TODAY) -> Row:
    return {
        "customer_id": "C-2",
        "channel": channel,
        "purpose": purpose,
        "status": "withdrawn",
        "withdrawn_on": on,
    }


def test_who_has_no_address_at_all_is_reached_by_no_channel() -> None:
    assert reach() == 1


def test_a_suppressed_address_reaches_nobody_from_its_day_on() -> None:
    assert reach(suppressions=[barred("mail", "wen@example.com")]) == 2
    assert reach(suppressions=[barred("mail", "wen@example.com", days(-1))]) == 1
    assert reach(suppressions=[barred("text", "wen@example.com")]) == 1
    # C-1 has a telephone and an address still.
    assert reach(suppressions=[barred("mail", "mei@example.com")]) == 1


def test_who_wants_no_care_letters_by_a_channel_is_not_reached_by_it() -> None:
    assert reach(consents=[withdrawn("mail")]) == 2
    assert reach(consents=[withdrawn("mail", on=None)]) == 2
    assert reach(consents=[withdrawn("mail", on=days(-1))]) == 1
    assert reach(consents=[withdrawn("text")]) == 1
    assert reach(consents=[withdrawn("mail", "promotion")]) == 1


def consent(customer: str, **more: Any) -> Row:
    usual = {"customer_id": customer, "channel": "mail", "purpose": "promotion", "status": "given", "basis": "consent"}
    return {**usual, **more}


def test_without_a_ground_is_who_has_no_consent_that_stands_and_names_one() -> None:
    consents = [
        consent("C-1", given_on=TODAY),
        consent("C-2", given_on=days(-1)),
        consent("C-3", basis=None),
        consent("C-4", status="withdrawn"),
        consent("C-5", basis="contract"),
    ]
    people = customers("C-1", "C-2", "C-3", "C-4", "C-5", "C-6")
    assert without_basis(ground(customers=people, consents=consents)) == 4


WRONG: dict[str, dict[str, list[Row]]] = {
    "customers who said goodbye and ordered afterwards": {
        "customers": [{"customer_id": "C-1", "lost_on": days(9)}, {"customer_id": "C-2", "lost_on": days(8)}],
        "orders": [order("O-1", "C-1", days(8)), order("O-2", "C-2", days(8))],
    },
    "customers who became members after their first order": {
        "customers": [{"customer_id": "C-1", "member_since": days(7)}, {"customer_id": "C-2", "member_since": days(8)}],
        "orders": [order("O-1", "C-1", days(8)), order("O-2", "C-2", days(8))],
    },
    "birthdays in the future": {
        "customers": [{"customer_id": "C-1", "birthday": days(-1)}, {"customer_id": "C-2", "birthday": TODAY}],
    },
    "orders delivered before they were ordered": {
        "customers": customers("C-1"),
        "orders": [
            order("O-1", "C-1", days(8), delivered_on=days(9)),
            order("O-2", "C-1", days(8), delivered_on=days(8)),
        ],
    },
    "complaints solved before they came": {
        "customers": customers("C-1"),
        "complaints": [
            {"complaint_id": "B-1", "customer_id": "C-1", "opened_on": days(2), "solved_on": days(3)},
            {"complaint_id": "B-2", "customer_id": "C-1", "opened_on": days(2), "solved_on": days(2)},
        ],
    },
    "promises kept before they were made": {
        "customers": customers("C-1"),
        "promises": [
            {"promise_id": "V-1", "made_on": days(2), "due_on": days(1), "kept_on": days(3)},
            {"promise_id": "V-2", "made_on": days(2), "due_on": days(1), "kept_on": days(2)},
        ],
    },
    "consents that are given and were withdrawn later": {
        "customers": customers("C-1", "C-2", "C-3"),
        "consents": [
            consent("C-1", given_on=days(9), withdrawn_on=days(8)),
            consent("C-2", given_on=days(8), withdrawn_on=days(9)),
            consent("C-3", given_on=days(8), withdrawn_on=days(-1)),
        ],
    },
    "e-mail addresses of several customers": {
        "customers": [
            {"customer_id": "C-1", "email": "Mei@example.com"},
            {"customer_id": "C-2", "email": "mei@example.com"},
            {"customer_id": "C-3", "email": "wen@example.com"},
            *customers("C-4", "C-5"),
        ],
    },
}
"""For each kind one row that can't be true, and one at the edge that can."""


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_be_true_is_counted(kind: str) -> None:
    assert contradictions(ground(**WRONG[kind])) == {**dict.fromkeys(WRONG, 0), kind: 1}


def asking() -> Ground:
    people = [
        {**FULL, "characteristics": None},
        {**FULL, "customer_id": "C-2", "adviser_id": "A-2", "birthday": None, "phone": None},
        {**FULL, "customer_id": "C-3", "fax": None, "income": None, "gender": None},
        {**FULL, "customer_id": "C-4", "email": None},
    ]
    advisers = [{"adviser_id": "A-1", "first_name": "Zoe"}, {"adviser_id": "A-2", "first_name": "Ann"}]
    orders = [order("O-1", "C-1", days(9), 5), order("O-2", "C-2", days(9), 7), order("O-3", "C-3", days(9), 9)]
    return ground(customers=people, advisers=advisers, orders=orders)


def test_advisers_are_told_what_to_ask_their_most_valuable_customers() -> None:
    found = report(asking())
    # C-3 lacks only what is given freely, and C-4 never bought.
    assert grid(found, "ask").rows == (
        ("Ann", "C-2", "Mei", Decimal("7.00"), "telephone, birthday"),
        ("Zoe", "C-1", "Mei", Decimal("5.00"), "personal characteristics"),
    )
    assert grid(found, "ask").total == 2
    assert figure(found, "incomplete").value == 3
