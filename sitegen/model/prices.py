"""What the programme says of prices: how amounts are rounded, and what members and newcomers pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sitegen.model.concession import ALWAYS, ANYBODY, ANYTHING, NOWHERE, Days, Goods, Who
from sitegen.model.tree import Place


class RoundingMode(StrEnum):
    """Where an amount goes that lies between two steps."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"
    UP = "up"


STEPS = (Decimal("0.01"), Decimal("0.05"), Decimal("0.10"), Decimal("1.00"))
"""What prices may be multiples of: a cent, five, ten, or a whole unit of the currency."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """How an amount becomes one that can be paid: to a multiple of `step`."""

    mode: RoundingMode = RoundingMode.HALF_UP
    step: Decimal = STEPS[0]


USUAL_ROUNDING = Rounding()
"""What holds where the programme says nothing."""


class StockWord(StrEnum):
    """How much of a product there is, as one says it to a guest."""

    PLENTY = "plenty"
    FEW = "few"
    LAST = "last"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StockWords:
    """From how many pieces down a product is `few`, and from how many it is the `last`; none are none."""

    few: int = 10
    last: int = 1


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Products that nobody but `who` may buy on these days: "active products exclusive to old customers"."""

    goods: Goods
    who: Who
    days: Days
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unsold:
    """Products that nobody bought for `days`, although they stood on the shelf for at least `on_shelf` days.

    `discount` per cent off for `who`; 0: they are only shown. "allows products with zero sales volume to increase
    sales"
    """

    days: int
    on_shelf: int
    discount: Decimal = Decimal(0)
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A price for whoever never ordered: `discount` per cent off on these days. Members' prices are never added."""

    name: str
    discount: Decimal
    goods: Goods = ANYTHING
    days: tuple[Days, ...] = ALWAYS
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Prices:
    """Members' prices: `without` never has the tiers' discounts, `exclusive` are for few; `unsold` None: nothing."""

    rounding: Rounding = USUAL_ROUNDING
    without: tuple[Goods, ...] = ()
    exclusive: tuple[Exclusive, ...] = ()
    stock: StockWords = StockWords()
    unsold: Unsold | None = None


USUAL_PRICES = Prices()
