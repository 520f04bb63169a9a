"""Round an amount of money: the one place in which it is done."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from sitegen.model.prices import Rounding, RoundingMode

_MODES = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.DOWN: ROUND_DOWN,
    RoundingMode.UP: ROUND_UP,
}
_CENT = Decimal("0.01")


def rounded(amount: Decimal, rounding: Rounding) -> Decimal:
    """The multiple of the rounding's step that its mode finds for `amount`, with two places.

    `down` goes towards zero and `up` away from it; `half-up` takes what lies in the middle away from zero.
    """
    steps = (amount / rounding.step).quantize(Decimal(1), _MODES[rounding.mode])
    return (steps * rounding.step).quantize(_CENT)


def less(amount: Decimal, percent: Decimal, rounding: Rounding) -> Decimal:
    """`amount` with `percent` per cent off, rounded; never more than `amount`, whatever the rounding does."""
    return min(amount, rounded(amount * (100 - percent) / 100, rounding))
