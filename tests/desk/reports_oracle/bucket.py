"""Reckon again: the leaky bucket, week by week."""

from __future__ import annotations

from datetime import date, timedelta

from tests.desk.reports_oracle.book import LOST_ON, Book, Sheet, per_cent
from tests.desk.reports_oracle.leaving import customers_on

WEEK = timedelta(days=7)
MILESTONES = (10, 100, 1000, 10000)


def sheet(book: Book) -> Sheet:
    """Who came, came back and was lost in the last 26 whole weeks."""
    end = book.today - timedelta(days=(book.today.weekday() + 1) % 7)
    mondays = [end - timedelta(days=6) - WEEK * back for back in reversed(range(26))]
    came, back, lost = _moves(book)

    def count(days: list[date], first: date, last: date) -> int:
        return sum(first <= day <= last for day in days)

    weeks = [(day, *(count(days, day, day + timedelta(days=6)) for days in (came, back, lost))) for day in mondays]
    new, again, gone = (sum(week[place] for week in weeks) for place in (1, 2, 3))
    level = [len(customers_on(book, day + timedelta(days=6))) for day in mondays]
    figures = {
        "new": new,
        "won-back": again,
        "lost": gone,
        "net": new + again - gone,
        "customers": level[-1],
        "leak": per_cent(gone, new + again),
    }
    labels = [str(day) for day in mondays]
    charts = {
        "weeks": (labels, {
            "New": [week[1] for week in weeks],
            "Won back": [week[2] for week in weeks],
            "Lost": [week[3] for week in weeks],
        }),
        "level": (labels, {"Customers": level}),
    }  # fmt: skip
    rows = [
        (day, new, again, gone, new + again - gone, there)
        for (day, new, again, gone), there in zip(weeks, level, strict=True)
    ]
    first = sorted(rows[0]["ordered_at"] for rows in book.sales_of.values())
    second = sorted(
        next(row["ordered_at"] for row in rows if row["ordered_at"] > rows[0]["ordered_at"])
        for rows in book.sales_of.values()
        if rows[-1]["ordered_at"] > rows[0]["ordered_at"]
    )
    milestones = [
        (most, *(days[most - 1] if len(days) >= most else None for days in (first, second))) for most in MILESTONES
    ]
    return Sheet(figures, charts, {"weeks": rows, "milestones": milestones})


def _moves(book: Book) -> tuple[list[date], list[date], list[date]]:
    """The days on which customers came, came back after they were lost, and became lost."""
    came, back, lost = [], [], []
    for who, rows in book.sales_of.items():
        days = sorted({row["ordered_at"] for row in rows})
        goodbye = book.customers[who]["lost_on"]
        came.append(days[0])
        for day, following in zip(days, [*days[1:], None], strict=True):
            ends = [day + timedelta(days=LOST_ON), *([goodbye] if goodbye and goodbye >= day else [])]
            end = min(ends)
            if following is not None and following <= end:
                continue
            if end <= book.today:
                lost.append(end)
                if following is not None:
                    back.append(following)
    return came, back, lost
