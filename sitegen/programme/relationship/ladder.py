"""Find the step of a multi-purchase ladder, and what a piece costs on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.prices import Rounding
from sitegen.model.relationship import Ladder, Step
from sitegen.programme.money import less

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class LadderPrice:
    """What a piece costs from the piece or order number `count` on."""

    count: int
    discount: Decimal
    price: Decimal


def ladder_discount(ladder: Ladder, count: int) -> Decimal:
    """Per cent off with so many pieces or orders, 0 below the first step."""
    return max((step.discount for step in ladder.steps if step.count <= count), default=NOTHING)


def ladder_price(ladder: Ladder, price: Decimal, count: int, rounding: Rounding) -> Decimal:
    """What one piece of the list price `price` costs with so many pieces or orders."""
    return less(price, ladder_discount(ladder, count), rounding)


def next_step(ladder: Ladder, count: int) -> Step | None:
    """The step after those that are reached; None on the last."""
    return next((step for step in ladder.steps if step.count > count), None)


def ladder_prices(ladder: Ladder, price: Decimal, rounding: Rounding) -> tuple[LadderPrice, ...]:
    """The whole ladder for one product, lowest step first."""
    return tuple(
        LadderPrice(step.count, step.discount, ladder_price(ladder, price, step.count, rounding))
        for step in ladder.steps
    )
