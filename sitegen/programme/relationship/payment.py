"""Find the ways in which an order may be paid, and the days and amounts of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.audience.calendar.spans import shift, shift_days
from sitegen.model.prices import Rounding, RoundingMode
from sitegen.model.relationship import PaymentKind, PaymentOption
from sitegen.model.rule import Unit
from sitegen.programme.money import less, rounded
from sitegen.programme.relationship.meant import is_for


@dataclass(frozen=True, slots=True)
class Payment:
    """What is due on a day."""

    day: date
    amount: Decimal


def options_for(
    options: Iterable[PaymentOption], amount: Decimal, tier: str | None, segments: Collection[str]
) -> tuple[PaymentOption, ...]:
    """The ways in which a customer may pay an order of `amount`, as they are written."""
    return tuple(one for one in options if one.least <= amount and is_for(one.who, tier, segments))


def payments(option: PaymentOption, amount: Decimal, ordered_on: date, rounding: Rounding) -> tuple[Payment, ...]:
    """When and how much is paid of an order of `amount`: the amounts add up to it, less the option's discount.

    Instalments and deposits are rounded down; what is left over comes with the last one. Nothing is due of an amount
    that is nothing.
    """
    total = less(amount, option.discount, rounding)
    down = Rounding(RoundingMode.DOWN, rounding.step)
    match option.kind:
        case PaymentKind.ADVANCE:
            plan = [Payment(ordered_on, total)]
        case PaymentKind.INVOICE:
            plan = [Payment(shift_days(ordered_on, option.days), total)]
        case PaymentKind.DEPOSIT:
            first = rounded(total * option.share / 100, down)
            plan = [Payment(ordered_on, first), Payment(shift_days(ordered_on, option.days), total - first)]
        case PaymentKind.INSTALMENTS:
            part = rounded(total / option.parts, down)
            amounts = [part] * (option.parts - 1) + [total - part * (option.parts - 1)]
            plan = [Payment(shift(ordered_on, month, Unit.MONTHS), due) for month, due in enumerate(amounts)]
    return tuple(payment for payment in plan if payment.amount)
