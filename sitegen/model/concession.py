"""A concession: anything by which somebody pays less than the list price, whichever part of the programme grants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place

NOWHERE = Place("")


class ConcessionKind(StrEnum):
    """Which part of the programme grants it, in the order in which the till takes them off."""

    TIER_PRICE = "tier-price"
    NEWCOMER_PRICE = "newcomer-price"
    UNSOLD_PRICE = "unsold-price"
    CONTRACT = "contract"
    OFF_SEASON = "off-season"
    LADDER = "ladder"
    BENEFIT = "benefit"
    BIRTHDAY = "birthday"
    COUPON = "coupon"
    PAYMENT = "payment"
    POINTS = "points"


class Per(StrEnum):
    """What an amount is taken off: each piece, or the sum of an order, once."""

    PRODUCT = "product"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Who:
    """For whom: members of one of the `tiers`, all of them where none is named, who are in the segment `audience`."""

    tiers: tuple[str, ...] = ()
    audience: str = EVERYONE
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Goods:
    """Which products: of one of the `groups`, or one of the `products` (product_id); all, where neither is named."""

    groups: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def hold(self, product_id: str, group: str | None) -> bool:
        """Whether a product is one of them."""
        return not (self.groups or self.products) or product_id in self.products or group in self.groups


ANYBODY = Who()
ANYTHING = Goods()


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; None: open on that side."""

    first: date | None = None
    last: date | None = None

    def contains(self, day: date) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meet(self, other: Days) -> Days | None:
        """The days that both hold, or None."""
        first = max((day for day in (self.first, other.first) if day), default=None)
        last = min((day for day in (self.last, other.last) if day), default=None)
        return None if first and last and first > last else Days(first, last)


ALWAYS = (Days(),)


@dataclass(frozen=True, slots=True)
class Concession:
    """`percent` per cent off or `amount` off (one of the two), for whom, of what, when.

    `name` is what the YAML calls it; with `kind` it is unique. An `amount` is taken off each piece or off the order,
    see `per`; `least` is the sum of an order from which it counts. Of concessions with the same `one_of` (steps of a
    ladder, ways to pay) an order has one at most. It holds for `goods`, less all of `without`. It may be had on any of
    `days`; none: never.
    """

    kind: ConcessionKind
    name: str
    percent: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    per: Per = Per.PRODUCT
    who: Who = ANYBODY
    goods: Goods = ANYTHING
    without: tuple[Goods, ...] = ()
    days: tuple[Days, ...] = ALWAYS
    least: Decimal = Decimal(0)
    one_of: str = ""
    place: Place = field(default=NOWHERE, compare=False)

    def covers(self, product_id: str, group: str | None) -> bool:
        """Whether it holds for a product."""
        return self.goods.hold(product_id, group) and not any(one.hold(product_id, group) for one in self.without)
