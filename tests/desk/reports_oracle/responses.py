"""Reckon again: how customers took what was offered, and what they ordered then."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import Book, Row, Sheet, per_cent, total

ANSWERS = ("accepted", "ignored", "refused", "bounced", "unsubscribed")


def sheet(book: Book) -> Sheet:
    """Shares of each answer, orders that followed, month by month and campaign by campaign."""
    said = [row for row in book.rows("responses") if book.lately(row["day"])]
    asked = {(row["campaign"], row["customer_id"]) for row in said}
    gave = {answer: _pairs(said, answer) for answer in ANSWERS}
    followed = _followed(book, said)
    figures: dict[str, Any] = {answer: per_cent(len(gave[answer]), len(asked)) for answer in ANSWERS}
    refused = gave["accepted"] | gave["refused"]
    figures["ignored"] = per_cent(len(gave["ignored"] - refused), len(asked))
    figures |= {"orders": len(followed), "amount": total(followed, "amount")}
    campaigns = sorted({row["campaign"] for row in said}, key=lambda name: (_first(said, name), name), reverse=True)
    rows = [_campaign(book, name, [row for row in said if row["campaign"] == name]) for name in campaigns]
    return Sheet(figures, {"responses-by-month": _by_month(book)}, {"campaigns": rows})


def _pairs(rows: list[Row], answer: str) -> set[tuple[str, str]]:
    return {(row["campaign"], row["customer_id"]) for row in rows if row["answer"] == answer}


def _first(rows: list[Row], campaign: str) -> date:
    return min(row["day"] for row in rows if row["campaign"] == campaign)


def _followed(book: Book, rows: list[Row]) -> list[Row]:
    """Orders on the day of an accepted answer, or in the 14 days after it, each once."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for row in rows:
        if row["answer"] == "accepted":
            days[row["customer_id"]].append(row["day"])
    return [
        order
        for order in book.sales
        if any(day <= order["ordered_at"] <= day + timedelta(days=14) for day in days[order["customer_id"]])
    ]


def _campaign(book: Book, name: str, rows: list[Row]) -> tuple[Any, ...]:
    asked = {row["customer_id"] for row in rows}
    counts = [len(_pairs(rows, answer)) for answer in ANSWERS]
    followed = _followed(book, rows)
    gone = {row["customer_id"] for row in rows if row["answer"] in ANSWERS[2:]}
    return (
        name, _first(rows, name), len(asked), *counts, per_cent(counts[0], len(asked)),
        per_cent(len(gone), len(asked)), len(followed), total(followed, "amount") or Decimal("0.00"),
    )  # fmt: skip


def _by_month(book: Book) -> tuple[list[str], dict[str, list[Decimal | None]]]:
    """This month and the eleven before: the answers of each, once for each customer and campaign."""
    months = months_of(book.today)
    accepted: list[Decimal | None] = []
    gone: list[Decimal | None] = []
    for month in months:
        rows = [row for row in book.rows("responses") if row["day"] <= book.today and f"{row['day']:%Y-%m}" == month]
        asked = {(row["campaign"], row["customer_id"]) for row in rows}
        lost = {pair for answer in ANSWERS[2:] for pair in _pairs(rows, answer)}
        accepted.append(per_cent(len(_pairs(rows, "accepted")), len(asked)))
        gone.append(per_cent(len(lost), len(asked)))
    return months, {"Accepted": accepted, "Refused, came back or unsubscribed": gone}


def months_of(today: date) -> list[str]:
    """This month and the eleven before it."""
    number = today.year * 12 + today.month - 1
    return [f"{(number - back) // 12}-{(number - back) % 12 + 1:02}" for back in reversed(range(12))]
