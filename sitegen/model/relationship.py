"""What the programme offers those who stay: contracts, a ladder of prices, ways to pay, quiet months, kept prices.

Source: "long-term contract and multi purchase … Membership is one of them"; "flexible payment methods and financing
channels"; "act as a reservoir in the off-season".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sitegen.model.care import NamedPage
from sitegen.model.concession import ANYBODY, ANYTHING, NOWHERE, Goods, Who
from sitegen.model.occasion import FixedDay
from sitegen.model.tree import Place


class Renewal(StrEnum):
    """What happens when the term of a contract ends."""

    AUTOMATIC = "automatic"
    ON_REQUEST = "on-request"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Contract:
    """A membership contract: `term` months for the `fee` of the whole term.

    `who` may sign it, `holders` is the segment of those who have ("" where nobody counts them); only these have the
    `discount` per cent off `goods`. `gives` are its benefits in words. `notice` is the number of days before the end
    until which one side says so if it means to go (automatic) or to stay (on request).
    """

    name: str
    term: int
    fee: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    gives: tuple[str, ...] = ()
    renewal: Renewal = Renewal.NONE
    notice: int = 0
    who: Who = ANYBODY
    goods: Goods = ANYTHING
    holders: str = ""
    page: NamedPage | None = None
    place: Place = field(default=NOWHERE, compare=False)


class LadderBy(StrEnum):
    """What the steps of a ladder count."""

    PIECES = "pieces"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class Step:
    """From the piece or the order number `count` on, `discount` per cent off."""

    count: int
    discount: Decimal
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A multi-purchase ladder: the more pieces in one order, or the more orders in `within` days, the lower the price.

    Source: "giving repurchasers a range of discounts". `steps` stand in ascending order of both their numbers.
    """

    name: str
    by: LadderBy
    steps: tuple[Step, ...]
    within: int = 365
    goods: Goods = ANYTHING
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)


class PaymentKind(StrEnum):
    """When and in how many parts an order is paid."""

    ADVANCE = "advance"
    INVOICE = "invoice"
    INSTALMENTS = "instalments"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class PaymentOption:
    """A way to pay for orders of `least` and more.

    `days`: how long after the order an invoice, or the rest after a deposit, is due. `parts`: how many instalments,
    the first at the order, one a month. `share`: per cent paid at the order as a deposit. `discount` per cent off the
    order for whoever pays like this. Nobody pays more for a way to pay.
    """

    name: str
    kind: PaymentKind
    days: int = 0
    parts: int = 1
    share: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OffSeason:
    """A pre-order offer of quiet months: ordered between `opens` and `closes` of any year, delivered on `delivers`.

    `closes` may lie in the next year, as 01-31 after 11-15; `delivers` is the first such day after `closes`. `deposit`
    is the per cent that is paid at the order.
    """

    name: str
    opens: FixedDay
    closes: FixedDay
    delivers: FixedDay
    discount: Decimal = Decimal(0)
    deposit: Decimal = Decimal(0)
    goods: Goods = ANYTHING
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PriceProtection:
    """Prices kept in both directions, for `who` and `goods`.

    Where a price rises, goods that were ordered at most `uncollected` days ago and are not collected yet keep the old
    one. Where it falls, goods that were ordered at most `unsold` days before, are taken and not sold yet, are marked
    anew, and the difference is credited. 0 days: not at all.
    """

    uncollected: int = 0
    unsold: int = 0
    goods: Goods = ANYTHING
    who: Who = ANYBODY
    place: Place = field(default=NOWHERE, compare=False)
