"""Reckon again: word of mouth, by the texts' 1:25:8:1 and by the referrals that there were."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import ANYTHING, Book, Sheet, per_cent, rounded, total
from tests.desk.reports_oracle.satisfaction import latest_scores
from tests.desk.sample import tables

HEAR, WANT, BUY = 25, 8, 1


def sheet(book: Book) -> Sheet:
    """Who speaks well and ill of us, whom that reaches, and what came of it."""
    content, cross = _content(book)
    brought = [row for row in tables()["referrals"] if book.lately(row["day"]) and row["referred_id"] in book.customers]
    ordered = [row for row in brought if row["referred_id"] in book.sales_of]
    complaints = [row for row in book.rows("complaints") if book.lately(row["opened_on"])]
    sold = total([row for row in book.sales if book.lately(row["ordered_at"])], "amount")
    figures = {
        "satisfied": len(content),
        "dissatisfied": len(cross),
        "expected": len(content) * 25 // 100,
        "referrals": len(brought),
        "ordered": len(ordered),
        "per-hundred": per_cent(len(ordered), len(content)),
        "complaints": len(complaints),
        "silent": len(complaints) * 20,
        "silent-at-most": len(complaints) * 200,
        "sales-gain": rounded(sold * 40 / 100),
    }
    steps = [[len(who) * times for times in (HEAR, WANT, BUY)] for who in (content, cross)]
    chart = (
        ["Hear of it", "Come to want it, or not", "Buy, or don't"],
        {"By the satisfied": steps[0], "By the dissatisfied": steps[1]},
    )
    rows: Sequence[tuple[Any, ...]] = [
        ("Customers", len(content), len(cross), ANYTHING),
        *((name, good, bad, ANYTHING) for name, good, bad in zip(chart[0], *steps, strict=True)),
        ("Friends and relatives behind them", len(content) * 250, len(cross) * 250, ANYTHING),
    ]
    return Sheet(figures, {"chain": chart}, {"chain": rows})


def _content(book: Book) -> tuple[set[str], set[str]]:
    """By the last answers and the last evaluation; who said both is dissatisfied."""
    answered = {who: score for who, (_, score) in latest_scores(book).items()}
    evaluated = [row for row in book.rows("orders") if row["rating"] and row["ordered_at"] <= book.today]
    rated = {
        row["customer_id"]: Decimal(row["rating"])
        for row in sorted(evaluated, key=lambda row: (row["ordered_at"], row["order_id"]))
    }
    waits = {
        row["customer_id"]
        for row in book.rows("complaints")
        if row["opened_on"] <= book.today and (row["solved_on"] is None or row["solved_on"] > book.today)
    }
    cross = waits | {who for of in (answered, rated) for who, score in of.items() if score <= 2}
    return {who for of in (answered, rated) for who, score in of.items() if score >= 4} - cross, cross
