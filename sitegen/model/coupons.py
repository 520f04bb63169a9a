"""Coupons as the programme promises them: when there is one, what it gives, how many, and what comes instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sitegen.model.concession import ANYBODY, ANYTHING, NOWHERE, Goods, Who
from sitegen.model.tree import Place

FIRST_ORDER = "first-order"
"""The occasion that is each customer's own; every other one is a day by name."""
UNLIMITED = 0


@dataclass(frozen=True, slots=True)
class CouponGives:
    """What a coupon gives: one of `percent` per cent off, `amount` off the order, or a `thing` in words.

    `most` is the most that `percent` takes off, 0 for no end; `cost` is what the thing costs the shop.
    """

    percent: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    thing: str = ""
    most: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)

    @property
    def worth(self) -> Decimal:
        """The most that one coupon costs the shop, 0 where nobody can tell."""
        return self.amount or self.most or self.cost


@dataclass(frozen=True, slots=True)
class CouponRule:
    """A rule by which customers get coupons, with codes that count once.

    On the `occasion` (`first-order`, or a day by name) each of `who` gets one, at most `within` days late. It counts
    for `valid` days, on orders of `least` and more, for `goods`. `gift` is a product that goes into the parcel
    instead, while the store has one: "If there is no small gift to give, we can give you a coupon".

    At most `per_customer` in a customer's life and `in_all` at a time, worth `budget` together (0: no such limit).
    What ran out unused is free again. Where there are not enough, the earliest occasions come first.
    """

    name: str
    occasion: str
    gives: CouponGives
    says: str
    valid: int
    within: int = 14
    least: Decimal = Decimal(0)
    gift: str = ""
    per_customer: int = 1
    in_all: int = UNLIMITED
    budget: Decimal = Decimal(0)
    goods: Goods = ANYTHING
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)
    occasion_place: Place = field(default=NOWHERE, compare=False)
