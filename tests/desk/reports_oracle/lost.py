"""Reckon again: whom we lost, when, why, and what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import YEAR, YEARS, Book, Sheet, per_cent, rounded, total
from tests.desk.reports_oracle.leaving import customers_on, lost_day, lost_on_day
from tests.desk.reports_oracle.reach import suppressed
from tests.desk.sample import tables

CAUSES = (
    "said why at a goodbye",
    "a complaint that was open or ended badly",
    "an evaluation of 2 stars or fewer",
    "goods that came back",
    "wanted no more letters, or can't be reached",
    "silent, nobody knows",
)


def sheet(book: Book) -> Sheet:
    """The register, why they left, and the figures over a year."""
    register = [_lost(book, who) for who in book.sales_of if lost_on_day(book, who, book.today)]
    lately = [one for one in register if book.lately(one["lost"])]
    causes = Counter(one["cause"] for one in lately)
    then = customers_on(book, book.back(YEAR))
    gone = [who for who in then if lost_on_day(book, who, book.today)]
    figures = {
        "lost-in-a-year": len(lately),
        "lost-ever": len(register),
        "spent": total(lately, "spent"),
        "profit": total(lately, "profit"),
        "to-come": rounded(total(lately, "to-come")),
        "silent": per_cent(causes[CAUSES[-1]], len(lately)),
        "loss-rate": per_cent(len(gone), len(then)),
    }
    names = ("customer", "name", "adviser", "lost", "cause", "words", "last", "orders", "spent", "profit", "years",
             "to-come")  # fmt: skip
    ranked = sorted(register, key=lambda one: (-one["to-come"], one["customer"]))
    said = Counter(one["words"] for one in register if one["words"])
    grids: dict[str, Sequence[tuple[Any, ...]]] = {
        "register": [tuple(one[name] for name in names) for one in ranked[:100]],
        "causes": [_cause(lately, cause) for cause in CAUSES if causes[cause] or cause == CAUSES[-1]],
        "words": sorted(said.items(), key=lambda one: (-one[1], one[0])),
        "elsewhere": [],
    }
    charts = {"causes": (CAUSES, {"Customers": [causes[cause] for cause in CAUSES]})}
    return Sheet(figures, charts, grids)


def _lost(book: Book, who: str) -> dict[str, Any]:
    bought, person = book.sales_of[who], book.customers[who]
    day = lost_day(book, who, book.today)
    last = bought[-1]["ordered_at"]
    year = [row for row in bought if row["ordered_at"] > last - timedelta(days=YEAR)]
    stayed = (last - bought[0]["ordered_at"]).days // YEAR
    profit, years = total(year, "profit"), max(1, YEARS - stayed)
    assert day
    return {
        "customer": who,
        "name": book.name(who),
        "adviser": book.adviser(who),
        "lost": day,
        "cause": _why(book, who, last - timedelta(days=YEAR - 1), day),
        "words": person["lost_reason"] if person["lost_on"] and person["lost_on"] <= book.today else None,
        "last": last,
        "orders": len(year),
        "spent": total(year, "amount"),
        "profit": profit,
        "years": years,
        "to-come": profit * years,
    }


def _why(book: Book, who: str, first: date, lost: date) -> str:
    """The first of the causes of which the file knows."""
    person = book.customers[who]

    def mine(table: str, column: str) -> list[Any]:
        return [
            row
            for row in tables()[table]
            if row["customer_id"] == who and row[column] is not None and first <= row[column] <= lost
        ]

    badly = [
        row
        for row in mine("complaints", "opened_on")
        if row["solved_on"] is None or row["solved_on"] > lost or row["satisfied"] is False
    ]
    if person["lost_on"] and person["lost_on"] <= book.today and person["lost_reason"]:
        return CAUSES[0]
    if badly:
        return CAUSES[1]
    orders = mine("orders", "ordered_at")
    if any(row["rating"] and row["rating"] <= 2 for row in orders):
        return CAUSES[2]
    if any(row["status"] == "returned" for row in orders):
        return CAUSES[3]
    refused = [row for row in mine("responses", "day") if row["answer"] in ("unsubscribed", "bounced")]
    if refused or mine("consents", "withdrawn_on") or suppressed(person, first, lost):
        return CAUSES[4]
    return CAUSES[5]


def _cause(lately: Sequence[dict[str, Any]], cause: str) -> tuple[Any, ...]:
    of = [one for one in lately if one["cause"] == cause]
    sums = (total(of, "spent"), total(of, "profit"), total(of, "to-come"))
    return (cause, len(of), per_cent(len(of), len(lately)), *map(_two, sums))


def _two(number: Decimal) -> Decimal:
    return rounded(number)
