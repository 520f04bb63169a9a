"""Duties by sums: a threshold is crossed once, and once a year somebody comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.programme.duties.little_desk import DESK, TODAY, day, found, order, subjects

LETTER = "- {name: letter, what: letter, crossed: {sum of: orders.amount, at: [1000, 3000]}, within: 14 days}"
FIRST = "- {name: first, what: visit, top: {sum of: orders.amount, count: 1, on: 01-10}, within: 30 days}"
LONG = replace(DESK, since=date(2020, 1, 1))


def test_each_threshold_is_reached_on_the_day_of_the_row_that_reaches_it() -> None:
    orders = [order("O-1", "08-01", 999), order("O-2", "08-05", 1), order("O-3", "09-01", 2500)]
    rows = found(LETTER, orders=orders)
    assert [(row["subject"], row["began"], row["due"], row["amount"]) for row in rows] == [
        ("C-1@1000@2026", day("08-05"), day("08-19"), Decimal(1000)),
        ("C-1@3000@2026", day("09-01"), day("09-15"), Decimal(3000)),
    ]


def test_one_order_may_reach_all_of_them_and_more_orders_reach_none_again() -> None:
    orders = [order("O-1", "08-02", 5000), order("O-2", "09-01", 5000)]
    rows = found(LETTER, orders=orders)
    assert [(row["subject"], row["began"]) for row in rows] == [
        ("C-1@1000@2026", day("08-02")),
        ("C-1@3000@2026", day("08-02")),
    ]


def test_what_was_reached_before_the_desk_began_is_nobodys_duty() -> None:
    orders = [order("O-1", "07-31", 1000), order("O-2", "08-01", 2000)]
    assert subjects(found(LETTER, orders=orders)) == ["C-1@3000@2026"]


def test_a_sum_of_the_year_begins_anew_and_one_for_ever_does_not() -> None:
    ever = LETTER.replace("name: letter", "name: ever").replace("[1000, 3000]", "[1000, 3000], each: ever")
    orders = [order("O-1", "2025-12-31", 1000), order("O-2", "2026-01-01", 999), order("O-3", "2026-02-01", 1001)]
    rows = found(f"{LETTER}\n{ever}", desk=LONG, orders=orders)
    assert [(row["subject"], row["began"]) for row in rows] == [
        ("C-1@1000", day("2025-12-31")),
        ("C-1@3000", day("2026-02-01")),
        ("C-1@1000@2025", day("2025-12-31")),
        ("C-1@1000@2026", day("2026-02-01")),
    ]


def test_an_order_that_came_back_moves_the_crossing_or_takes_it_away() -> None:
    back = order("O-1", "08-05", 1000, status="returned")
    assert found(LETTER, orders=[back, order("O-2", "08-10", 999)]) == []
    assert [row["began"] for row in found(LETTER, orders=[back, order("O-2", "08-20", 1000)])] == [day("08-20")]


def test_what_follows_tomorrow_does_not_count_yet() -> None:
    orders = [order("O-1", "09-08", 500), order("O-2", "09-09", 500)]
    assert found(LETTER, orders=orders) == []
    assert subjects(found(LETTER, day("09-09"), orders=orders)) == ["C-1@1000@2026"]


def test_on_one_day_the_rows_numbers_decide_and_money_back_does_not_undo_a_crossing() -> None:
    orders = [order("O-2", "08-10", -200), order("O-1", "08-10", 1100), order("O-3", "08-11", 100)]
    assert [row["began"] for row in found(LETTER, orders=orders)] == [day("08-10")]
    assert [row["began"] for row in found(LETTER, orders=[order("O-0", "08-10", -200), *orders[1:]])] == [day("08-11")]


def test_a_threshold_may_have_cents_and_only_rows_that_are_meant_count() -> None:
    text = """
        - name: gifts
          what: letter
          crossed: {sum of: orders.amount, at: 2.50, where: {gift: yes}}
          within: 14 days
    """
    orders = [order("O-1", "08-02", 100, gift=False), order("O-2", "08-03", 2), order("O-3", "08-04", 3, gift=True)]
    rows = found(text, orders=orders)
    assert [(row["subject"], row["amount"]) for row in rows] == [("C-1@2.5@2026", Decimal("2.50"))]


def test_who_came_first_last_year_is_visited_after_the_day() -> None:
    orders = [
        order("O-1", "2025-01-01", 300),
        order("O-2", "2025-12-31", 300),
        order("O-3", "2025-06-01", 599, customer_id="C-2"),
        order("O-4", "2026-01-01", 999, customer_id="C-2"),
    ]
    rows = found(FIRST, desk=LONG, orders=orders)
    assert [(row["subject"], row["began"], row["due"], row["amount"]) for row in rows] == [
        ("C-1@2025", day("01-10"), day("02-09"), Decimal(600))
    ]


@pytest.mark.parametrize(
    ("since", "today", "expected"),
    [
        ("2026-01-10", "2026-01-09", []),
        ("2026-01-10", "2026-01-10", ["C-1@2025"]),
        ("2026-01-11", "2026-01-11", []),
        ("2020-01-01", "2027-01-10", ["C-1@2025", "C-1@2026"]),
    ],
)
def test_each_year_comes_once_its_day_has_come_since_the_desk_began(
    since: str, today: str, expected: list[str]
) -> None:
    orders = [order("O-1", "2025-05-05"), order("O-2", "2026-05-05")]
    desk = replace(DESK, since=date.fromisoformat(since))
    assert subjects(found(FIRST, date.fromisoformat(today), desk=desk, orders=orders)) == expected


def test_29_february_is_the_last_day_of_february_in_a_common_year() -> None:
    text = FIRST.replace("01-10", "02-29")
    orders = [order("O-1", "2025-05-05"), order("O-2", "2023-05-05")]
    assert [row["began"] for row in found(text, desk=LONG, orders=orders)] == [day("2024-02-29"), day("2026-02-28")]


def test_among_equal_sums_the_number_decides_and_who_bought_nothing_that_stands_comes_nowhere() -> None:
    text = FIRST.replace("count: 1", "count: 3")
    orders = [
        order("O-1", "2025-05-05", 100, customer_id="C-2"),
        order("O-2", "2025-05-05", 100),
        order("O-3", "2025-05-05", 900, customer_id="C-3", status="returned"),
    ]
    assert subjects(found(text, desk=LONG, orders=orders)) == ["C-1@2025", "C-2@2025"]
    assert subjects(found(FIRST, desk=LONG, orders=orders)) == ["C-1@2025"]
    assert found(FIRST, desk=LONG, orders=[order("O-1", "2025-05-05", 0)]) == []


def test_each_store_or_region_has_a_first_one_and_who_is_at_home_nowhere_is_none() -> None:
    region = FIRST.replace("01-10", "01-10, per: region")
    store = FIRST.replace("name: first", "name: stores").replace("01-10", "01-10, per: store")
    customers = [
        {"customer_id": "C-1", "store_id": "mill"},
        {"customer_id": "C-2", "store_id": "quay"},
        {"customer_id": "C-3"},
        {"customer_id": "C-4", "store_id": "barn"},
    ]
    stores = [
        {"store_id": "mill", "name": "Mill", "region": "North"},
        {"store_id": "barn", "name": "Barn", "region": "North"},
        {"store_id": "quay", "name": "Quay"},
    ]
    orders = [order(f"O-{number}", "2025-05-05", number, customer_id=f"C-{number}") for number in (1, 2, 3, 4)]
    rows = found(f"{region}\n{store}", TODAY, desk=LONG, orders=orders, customers=customers, stores=stores)
    assert [(row["duty"], row["subject"]) for row in rows] == [
        ("first", "C-4@2025"),
        ("stores", "C-1@2025"),
        ("stores", "C-2@2025"),
        ("stores", "C-4@2025"),
    ]


def test_a_customer_who_came_first_and_is_no_longer_meant_leaves_the_place_empty() -> None:
    text = FIRST.replace("within", "who: friends, within")
    orders = [order("O-1", "2025-05-05", 200), order("O-2", "2025-05-05", 100, customer_id="C-2")]
    rows = found(text, desk=LONG, friends={"C-2"}, orders=orders)
    assert [(row["subject"], row["void"]) for row in rows] == [("C-1@2025", "no longer meant")]
