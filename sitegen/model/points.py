"""What the programme says of points: how they are earned, when they may be spent, when they go, and what they buy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sitegen.model.concession import ANYBODY, NOWHERE, Who
from sitegen.model.tree import Place


class Happening(StrEnum):
    """What earns points beside an order. The word is the reason of the row in the ledger."""

    REVIEW = "review"
    REFERRAL = "referral"
    BIRTHDAY = "birthday"


class ExpiryAt(StrEnum):
    """Which day ends the months: the same day of the month, or the month's last one."""

    DAY = "day"
    MONTH_END = "month-end"


@dataclass(frozen=True, slots=True)
class Factor:
    """What is counted `factor` times: the orders of a tier, or the goods of a group, by its `name`."""

    name: str
    factor: Decimal
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Earning:
    """`points` for each whole `for_each` of the currency, times the factors, `most` for one order (None: no end)."""

    points: int = 1
    for_each: Decimal = Decimal(1)
    tiers: tuple[Factor, ...] = ()
    groups: tuple[Factor, ...] = ()
    most: int | None = None
    happenings: Mapping[Happening, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expiry:
    """Points go `months` after the day on which they were earned; `notice` days before, somebody says so."""

    months: int
    at: ExpiryAt = ExpiryAt.DAY
    notice: int = 60


@dataclass(frozen=True, slots=True)
class PointsGift:
    """Something that points buy: a `product` of the customer file by its number, or a `service`, or neither.

    `title` and `about` are words by language; under "" stand those for all languages. It may be had from `first` to
    `last`, both included (None: open on that side); `stock` is how many there are, None where that is no matter.
    """

    name: str
    points: int
    title: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)
    product: str = ""
    service: str = ""
    who: Who = ANYBODY
    first: date | None = None
    last: date | None = None
    stock: int | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PointsPrice:
    """What a point takes off a price, and how many per cent of an order may be paid so."""

    worth: Decimal
    most: Decimal
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Points:
    """The `points:` of the programme. Orders and happenings from `since` on earn.

    `pending` is how many days earned points wait until they may be spent. Without `expiry` they stay for ever.
    `price` is None unless the switch `as_price` is on: "the separation of services and discounts".
    """

    since: date
    earning: Earning = Earning()
    pending: int = 0
    expiry: Expiry | None = None
    gifts: tuple[PointsGift, ...] = ()
    price: PointsPrice | None = None
    place: Place = field(default=NOWHERE, compare=False)
