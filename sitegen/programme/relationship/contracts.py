"""Reckon the terms of a membership contract: when one ends, and until when one says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.audience.calendar.spans import shift, shift_days
from sitegen.model.relationship import Contract, Renewal
from sitegen.model.rule import Unit


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a contract, from `first` to `last`, both included; `number` counts from 1.

    `notice_by` is the last day on which one says that one goes, or, where nothing renews itself, that one stays.
    """

    number: int
    first: date
    last: date
    notice_by: date


def term_on(contract: Contract, signed_on: date, on: date) -> Term | None:
    """The term that holds `on` a day; None before the first, and after it where it is not renewed by itself.

    Terms begin on the same day of the month as the first; a month that is too short has its last day.
    """
    if on < signed_on:
        return None
    months = (on.year - signed_on.year) * 12 + on.month - signed_on.month
    number = months // contract.term + 1
    if on < _begins(contract, signed_on, number):
        number -= 1
    if number > 1 and contract.renewal is not Renewal.AUTOMATIC:
        return None
    last = shift_days(_begins(contract, signed_on, number + 1), -1)
    return Term(number, _begins(contract, signed_on, number), last, shift_days(last, -contract.notice))


def _begins(contract: Contract, signed_on: date, number: int) -> date:
    return shift(signed_on, (number - 1) * contract.term, Unit.MONTHS)
