"""One duty whenever so much time has passed since somebody was last there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.programme.duties.little_desk import contact, day, found, order, result

VISIT = "- {name: visit, what: visit, every: 6 months, within: 30 days}"


def visit(on: str, **more: object) -> dict[str, object]:
    return dict(contact(f"T-{on}", on, "visit", **more))


def seen(rows: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(row["subject"], row["began"], row["due"]) for row in rows]


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        ("2026-03-01", "2026-08-31", []),
        ("2026-03-01", "2026-09-01", [("C-1@2026-03-01", day("09-01"), day("10-01"))]),
        ("2026-03-31", "2026-09-30", [("C-1@2026-03-31", day("09-30"), day("10-30"))]),
        ("2026-02-01", "2026-08-01", [("C-1@2026-02-01", day("08-01"), day("08-31"))]),
        ("2024-02-29", "2026-08-01", [("C-1@2024-02-29", day("08-01"), day("08-31"))]),
        ("2024-02-29", "2026-07-31", []),
    ],
)
def test_it_comes_so_long_after_the_last_time_but_not_before_the_desk_began(
    last: str, today: str, expected: list[tuple[object, ...]]
) -> None:
    assert seen(found(VISIT, date.fromisoformat(today), contacts=[visit(last)])) == expected


def test_a_visit_ends_it_and_begins_the_time_anew() -> None:
    contacts = [visit("2026-01-01"), visit("2026-08-20")]
    assert seen(found(VISIT, contacts=contacts[:1])) == [("C-1@2026-01-01", day("08-01"), day("08-31"))]
    assert found(VISIT, contacts=contacts) == []
    assert seen(found(VISIT, day("2027-02-20"), contacts=contacts)) == [
        ("C-1@2026-08-20", day("2027-02-20"), day("2027-03-22"))
    ]


def test_who_was_never_visited_counts_from_the_first_order_that_stands() -> None:
    orders = [
        order("O-1", "2026-01-05", status="cancelled"),
        order("O-2", "2026-02-05"),
        order("O-3", "2026-09-09", customer_id="C-2"),
    ]
    assert seen(found(VISIT, orders=orders)) == [("C-1@2026-02-05", day("08-05"), day("09-04"))]


def test_who_was_not_reached_was_not_visited_and_a_call_is_no_visit() -> None:
    contacts = [visit("2026-01-01"), visit("2026-08-20", outcome="not-reached"), contact("T-9", "09-01", "call")]
    assert seen(found(VISIT, contacts=contacts)) == [("C-1@2026-01-01", day("08-01"), day("08-31"))]


def test_who_is_not_meant_has_none_at_all() -> None:
    text = VISIT.replace("every", "who: friends, every")
    assert found(text, contacts=[visit("2026-01-01")]) == []
    assert len(found(text, friends={"C-1"}, contacts=[visit("2026-01-01")])) == 1


def test_the_desks_word_and_a_letter_begin_the_time_anew_as_a_visit_does() -> None:
    text = VISIT.replace("what: visit", "what: visit, campaign: tea")
    left = {"campaign": "tea", "edition": "tea", "channel": "mail", "customer_id": "C-1", "day": day("2026-02-20")}
    contacts = [visit("2026-01-01")]
    done = result("visit", "C-1@2026-01-01", "08-15", "done")

    assert found(text, contacts=contacts, duty_results=[done]) == []
    assert seen(found(text, contacts=contacts, deliveries=[left])) == [("C-1@2026-02-20", day("08-20"), day("09-19"))]


def test_the_desk_may_excuse_it_and_never_finds_it_done() -> None:
    contacts = [visit("2026-01-01")]
    results = [
        result("visit", "C-1@2026-01-01", "08-15", "excused", "abroad until spring"),
        {**result("visit", "C-1@2026-01-01", "2025-12-01", "done"), "customer_id": "C-2"},
    ]
    rows = [row for row in found(VISIT, contacts=contacts, duty_results=results) if row["customer_id"] == "C-1"]
    assert [(row["done_on"], row["excused_on"], row["excuse"]) for row in rows] == [
        (None, day("08-15"), "abroad until spring")
    ]
