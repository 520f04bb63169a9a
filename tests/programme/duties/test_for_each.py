"""One duty for each row: from which day to which, of which rows, for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.programme.duties.little_desk import CUSTOMERS, DESK, contact, day, found, order, subjects

CALL = "- {name: call, what: call, for each: orders, with: {amount: more than 2000}, within: 7 days}"


def test_a_duty_says_what_made_it_whose_it_is_and_until_when() -> None:
    assert found(CALL, orders=[order("O-1", "09-01", 2001)]) == [
        {
            "duty": "call",
            "subject": "O-1",
            "customer_id": "C-1",
            "adviser_id": "A-1",
            "began": day("09-01"),
            "due": day("09-08"),
            "amount": Decimal("2001.00"),
            "done_on": None,
            "proof": None,
            "excused_on": None,
            "excuse": None,
            "void": None,
        }
    ]


def test_only_rows_that_fulfil_all_conditions_make_one() -> None:
    text = "- {name: call, what: call, for each: orders, with: {amount: more than 2000, gift: no}, within: 7 days}"
    orders = [
        order("O-1", "09-01", 2000, gift=False),
        order("O-2", "09-01", 2001, gift=False),
        order("O-3", "09-01", 2001, gift=True),
        order("O-4", "09-01", 2001),
    ]
    assert subjects(found(text, orders=orders)) == ["O-2"]


def test_what_happened_before_the_desk_began_is_nobodys_duty_and_what_happens_tomorrow_is_none_yet() -> None:
    orders = [order("O-1", "07-31", 3000), order("O-2", "08-01", 3000), order("O-3", "09-08", 3000)]
    assert subjects(found(CALL, orders=[*orders, order("O-4", "09-09", 3000)])) == ["O-2", "O-3"]


def test_a_duty_that_begins_later_is_none_until_then() -> None:
    text = "- {name: call, what: call, for each: orders, after: 3 days, within: 7 days}"
    orders = [order("O-1", "07-31"), order("O-2", "09-05"), order("O-3", "09-06")]

    (row,) = found(text, orders=orders)

    assert (row["subject"], row["began"], row["due"]) == ("O-2", day("09-08"), day("09-15"))


SPANS = (
    ("the same day", "2026-09-08", "2026-09-08"),
    ("2 weeks", "2026-08-30", "2026-09-13"),
    ("1 month", "2024-01-31", "2024-02-29"),
    ("1 month", "2026-01-31", "2026-02-28"),
    ("6 months", "2026-08-31", "2027-02-28"),
    ("1 year", "2024-02-29", "2025-02-28"),
    ("10 days", "2026-12-28", "2027-01-07"),
)


def test_spans_end_on_the_last_day_of_a_month_that_is_too_short() -> None:
    text = "\n".join(
        f"- {{name: d-{number}, what: call, for each: orders, with: {{order_id: is {number}}}, within: {within}}}"
        for number, (within, _, _) in enumerate(SPANS)
    )
    orders = [order(str(number), ordered) for number, (_, ordered, _) in enumerate(SPANS)]

    rows = found(text, date(2026, 12, 31), desk=replace(DESK, since=date(2024, 1, 1)), orders=orders)

    assert [(row["began"], row["due"]) for row in rows] == [(day(ordered), day(due)) for _, ordered, due in SPANS]


def test_a_duty_may_begin_on_another_day_of_the_row_which_may_not_be_known() -> None:
    text = "- {name: call, what: call, for each: orders, day: delivered_on, with: {rush: yes}, within: the same day}"
    orders = [
        order("O-1", "07-20", rush=True, delivered_on=day("08-02")),
        order("O-2", "09-01", rush=True),
        order("O-3", "09-01", rush=True, delivered_on=day("09-09")),
        order("O-4", "09-01", rush=False, delivered_on=day("09-02")),
    ]
    assert [(row["subject"], row["began"]) for row in found(text, orders=orders)] == [("O-1", day("08-02"))]


def test_an_order_that_did_not_last_is_void_unless_the_rule_asks_for_that() -> None:
    text = """
        - {name: back, what: call, for each: orders, with: {status: is returned}, within: 7 days}
        - {name: call, what: call, for each: orders, within: 7 days}
        - {name: line, what: call, for each: order_lines, within: 7 days}
    """
    orders = [
        order("O-1", "09-01", status="returned"),
        order("O-2", "09-01", status="cancelled"),
        order("O-3", "09-01", status="sent"),
        order("O-4", "09-01"),
    ]
    lines = [{"order_id": name, "line": 1, "product_id": "P-1", "quantity": 1, "price": 5} for name in ("O-1", "O-3")]

    rows = found(text, orders=orders, order_lines=lines)

    assert [(row["duty"], row["subject"], row["void"]) for row in rows] == [
        ("back", "O-1", None),
        ("call", "O-1", "the order came back"),
        ("call", "O-2", "the order was cancelled"),
        ("call", "O-3", None),
        ("call", "O-4", None),
        ("line", "O-1+1", "the order came back"),
        ("line", "O-3+1", None),
    ]


def test_a_referral_is_owed_to_both() -> None:
    text = """
        - {name: new, what: message, for each: referrals, whom: referred, within: the same day}
        - {name: old, what: message, for each: referrals, within: the same day}
    """
    referral = {"referrer_id": "C-1", "referred_id": "C-2", "day": day("09-08")}
    rows = [(row["duty"], row["subject"], row["customer_id"]) for row in found(text, referrals=[referral])]
    assert rows == [("new", "C-1+C-2", "C-2"), ("old", "C-1+C-2", "C-1")]


def test_nothing_is_owed_to_a_customer_who_is_not_there() -> None:
    assert found(CALL, orders=[order("O-1", "09-01", 3000, customer_id="C-9")]) == []


def test_the_deposit_is_what_a_loan_is_about_and_nothing_what_a_complaint_is() -> None:
    text = """
        - {name: loan, what: message, for each: loans, within: 7 days}
        - {name: sorry, what: call, for each: complaints, within: 7 days}
    """
    loan = {"loan_id": "L-1", "customer_id": "C-1", "item": "umbrella", "deposit": 5, "lent_on": day("09-01")}
    complaint = {"complaint_id": "B-1", "customer_id": "C-1", "opened_on": day("09-01")}
    rows = found(text, loans=[loan], complaints=[complaint])
    assert [row["amount"] for row in rows] == [Decimal("5.00"), None]


def test_the_weather_is_that_of_the_rows_store_and_of_the_customers_where_it_names_none() -> None:
    text = "- {name: rain, what: message, for each: orders, weather: rain, within: the same day}"
    weather = [
        {"day": day("09-07"), "store_id": "mill", "condition": "rain"},
        {"day": day("09-07"), "store_id": "quay", "condition": "clear"},
        {"day": day("09-08"), "store_id": "mill", "condition": "clear"},
    ]
    orders = [
        order("O-1", "09-07", store_id="mill"),
        order("O-2", "09-07", store_id="quay"),
        order("O-3", "09-07"),
        order("O-4", "09-08"),
        order("O-5", "09-07", customer_id="C-2"),
        order("O-6", "09-07", customer_id="C-2", store_id="mill"),
        order("O-7", "09-07", customer_id="C-3"),
    ]
    assert subjects(found(text, orders=orders, weather=weather)) == ["O-1", "O-3", "O-6"]


def test_a_contact_may_make_one_which_it_does_not_prove_itself() -> None:
    text = """
        - name: answer
          what: contact
          for each: contacts
          with: {outcome: is open-question}
          within: 3 days
          proof: {outcome: "one of [answered, open-question]"}
    """
    contacts = [
        contact("T-1", "09-01", outcome="open-question"),
        contact("T-2", "09-03", outcome="answered"),
        contact("T-3", "09-05", outcome="open-question"),
    ]
    rows = found(text, contacts=contacts)
    assert [(row["subject"], row["proof"]) for row in rows] == [("T-1", "contact T-2"), ("T-3", None)]


def test_whom_it_is_meant_for_is_asked_today() -> None:
    text = "- {name: call, what: call, for each: orders, who: friends, within: 7 days}"
    orders = [
        order("O-1", "09-01"),
        order("O-2", "09-01", customer_id="C-2"),
        order("O-3", "09-01", customer_id="C-2", status="returned"),
    ]
    rows = found(text, friends={"C-1"}, orders=orders, customers=CUSTOMERS)
    assert [row["void"] for row in rows] == [None, "no longer meant", "the order came back"]
