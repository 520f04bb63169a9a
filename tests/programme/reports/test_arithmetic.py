"""The sums of the texts, with the texts' own numbers: they are what the owner checks us by."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from sitegen.model.report_setting import BENCHMARKS
from sitegen.programme.reports.arithmetic import (
    ChurnCost,
    WordOfMouth,
    churn_cost,
    circle_of,
    kept_for_the_price,
    lifetime_value,
    new_by_satisfied,
    profit_of,
    silent_behind,
    with_word,
    word_of_mouth,
)


def test_a_hundred_a_week_fifty_weeks_and_ten_years_are_fifty_thousand_and_five_thousand_of_profit() -> None:
    value = lifetime_value(100, 50, 10)
    assert (value, profit_of(value, 10)) == (Decimal(50_000), Decimal(5_000))


def test_five_per_cent_of_five_thousand_customers_of_eight_thousand_cost_two_millions() -> None:
    assert churn_cost(5_000, 5, 8_000, 10) == ChurnCost(Decimal(250), Decimal(2_000_000), Decimal(200_000))


def test_a_bad_word_keeps_one_more_away() -> None:
    assert with_word(50_000) == 100_000


def test_a_hundred_satisfied_customers_bring_twenty_five() -> None:
    assert new_by_satisfied(100) == 25


def test_one_customer_reaches_twenty_five_of_whom_eight_want_it_and_one_buys() -> None:
    assert word_of_mouth(1) == WordOfMouth(Decimal(1), Decimal(25), Decimal(8), Decimal(1))


def test_behind_a_complaint_stand_twenty_or_two_hundred() -> None:
    assert (silent_behind(1), silent_behind(1, 200)) == (20, 200)


def test_behind_a_customer_stand_two_hundred_and_fifty() -> None:
    assert circle_of(1) == 250


def test_winning_one_costs_as_much_as_keeping_five_to_ten() -> None:
    assert (kept_for_the_price(1), kept_for_the_price(1, 10)) == (5, 10)


def test_the_benchmarks_are_the_texts_numbers() -> None:
    ranges = {name: (mark.value, mark.low, mark.high) for name, mark in BENCHMARKS.items() if mark.low is not None}
    assert ranges == {
        "acquisition cost": (5, 5, 10),
        "yearly loss": (20, 10, 30),
        "silent per complaint": (20, 20, 200),
    }
    assert BENCHMARKS["old profit"].value == 15
    assert (BENCHMARKS["care gain"].value, BENCHMARKS["sales gain"].value) == (20, 40)


MONEY = some.decimals(0, 10**6, places=2)
RATES = some.decimals(0, 100, places=3)


@given(some.integers(0, 10**7), RATES, MONEY, RATES)
def test_what_a_loss_costs_is_what_each_of_the_lost_costs(
    customers: int, rate: Decimal, value: Decimal, margin: Decimal
) -> None:
    cost = churn_cost(customers, rate, value, margin)
    assert cost.revenue == cost.lost * value
    assert cost.profit == profit_of(value, margin) * cost.lost
