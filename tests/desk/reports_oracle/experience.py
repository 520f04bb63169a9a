"""Reckon again: the six factors, the couriers, and goods with defects."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import Book, Row, Sheet, per_cent, rounded
from tests.desk.reports_oracle.responses import months_of
from tests.desk.sample import tables

FACTORS = {
    "attitude": "Attitude of the service",
    "slow-response": "Slow response",
    "quality": "Product quality",
    "delivery-speed": "Speed of the delivery",
    "courier-attitude": "Attitude of the courier",
    "added-value": "Added value",
}
LATE, MOST_DAYS = 5, 180


def sheet(book: Book) -> Sheet:
    """Figures, months by factor, couriers, goods."""
    months = months_of(book.today)
    known = [row for row in tables()["complaints"] if row["opened_on"] <= book.today]
    lately = [row for row in known if f"{row['opened_on']:%Y-%m}" >= months[0]]
    counts = {name: sum(row["factor"] == factor for row in lately) for factor, name in FACTORS.items()}
    worst = max(counts, key=lambda name: (counts[name], -list(counts).index(name)))
    parcels = [
        row
        for row in tables()["orders"]
        if book.lately(row["ordered_at"], MOST_DAYS) and row["courier"] and row["status"] != "cancelled"
    ]
    told = _told(known)
    arrived = [row for row in parcels if _arrived(row, book)]
    days = sum((row["delivered_on"] - row["ordered_at"]).days for row in arrived)
    figures = {
        "complaints": len(lately),
        "worst": worst,
        "worst-share": per_cent(counts[worst], len(lately)),
        "on-the-way": counts["Speed of the delivery"] + counts["Attitude of the courier"],
        "parcels": len(parcels),
        "trouble": per_cent(sum(_trouble(row, told) for row in parcels), len(parcels)),
        "days": rounded(Decimal(days) / len(arrived), "0.1"),
        "late": per_cent(sum(_late(row, book) for row in parcels), len(parcels)),
    }
    by_month = {
        name: [sum(row["factor"] == factor and f"{row['opened_on']:%Y-%m}" == month for row in lately)
               for month in months]
        for factor, name in FACTORS.items()
    }  # fmt: skip
    factors = [(name, *found, sum(found), per_cent(sum(found), len(lately))) for name, found in by_month.items()]
    couriers = _couriers(book, parcels, told)
    charts = {
        "factors-by-month": (months, by_month),
        "couriers": ([row[0] for row in couriers], {"Parcels that brought trouble": [row[6] for row in couriers]}),
    }
    return Sheet(figures, charts, {"factors": factors, "couriers": couriers, "defects": _defects(book, known)})


def _told(complaints: list[Row]) -> dict[str, set[str]]:
    """What was complained of about each order."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in complaints:
        if row["order_id"]:
            found[row["order_id"]].add(row["factor"])
    return found


def _arrived(row: Row, book: Book) -> bool:
    return row["delivered_on"] is not None and row["delivered_on"] <= book.today


def _trouble(row: Row, told: dict[str, set[str]]) -> bool:
    spoken = told.get(row["order_id"], set()) & {"delivery-speed", "courier-attitude"}
    return bool(spoken) or (row["rating"] is not None and row["rating"] <= 2)


def _late(row: Row, book: Book) -> bool:
    by = row["ordered_at"] + timedelta(days=LATE)
    return row["delivered_on"] > by if _arrived(row, book) else by < book.today


def _couriers(book: Book, parcels: list[Row], told: dict[str, set[str]]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for courier in {row["courier"] for row in parcels}:
        mine = [row for row in parcels if row["courier"] == courier]
        arrived = [row for row in mine if _arrived(row, book)]
        days = sum((row["delivered_on"] - row["ordered_at"]).days for row in arrived)
        trouble = sum(_trouble(row, told) for row in mine)
        rows.append((
            courier, len(mine),
            sum("delivery-speed" in told.get(row["order_id"], ()) for row in mine),
            sum("courier-attitude" in told.get(row["order_id"], ()) for row in mine),
            sum(row["rating"] is not None and row["rating"] <= 2 for row in mine),
            trouble, per_cent(trouble, len(mine)),
            rounded(Decimal(days) / len(arrived), "0.1") if arrived else None,
            per_cent(sum(_late(row, book) for row in mine), len(mine)),
        ))  # fmt: skip
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _defects(book: Book, complaints: list[Row]) -> list[tuple[Any, ...]]:
    told = {row["order_id"] for row in complaints if row["factor"] == "quality"}
    orders = {
        row["order_id"]: row
        for row in tables()["orders"]
        if book.lately(row["ordered_at"]) and row["status"] != "cancelled"
    }
    of_goods: defaultdict[str, set[str]] = defaultdict(set)
    for line in tables()["order_lines"]:
        if line["order_id"] in orders and line["product_id"]:
            of_goods[line["product_id"]].add(line["order_id"])
    names = {row["product_id"]: row["name"] for row in tables()["products"]}
    rows = []
    for product, ids in of_goods.items():
        back = {one for one in ids if orders[one]["status"] == "returned"}
        low = {one for one in ids if orders[one]["rating"] and orders[one]["rating"] <= 2}
        bad = back | (ids & told)
        counts = (len(ids), len(back), len(ids & told), len(bad))
        if bad:
            rows.append((product, names[product], *counts, per_cent(len(bad), len(ids)), len(low)))
    return sorted(rows, key=lambda row: (-row[5], -row[7], row[2], row[0]))[:20]
