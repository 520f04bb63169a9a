"""Reckon again: goods that nobody buys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import Book, Row, Sheet, per_cent, rounded
from tests.desk.sample import tables

DAYS = 90


def sheet(book: Book) -> Sheet:
    """Products in stock without a sale in ninety days."""
    sold: dict[str, Any] = {}
    orders = {
        row["order_id"]: row["ordered_at"]
        for row in tables()["orders"]
        if row["ordered_at"] <= book.today and row["status"] not in ("returned", "cancelled")
    }
    for line in tables()["order_lines"]:
        if line["order_id"] in orders:
            sold[line["product_id"]] = max(
                orders[line["order_id"]], sold.get(line["product_id"], orders[line["order_id"]])
            )
    stocked = [row for row in tables()["products"] if (row["stock"] or 0) > 0]
    lying = [
        row
        for row in stocked
        if (row["launched_on"] is None or row["launched_on"] < book.back(DAYS - 1))
        and (row["product_id"] not in sold or not book.lately(sold[row["product_id"]], DAYS))
    ]
    value, whole = (sum((_value(row) for row in rows), Decimal(0)) for rows in (lying, stocked))
    ranked = sorted(lying, key=lambda row: (-_value(row), row["product_id"]))
    figures = {
        "unsold": len(lying),
        "unsold-share": per_cent(len(lying), len(stocked)),
        "value": rounded(value),
        "value-share": per_cent(value, whole),
    }
    chart = ([row["name"] for row in ranked], {"Stock value": [_value(row) for row in ranked]})
    rows = []
    for row in ranked:
        last = sold.get(row["product_id"])
        days = (book.today - (last or row["launched_on"])).days
        proposal = "the members' area shows it; tell its story, or name a price for members"
        rows.append((row["product_id"], row["name"], row["group"], row["stock"], _value(row), last, row["launched_on"],
                     days, proposal))  # fmt: skip
    return Sheet(figures, {"unsold": chart}, {"unsold": rows})


def _value(row: Row) -> Decimal:
    return Decimal(row["stock"]) * (row["cost"] if row["cost"] is not None else row["price"] or Decimal(0))
