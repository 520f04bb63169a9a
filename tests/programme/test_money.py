"""Tests of rounding: the one place in which an amount becomes one that can be paid."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.prices import STEPS, Rounding, RoundingMode
from sitegen.programme.money import less, rounded

AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=4)
ROUNDINGS = st.builds(Rounding, st.sampled_from(RoundingMode), st.sampled_from(STEPS))


@pytest.mark.parametrize(
    ("mode", "amounts"),
    [
        ("half-up", ["2.67", "2.68", "2.68"]),
        ("half-even", ["2.67", "2.68", "2.68"]),
        ("down", ["2.67", "2.67", "2.67"]),
        ("up", ["2.68", "2.68", "2.68"]),
    ],
)
def test_each_mode_has_its_own_idea_of_what_lies_between(mode: str, amounts: list[str]) -> None:
    rounding = Rounding(RoundingMode(mode))
    assert [str(rounded(Decimal(text), rounding)) for text in ("2.671", "2.675", "2.679")] == amounts


def test_half_even_goes_down_where_the_lower_step_is_even() -> None:
    assert rounded(Decimal("2.665"), Rounding(RoundingMode.HALF_EVEN)) == Decimal("2.66")
    assert rounded(Decimal("2.665"), Rounding(RoundingMode.HALF_UP)) == Decimal("2.67")


@pytest.mark.parametrize(
    ("step", "amount"), [("0.01", "126.42"), ("0.05", "126.40"), ("0.10", "126.40"), ("1.00", "126.00")]
)
def test_a_price_is_a_multiple_of_the_step(step: str, amount: str) -> None:
    assert str(rounded(Decimal("126.42"), Rounding(step=Decimal(step)))) == amount


def test_a_discount_never_makes_a_thing_dearer() -> None:
    assert less(Decimal("99.99"), Decimal("0.1"), Rounding(RoundingMode.UP, Decimal("1.00"))) == Decimal("99.99")


@given(AMOUNTS, ROUNDINGS)
def test_rounding_stays_within_a_step_and_on_its_side(amount: Decimal, rounding: Rounding) -> None:
    result, step = Fraction(rounded(amount, rounding)), Fraction(rounding.step)
    off = result - Fraction(amount)
    assert (result / step).denominator == 1
    match rounding.mode:
        case RoundingMode.DOWN:
            assert -step < off <= 0
        case RoundingMode.UP:
            assert 0 <= off < step
        case _:
            assert abs(off) <= step / 2


@given(AMOUNTS, AMOUNTS, st.decimals(min_value=0, max_value=100, places=2), ROUNDINGS)
def test_who_pays_more_before_a_discount_never_pays_less_after_it(
    one: Decimal, other: Decimal, percent: Decimal, rounding: Rounding
) -> None:
    low, high = sorted((one, other))
    assert less(low, percent, rounding) <= less(high, percent, rounding)
