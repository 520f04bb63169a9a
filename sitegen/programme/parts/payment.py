"""Show the ways to pay, with what is due when for an order of a round sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sitegen.audience.calendar.spans import shift
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows
from sitegen.model.relationship import PaymentKind, PaymentOption
from sitegen.model.rule import Unit
from sitegen.programme.parts.readers import by_readers, rules_of
from sitegen.programme.relationship.payment import Payment, payments

USUAL_EXAMPLE = Decimal(300)


@dataclass(frozen=True, slots=True)
class DueView:
    """What is due so many `months`, or so many `days`, after the order; with it where both are 0."""

    amount: Decimal
    days: int
    months: int


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A way to pay for orders of `least` and more: advance, invoice, instalments or deposit.

    `share` is the per cent of a deposit, `discount` what is taken off for whoever pays like this. `due` is what an
    order of the example's sum costs, and when.
    """

    name: str
    kind: str
    days: int
    parts: int
    share: Decimal
    discount: Decimal
    least: Decimal
    due: tuple[DueView, ...]


@dataclass(frozen=True, slots=True)
class PaymentsView:
    """The ways to pay of one cell, with the sum of the example."""

    ways: tuple[PaymentView, ...]
    example: Decimal


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """The rules of those for whom a way to pay is."""
    _example(arguments, terms.programme.payment)
    return rules_of(terms.programme.payment)


def part(on: On, arguments: Arguments) -> Part:
    """All ways to pay, for an order that is great enough for each of them."""
    ways = on.programme.payment
    example = _example(arguments, ways)
    cells = [
        Cell(some[0].name, rule, PaymentsView(tuple(_view(on, one, example) for one in some), example))
        for rule, some in by_readers(ways)
    ]
    return Part(cells=tuple(cells))


def _example(arguments: Arguments, ways: tuple[PaymentOption, ...]) -> Decimal:
    least = max((one.least for one in ways), default=Decimal(0))
    if "example" not in arguments:
        return max(least, USUAL_EXAMPLE)
    try:
        sum_of_order = Decimal(arguments["example"].strip())
    except InvalidOperation:
        sum_of_order = Decimal("NaN")
    if not sum_of_order.is_finite() or sum_of_order < max(least, Decimal(1)):
        message = f"'{arguments['example']}' is no sum that may be paid in all of these ways"
        raise BadArgument("example", message, f'write a number from {max(least, Decimal(1)):f} on, like example="300"')
    return sum_of_order


def _view(on: On, way: PaymentOption, example: Decimal) -> PaymentView:
    due = payments(way, example, on.today, on.programme.prices.rounding)
    return PaymentView(
        name=on.said(way.name),
        kind=way.kind.value,
        days=way.days,
        parts=way.parts,
        share=way.share,
        discount=way.discount,
        least=way.least,
        due=tuple(_due(way, one, on.today) for one in due),
    )


def _due(way: PaymentOption, payment: Payment, today: date) -> DueView:
    if way.kind is PaymentKind.INSTALMENTS:
        months = next(month for month in range(way.parts) if shift(today, month, Unit.MONTHS) == payment.day)
        return DueView(payment.amount, 0, months)
    return DueView(payment.amount, (payment.day - today).days, 0)


MAKER = Maker("payment", ("title", "example"), shows(), rules, part)
