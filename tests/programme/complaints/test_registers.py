"""The registers of the desk: what stands in them, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ibis

from sitegen.programme.complaints.registers import defect_rows, note_rows, promise_rows, suggestion_rows
from tests.audience.little_shop import TODAY, Row, ask, tables

CUSTOMERS: list[Row] = [{"customer_id": "C-1", "first_name": "Ada", "adviser_id": "A-1", "store_id": "bath"}]
HOUSE: dict[str, list[Row]] = {
    "customers": CUSTOMERS,
    "stores": [{"store_id": "bath", "region": "West"}],
    "advisers": [{"adviser_id": "A-1", "first_name": "Wen"}, {"adviser_id": "A-2", "first_name": "Yue"}],
}


def of(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def order(number: int, days: int = 1, **more: Any) -> Row:
    return {"order_id": f"O-{number}", "customer_id": "C-1", "ordered_at": TODAY - timedelta(days), **more}


def defects(orders: list[Row], lines: list[Row], **more: list[Row]) -> dict[str, tuple[int, ...]]:
    products: list[Row] = [{"product_id": name, "name": name} for name in ("P-1", "P-2")]
    found = tables(**HOUSE, orders=orders, order_lines=lines, products=products, **more)
    counts = ("orders", "returned", "complained", "rated_low", "defects")
    return {row["product_id"]: tuple(row[name] for name in counts) for row in ask(defect_rows(found, TODAY))}


def line(number: int, product: str = "P-1", place: int = 1) -> Row:
    return {"order_id": f"O-{number}", "line": place, "product_id": product}


def test_a_product_is_counted_once_an_order_by_what_became_of_it() -> None:
    orders = [order(1, status="returned", rating=1), order(2, rating=2), order(3, rating=3), order(4)]
    lines = [line(1), line(1, place=2), line(2), line(3), line(4), line(4, "P-2", 2)]
    complaints: list[Row] = [
        {"complaint_id": "B-1", "customer_id": "C-1", "order_id": "O-1", "opened_on": TODAY, "factor": "quality"},
        {"complaint_id": "B-2", "customer_id": "C-1", "order_id": "O-4", "opened_on": TODAY, "factor": "quality"},
        {"complaint_id": "B-3", "customer_id": "C-1", "order_id": "O-3", "opened_on": TODAY, "factor": "attitude"},
    ]

    assert defects(orders, lines, complaints=complaints) == {"P-1": (4, 1, 2, 2, 2), "P-2": (1, 0, 1, 0, 1)}


def test_a_cancelled_order_one_of_last_year_and_one_of_tomorrow_tell_nothing() -> None:
    orders = [order(1, status="cancelled"), order(2, days=365), order(3, days=364), order(4, days=-1)]

    assert defects(orders, [line(1), line(2), line(3), line(4)]) == {"P-1": (1, 0, 0, 0, 0)}


def test_repairs_count_where_the_shop_says_of_which_product() -> None:
    found = tables(**HOUSE, orders=[order(1)], order_lines=[line(1)], products=[{"product_id": "P-1", "name": "Quilt"}])
    days = [TODAY, TODAY - timedelta(364), TODAY - timedelta(365), TODAY + timedelta(1)]
    repairs = ibis.memtable({"product_id": ["P-1"] * 4, "day": days})

    assert of(ask(defect_rows(found, TODAY)), "name", "repaired") == [("Quilt", 0)]
    assert of(ask(defect_rows({**found, "repairs": repairs}, TODAY)), "name", "repaired") == [("Quilt", 2)]
    assert of(ask(defect_rows({**found, "repairs": repairs.drop("product_id")}, TODAY)), "repaired") == [(0,)]


def promise(number: int, due: int, **more: Any) -> Row:
    made = {"promise_id": f"V-{number}", "customer_id": "C-1", "promise": "a swatch", "made_on": TODAY - timedelta(200)}
    return {**made, "due_on": TODAY + timedelta(due), **more}


def test_late_promises_come_first_then_those_that_wait_those_without_proof_and_those_kept() -> None:
    found = tables(
        **HOUSE,
        promises=[
            promise(1, -3, kept_on=TODAY - timedelta(1), proof="sent"),
            promise(2, -3, kept_on=TODAY - timedelta(3), proof="sent"),
            promise(3, -99, kept_on=TODAY - timedelta(99), proof=" "),
            promise(4, 0),
            promise(5, 9, kept_on=TODAY + timedelta(1)),
            promise(6, -1, adviser_id="A-2"),
            promise(7, -4, customer_id=None),
            promise(8, -99, kept_on=TODAY - timedelta(91), proof="sent"),
            promise(9, 5, made_on=TODAY + timedelta(1)),
        ],
    )

    rows = ask(promise_rows(found, TODAY))

    assert of(rows, "promise_id", "standing", "days_late", "name", "adviser") == [
        ("V-7", "late", 4, None, None),
        ("V-6", "late", 1, "Ada", "Yue"),
        ("V-4", "waiting", 0, "Ada", "Wen"),
        ("V-5", "waiting", -9, "Ada", "Wen"),
        ("V-3", "unproven", 0, "Ada", "Wen"),
        ("V-1", "kept", 2, "Ada", "Wen"),
        ("V-2", "kept", 0, "Ada", "Wen"),
    ]


def suggestion(number: int, age: int, **more: Any) -> Row:
    return {"suggestion_id": f"G-{number}", "customer_id": "C-1", "given_on": TODAY - timedelta(age), **more}


def test_undecided_suggestions_come_first_the_oldest_of_them_first() -> None:
    found = tables(
        **HOUSE,
        suggestions=[
            suggestion(1, 40, decided_on=TODAY - timedelta(20), decision="taken", fits_brand=True),
            suggestion(2, 3),
            suggestion(3, 9, feasible=False),
            suggestion(4, 500, decided_on=TODAY - timedelta(366), decision="declined"),
            suggestion(5, 4, decided_on=TODAY + timedelta(1), decision="taken"),
            suggestion(6, -1),
            suggestion(7, 30, decided_on=TODAY, decision="later"),
        ],
    )

    rows = ask(suggestion_rows(found, TODAY))

    assert of(rows, "suggestion_id", "age", "decision", "fits_brand", "feasible") == [
        ("G-3", 9, None, None, False),
        ("G-5", 4, None, None, None),
        ("G-2", 3, None, None, None),
        ("G-7", 30, "later", None, None),
        ("G-1", 20, "taken", True, None),
    ]


def note(number: int, days: int = 1, **more: Any) -> Row:
    at = {"contact_id": f"T-{number}", "customer_id": "C-1", "at": TODAY - timedelta(days), "note": "likes tea"}
    return {**at, "channel": "visit", **more}


def test_notes_of_visits_stay_in_the_region_unless_the_row_sends_them_elsewhere() -> None:
    found = tables(
        **HOUSE,
        contacts=[
            note(1),
            note(2, routed_to="head-office", channel="call"),
            note(3, channel="call"),
            note(4, note=" "),
            note(5, days=90),
            note(6, days=89),
            note(7, days=-1),
        ],
    )

    rows = ask(note_rows(found, TODAY))

    assert of(rows, "route", "region", "contact_id", "adviser") == [
        ("head-office", "West", "T-2", "Wen"),
        ("region", "West", "T-1", "Wen"),
        ("region", "West", "T-6", "Wen"),
    ]
