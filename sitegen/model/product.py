"""A product as the customer file has it, with what became of it at the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """One row of the products; what the file doesn't say is None. `price` is the list price.

    `sold` counts the pieces that were bought and kept until the day of the reading; `last_sold` is the day of the last
    such order.
    """

    id: str
    name: str
    price: Decimal
    name_zh: str | None = None
    group: str | None = None
    cost: Decimal | None = None
    launched_on: date | None = None
    stock: int | None = None
    care: str | None = None
    sold: int = 0
    last_sold: date | None = None
