"""Make the price list for newcomers, apart from all that members have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.model.prices import Newcomer, Prices, Rounding
from sitegen.model.product import Product
from sitegen.programme.money import less
from sitegen.programme.prices.members import exclusive_to

RULE = "all:\n  - orders: is 0"
"""Who is meant, in the rule language: whoever never ordered."""


@dataclass(frozen=True, slots=True)
class NewcomerLine:
    """A product as a newcomer sees it; `campaign` is the name of the one that grants the price."""

    product: Product
    price: Decimal
    percent: Decimal
    campaign: str


def newcomer_list(
    products: Iterable[Product], newcomers: Iterable[Newcomer], prices: Prices, on: date
) -> tuple[NewcomerLine, ...]:
    """The products for which a campaign for newcomers runs on a day, by group and name; of several, the best one.
    What is kept for members is not among them.

    "focus our efforts on the first point, that is, the price": this is the whole programme of who never ordered; the
    first order ends it, and members' prices begin.
    """
    running = [one for one in newcomers if any(days.contains(on) for days in one.days)]
    free = (product for product in products if not exclusive_to(product, prices.exclusive, on))
    lines = (_line(product, running, prices.rounding) for product in free)
    return tuple(
        sorted(
            (line for line in lines if line is not None),
            key=lambda line: (line.product.group or "", line.product.name, line.product.id),
        )
    )


def _line(product: Product, running: list[Newcomer], rounding: Rounding) -> NewcomerLine | None:
    meant = [one for one in running if one.goods.hold(product.id, product.group)]
    if not meant:
        return None
    best = max(meant, key=lambda one: one.discount)
    return NewcomerLine(product, less(product.price, best.discount, rounding), best.discount, best.name)
