"""Whose duty it is: the customer's adviser, the row's, the region's or the head office's; else nobody's."""

from __future__ import annotations

from dataclasses import replace

from tests.programme.duties.little_desk import CUSTOMERS, DESK, found, order

TEXT = "\n".join(
    f"- {{name: {by.replace(' ', '-')}, what: call, for each: orders, by: {by}, within: 7 days}}"
    for by in ("adviser", "row", "region", "head office")
)
ORDERS = [
    order("O-1", "09-01", adviser_id="A-3"),
    order("O-2", "09-01", customer_id="C-2"),
    order("O-3", "09-01", customer_id="C-3"),
    order("O-4", "09-01", customer_id="C-4", adviser_id="A-9"),
]
STRANGE = {"customer_id": "C-4", "adviser_id": "A-9", "store_id": "mill"}


def test_each_duty_is_on_one_adviser_or_on_nobody() -> None:
    rows = found(TEXT, orders=ORDERS, customers=[*CUSTOMERS, STRANGE])
    told = {(row["duty"], row["subject"]): row["adviser_id"] for row in rows}
    assert {duty: [told[duty, f"O-{number}"] for number in (1, 2, 3, 4)] for duty, _ in told} == {
        "adviser": ["A-1", "A-1", None, None],
        "row": ["A-3", "A-1", None, None],
        "region": ["A-2", "A-1", None, "A-2"],
        "head-office": ["A-3", "A-3", "A-3", "A-3"],
    }


def test_where_the_desk_names_somebody_who_is_not_there_the_customers_own_adviser_is_responsible() -> None:
    desk = replace(DESK, regions={"North": "A-8"}, head_office="")
    rows = found(TEXT, desk=desk, orders=ORDERS[:1])
    assert {row["duty"]: row["adviser_id"] for row in rows} == {
        "adviser": "A-1",
        "row": "A-3",
        "region": "A-1",
        "head-office": "A-1",
    }
