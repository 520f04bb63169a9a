"""Promises: which wait, which are late, and which were kept without proof."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from sitegen.audience.facts.care_facts import care_facts
from sitegen.programme.service.promises import COLUMNS, open_promises, overdue, without_proof
from tests.audience.little_shop import TODAY, Row, ask, tables


def promise(name: str, due: int, **more: Any) -> Row:
    """A promise of ten days ago that is due so many days from today."""
    made = TODAY - timedelta(10)
    return {"promise_id": name, "promise": "a swatch", "made_on": made, "due_on": TODAY + timedelta(due), **more}


def shop(*promises: Row) -> dict[str, Any]:
    """Two customers, of whom one has an adviser, and what they were promised."""
    customers: list[Row] = [{"customer_id": "C-1", "adviser_id": "A-2"}, {"customer_id": "C-2"}]
    return tables(customers=customers, promises=list(promises))


def listed(*promises: Row, on: date = TODAY) -> list[tuple[Any, ...]]:
    """Adviser, promise and days late, as the work list has them."""
    rows = ask(open_promises(shop(*promises), on))
    return [(row["adviser_id"], row["promise_id"], row["days_late"]) for row in rows]


def test_a_work_list_goes_by_adviser_and_by_the_day_it_is_due() -> None:
    assert listed(
        promise("V-1", 3, customer_id="C-1"),
        promise("V-2", -2, customer_id="C-1"),
        promise("V-3", -5, customer_id="C-1", adviser_id="A-3"),
        promise("V-4", 0, adviser_id="A-2"),
        promise("V-5", -1, customer_id="C-2"),
    ) == [("", "V-5", 1), ("A-2", "V-2", 2), ("A-2", "V-4", 0), ("A-2", "V-1", -3), ("A-3", "V-3", 5)]


def test_what_was_kept_or_is_not_promised_yet_does_not_wait() -> None:
    kept, tomorrow = promise("V-1", 0, kept_on=TODAY), {"made_on": TODAY + timedelta(1)}
    assert listed(kept, promise("V-2", 5, **tomorrow)) == []
    assert listed(kept, on=TODAY - timedelta(1)) == [("", "V-1", -1)]


def test_a_promise_is_late_from_the_day_after_it_was_due() -> None:
    rows = shop(promise("V-1", 0), promise("V-2", -1), promise("V-3", 1))
    assert [row["promise_id"] for row in ask(overdue(rows, TODAY))] == ["V-2"]
    assert [row["promise_id"] for row in ask(overdue(rows, TODAY + timedelta(1)))] == ["V-2", "V-1"]


def test_a_promise_that_was_kept_needs_a_proof() -> None:
    rows = shop(
        promise("V-1", 0, kept_on=TODAY, proof="a letter"),
        promise("V-2", 0, kept_on=TODAY),
        promise("V-3", 0, kept_on=TODAY, proof="  "),
        promise("V-4", 0),
    )
    assert [row["promise_id"] for row in ask(without_proof(rows))] == ["V-2", "V-3"]


def test_a_shop_without_promises_has_none() -> None:
    rows = tables(customers=[{"customer_id": "C-1"}])
    assert ask(open_promises(rows, TODAY)) == ask(overdue(rows, TODAY)) == ask(without_proof(rows)) == []


@pytest.mark.parametrize("shift", [-3, 0, 12])
def test_lists_and_facts_count_the_promises_that_a_plain_count_finds(shift: int) -> None:
    promises = product(("C-1", "C-2", None), (-12, -3, 0, 1), (-4, -3, 0, 12, 13), (None, -5, -3, 0, 11))
    on = TODAY + timedelta(shift)
    rows: list[Row] = [
        {
            "promise_id": f"V-{number}",
            "customer_id": who,
            "promise": "tea",
            "made_on": TODAY + timedelta(made),
            "due_on": TODAY + timedelta(due),
            "kept_on": None if kept is None else TODAY + timedelta(kept),
        }
        for number, (who, made, due, kept) in enumerate(promises)
    ]
    waiting = [row for row in rows if row["made_on"] <= on and (row["kept_on"] is None or row["kept_on"] > on)]
    found = ask(open_promises(shop(*rows), on))
    assert [tuple(row) for row in found] == [COLUMNS] * len(waiting)
    assert {row["promise_id"] for row in found} == {row["promise_id"] for row in waiting}
    assert [(row["adviser_id"], row["due_on"]) for row in found] == sorted(
        (row["adviser_id"], row["due_on"]) for row in found
    )
    late = {row["promise_id"] for row in ask(overdue(shop(*rows), on))}
    assert late == {row["promise_id"] for row in waiting if row["due_on"] < on}
    told = {row["customer_id"]: row["promises_open"] for row in ask(care_facts(shop(*rows), on, ("promises_open",)))}
    assert told == {who: sum(row["customer_id"] == who for row in waiting) for who in ("C-1", "C-2")}
