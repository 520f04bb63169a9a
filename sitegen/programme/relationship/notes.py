"""Make credit notes and kept prices of the lines that the engine found, with amounts that can be paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sitegen.audience.calendar.spans import shift_days
from sitegen.model.prices import Rounding
from sitegen.model.relationship import PriceProtection
from sitegen.programme.money import rounded


@dataclass(frozen=True, slots=True)
class CreditNote:
    """What a customer gets back of one line for one fall: `quantity` pieces, from `old` to `new`, each.

    The `number` is made of the day, the order and the line: whoever makes the note again makes the same.
    """

    number: str
    day: date
    customer_id: str
    order_id: str
    line: int
    product_id: str
    quantity: int
    old: Decimal
    new: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True)
class KeptPrice:
    """What a customer goes on paying for `quantity` pieces until a day: `price` each, and not `new`."""

    customer_id: str
    order_id: str
    line: int
    product_id: str
    quantity: int
    price: Decimal
    new: Decimal
    until: date


@dataclass(frozen=True, slots=True)
class CreditLetter:
    """What one letter to a customer has to say: their notes, and the sum."""

    customer_id: str
    notes: tuple[CreditNote, ...]
    total: Decimal


def credit_note(row: Mapping[str, Any], rounding: Rounding) -> CreditNote:
    """The note for a row of `protection.fallen`. What the customer paid falls in the proportion of the list prices."""
    old = min(row["price"], _marked(row, row["list_before"], rounding))
    new = min(old, _marked(row, row["list_after"], rounding))
    return CreditNote(
        number=f"CN-{row['day']:%Y%m%d}-{row['order_id']}-{row['line']}",
        day=row["day"],
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        line=row["line"],
        product_id=row["product_id"],
        quantity=row["quantity"],
        old=old,
        new=new,
        credit=row["quantity"] * (old - new),
    )


def kept_price(row: Mapping[str, Any], protection: PriceProtection, rounding: Rounding) -> KeptPrice:
    """The kept price of a row of `protection.risen`."""
    return KeptPrice(
        customer_id=row["customer_id"],
        order_id=row["order_id"],
        line=row["line"],
        product_id=row["product_id"],
        quantity=row["quantity"],
        price=row["price"],
        new=max(row["price"], _marked(row, row["list_now"], rounding)),
        until=shift_days(row["ordered_at"], protection.uncollected),
    )


def letters(notes: Iterable[CreditNote]) -> Iterator[CreditLetter]:
    """A letter for each customer; the notes come sorted by customer. Nobody gets a letter about nothing."""
    for customer_id, some in groupby(notes, key=lambda note: note.customer_id):
        own = tuple(note for note in some if note.credit)
        if own:
            yield CreditLetter(customer_id, own, sum((note.credit for note in own), Decimal(0)))


def _marked(row: Mapping[str, Any], price: Decimal, rounding: Rounding) -> Decimal:
    """What the customer would have paid at another list price: their discount stays theirs."""
    paid, at_order = row["price"], row["list_at_order"]
    return rounded(paid * price / at_order, rounding) if at_order else paid
