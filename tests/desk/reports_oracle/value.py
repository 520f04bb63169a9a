"""Reckon again: what a customer is worth, and what it costs to lose one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import YEAR, YEARS, Book, Row, Sheet, per_cent, rounded, total
from tests.desk.reports_oracle.leaving import customers_on, lost_on_day


def sheet(book: Book) -> Sheet:
    """Lifetime values of new and old customers, and what losing them costs."""
    lately = {
        who: rows
        for who in book.sales_of
        if (rows := [row for row in book.sales_of[who] if book.lately(row["ordered_at"])])
    }
    new = {who: rows for who, rows in lately.items() if book.lately(book.sales_of[who][0]["ordered_at"])}
    old = {who: rows for who, rows in lately.items() if who not in new}
    every, came, stayed = _worth(lately), _worth(new), _worth(old)
    then = book.today - timedelta(days=YEAR)
    were = customers_on(book, then)
    gone = [who for who in were if lost_on_day(book, who, book.today)]
    figures = {
        "value": rounded(every["year"] * YEARS),
        "profit": rounded(every["brought"] * YEARS),
        "value-old": rounded(stayed["year"] * YEARS),
        "profit-old": rounded(stayed["brought"] * YEARS),
        "value-new": rounded(came["year"] * YEARS),
        "profit-new": rounded(came["brought"] * YEARS),
        "loss-with-word": rounded(every["brought"] * YEARS * 2),
        "old-to-new": rounded(stayed["brought"] / came["brought"], "0.1"),
        "loss-rate": per_cent(len(gone), len(were)),
        "lost-revenue": rounded(len(gone) * every["year"]),
        "lost-profit": rounded(len(gone) * every["brought"]),
        "kept-instead": len(gone) * 6,
    }
    named = (("New", came), ("Old", stayed), ("All", every))
    charts = {
        "values": (
            [name for name, _ in named],
            {
                "Spent": [rounded(worth["year"] * YEARS) for _, worth in named],
                "Profit": [rounded(worth["brought"] * YEARS) for _, worth in named],
            },
        )
    }
    grid = [
        (
            name,
            worth["customers"],
            rounded(worth["spent"] / worth["orders"]),
            rounded(Decimal(worth["orders"]) / worth["customers"], "0.1"),
            rounded(worth["year"]),
            rounded(worth["year"] * YEARS),
            per_cent(worth["profit"], worth["spent"]),
            rounded(worth["brought"] * YEARS),
        )
        for name, worth in named
    ]
    return Sheet(figures, charts, {"by-history": grid})


def _worth(bought: dict[str, list[Row]]) -> dict[str, Any]:
    rows = [row for of_one in bought.values() for row in of_one]
    spent, profit = total(rows, "amount"), total(rows, "profit")
    count = len(bought)
    return {
        "customers": count,
        "orders": len(rows),
        "spent": spent,
        "profit": profit,
        "year": spent / count,
        "brought": profit / count,
    }
