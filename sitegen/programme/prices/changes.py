"""Know what products cost on a day, from the file of products and the list of new prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sitegen.model.product import Product


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A new list price of a product from `day` on; `former` is the one until then, None where nobody wrote it down."""

    product_id: str
    day: date
    price: Decimal
    former: Decimal | None = None


def price_change(row: Mapping[str, Any]) -> PriceChange:
    """A row of the table `price_changes` as a value."""
    return PriceChange(row["product_id"], row["day"], row["price"], row["former"])


def on_day(products: Iterable[Product], changes: Iterable[PriceChange], today: date) -> tuple[Product, ...]:
    """The products at the list prices of a day, in the order in which they come.

    The file of products may have been written before a change or after it. Where it still says the former price, the
    change counts from its day on; where it says another one, it is the younger of the two, and stands.
    """
    begun = sorted((one for one in changes if one.day <= today), key=lambda one: (one.product_id, one.day))
    of = {id_: tuple(some) for id_, some in groupby(begun, key=lambda one: one.product_id)}
    return tuple(replace(product, price=price_on(product.price, of.get(product.id, ()))) for product in products)


def price_on(price: Decimal, begun: Iterable[PriceChange]) -> Decimal:
    """What a product costs after changes of its price, by their days; `price` is what the file of products says."""
    before: Decimal | None = None
    for change in begun:
        former = change.former if change.former is not None else before
        if former is not None and former == price:
            price = change.price
        before = change.price
    return price
