"""Spell the numbers in the sentences of reports: plain English, figures in groups of three."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

ORDERS_KEPT = "Orders that were returned or cancelled don't count, nor do those of people of the house."
"""Stands in a definition that counts orders as `purchases` does."""


def several(count: int, one: str, more: str = "") -> str:
    """`1 customer`, `2,000 customers`; `more` where an s does not make the plural."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def money(amount: Decimal) -> str:
    """An amount without its currency, which the page names: `50,000.00`."""
    return f"{amount:,.2f}"


def in_currency(amount: Decimal, currency: str) -> str:
    """`50,000.00 EUR`; without a currency the bare amount."""
    return f"{money(amount)} {currency}".strip()


def share(per_cent: Decimal | None) -> str:
    """`12.5 %`, and what cannot be reckoned as words."""
    return "no" if per_cent is None else f"{plain(per_cent)} %"


def plain(number: Decimal | int) -> str:
    """Without zeros after the point: `5`, `12.5`."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(day: date) -> str:
    """`3 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_text(month: str) -> str:
    """`November 2026`, of 2026-11."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


# Not strftime, which writes in the language of the machine.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
