"""Say when a customer is lost: on the day of the goodbye, else a year after the last order."""

from __future__ import annotations

from datetime import date, timedelta

from tests.desk.reports_oracle.book import LOST_ON, Book


def lost_day(book: Book, customer: str, today: date) -> date | None:
    """The day on which one, who is lost on `today`, became so; None where they are not lost."""
    ordered = [row["ordered_at"] for row in book.sales_of.get(customer, ()) if row["ordered_at"] <= today]
    if not ordered:
        return None
    goodbye = book.customers[customer]["lost_on"]
    last = max(ordered) + timedelta(days=LOST_ON)
    days = [day for day in (goodbye, last) if day is not None and day <= today]
    return min(days, default=None)


def lost_on_day(book: Book, customer: str, today: date) -> bool:
    """Whether one is lost on a day."""
    return lost_day(book, customer, today) is not None


def customers_on(book: Book, day: date) -> list[str]:
    """Who had ordered by then, and was not lost."""
    return [
        who for who, rows in book.sales_of.items() if rows[0]["ordered_at"] <= day and not lost_on_day(book, who, day)
    ]
