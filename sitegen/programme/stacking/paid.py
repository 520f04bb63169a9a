"""Reckon what is paid for a product after some concessions, and the margin that is left."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal

from sitegen.model.concession import Concession, ConcessionKind, Per
from sitegen.model.prices import Rounding
from sitegen.programme.money import less, rounded

_KINDS = tuple(ConcessionKind)
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


def in_order(concessions: Iterable[Concession]) -> tuple[Concession, ...]:
    """As the till takes them off: what is off each piece before what is off the order, each by kind and name."""
    return tuple(sorted(concessions, key=lambda one: (one.per is Per.ORDER, _KINDS.index(one.kind), one.name)))


def paid(price: Decimal, concessions: Iterable[Concession], rounding: Rounding) -> Decimal:
    """The least that one piece of a product brings in, each concession taken off what the one before it left.

    An amount off an order weighs most where the order is no larger than it must be: for one piece, or for goods of
    just the sum from which the amount counts, of which this piece bears its part. No concession makes a thing dearer,
    and none brings it below zero, so that a further concession never makes a price rise.
    """
    for one in in_order(concessions):
        price = _after(price, one, rounding)
    return price


def margin(price: Decimal, cost: Decimal) -> Decimal | None:
    """What is left of a price, in per cent of it, never rounded up; None of a price of nothing."""
    return ((price - cost) * 100 / price).quantize(_TENTH, ROUND_FLOOR) if price else None


def holds(price: Decimal, cost: Decimal, floor: Decimal) -> bool:
    """Whether at least `floor` per cent of a price are left; a thing that costs nothing may be given away."""
    return (price - cost) * 100 >= price * floor


def _after(price: Decimal, one: Concession, rounding: Rounding) -> Decimal:
    if one.percent:
        return less(price, one.percent, rounding)
    if one.per is Per.PRODUCT:
        return max(Decimal(0), min(price, rounded(price - one.amount, rounding)))
    total = max(one.least, price)
    if not total:
        return price
    left = max(Decimal(0), min(total, rounded(total - one.amount, rounding)))
    return left if total == price else (price * left / total).quantize(_CENT, ROUND_DOWN)
