"""The second order: on which day, how long after the first, and as rules ask for it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.facts import facts
from sitegen.audience.facts.repeat_facts import repeat_facts
from sitegen.audience.selection.membership import members
from tests.audience.little_shop import TODAY, Row, ask, segments, tables
from tests.examples import examples

Order = tuple[str, int, str | None]


def orders(*made: Order) -> list[Row]:
    """Orders by customer, days before today, and status."""
    return [
        {"order_id": f"O-{number}", "customer_id": who, "ordered_at": day(ago), "status": status}
        for number, (who, ago, status) in enumerate(made)
    ]


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def told(*made: Order) -> list[Row]:
    rows = ask(repeat_facts(tables(customers=[{"customer_id": "C-1"}], orders=orders(*made)), TODAY))
    return sorted(rows, key=lambda row: str(row["customer_id"]))


def test_the_second_order_is_the_next_one_after_the_first_however_many_follow() -> None:
    assert told(("C-1", 3, None), ("C-1", 100, None), ("C-1", 40, "delivered"), ("C-2", 5, None)) == [
        {"customer_id": "C-1", "second_order": day(40), "days_to_second_order": 60}
    ]


def test_two_orders_of_one_day_are_two() -> None:
    assert [row["days_to_second_order"] for row in told(("C-1", 3, None), ("C-1", 3, None))] == [0]


def test_what_came_back_was_called_off_or_lies_ahead_is_no_second_order() -> None:
    assert told(("C-1", 9, None), ("C-1", 5, "returned"), ("C-1", 4, "cancelled"), ("C-1", -1, None)) == []


def test_a_rule_asks_who_came_again_in_time_and_who_did_not() -> None:
    again, alone = segments(
        """\
segments:
  came-again:
    why: you came again
    all: [{days to second order: at most 60}]
  once:
    why: you came once
    all:
      - first order: more than 60 days ago
      - second order: is empty
"""
    )
    made = tables(
        customers=[{"customer_id": f"C-{number}"} for number in range(1, 5)],
        orders=orders(("C-1", 90, None), ("C-1", 30, None), ("C-2", 91, None), ("C-2", 30, None), ("C-3", 61, None)),
    )
    rows = ask(members((again, alone), facts(made, (), None, TODAY), TODAY))
    assert {row["customer_id"] for row in rows if row["came-again"]} == {"C-1"}
    assert {row["customer_id"] for row in rows if row["once"]} == {"C-3"}


ORDERS = st.lists(
    st.tuples(st.sampled_from(["C-1", "C-2"]), st.integers(-3, 30), st.sampled_from([None, "paid", "returned"]))
)


@examples(20)
@given(ORDERS)
def test_it_agrees_with_a_plain_reading(made: list[Order]) -> None:
    expected = []
    for who in ("C-1", "C-2"):
        days = sorted(day(ago) for one, ago, status in made if one == who and ago >= 0 and status != "returned")
        if len(days) > 1:
            row = {"customer_id": who, "second_order": days[1], "days_to_second_order": (days[1] - days[0]).days}
            expected.append(row)
    assert told(*made) == expected
