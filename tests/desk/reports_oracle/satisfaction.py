"""Reckon again: who is satisfied, who buys again, and whom mending brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import LEAST, YEAR, Book, Row, Sheet, per_cent, rounded, total
from tests.desk.reports_oracle.leaving import lost_day
from tests.desk.sample import tables

FACTORS = {
    "quality": "Product quality",
    "service": "Service",
    "price": "Price",
    "innovation": "Innovation",
    "image": "Image",
}
AGAIN = 180


def sheet(book: Book) -> Sheet:
    """Figures, the way from satisfied to buying again, the five factors, recovery."""
    latest = latest_scores(book)
    satisfied = {who: day for who, (day, score) in latest.items() if score >= 4}
    again = {
        who
        for who, day in satisfied.items()
        if any(day < row["ordered_at"] <= day + timedelta(days=YEAR) for row in book.sales_of.get(who, ()))
    }
    late = {who for who, day in satisfied.items() if who not in again and (book.today - day).days > YEAR}
    scores = [row for row in answers(book) if book.lately(row["answered_on"]) and row["factor"]]
    gone = [who for who in book.sales_of if (day := lost_day(book, who, book.today)) and book.lately(day)]
    silent = [who for who in gone if _silent(book, who)]
    groups = _recovery(book)
    figures = {
        "satisfied": per_cent(len(satisfied), len(latest)),
        "answered": len(latest),
        "rebuying": per_cent(len(again), len(satisfied)),
        "waiting": len(set(satisfied) - again - late),
        "trapped": len(late),
        "beyond": per_cent(sum(row["score"] == 5 for row in scores), len(scores)),
        "again-solved": groups[0][3],
        "again-never": groups[1][3],
        "again-unsolved": groups[2][3],
        "silent": per_cent(len(silent), len(gone)),
    }
    factors = _factors(scores)
    charts = {
        "trap": (
            ["Answered", "Satisfied", "Satisfied and bought again"],
            {"Customers": [len(latest), len(satisfied), len(again)]},
        ),
        "factors": ([row[0] for row in factors], {"Average score": [row[3] for row in factors]}),
        "recovery": ([row[0] for row in groups], {"Bought again": [row[3] for row in groups]}),
    }
    grids = {"factors": factors, "recovery": groups, "trapped": _trapped(book, latest, set(satisfied) - again)}
    return Sheet(figures, charts, grids)


def answers(book: Book) -> list[Row]:
    """Answers with a score that one knows of."""
    return [row for row in book.rows("survey_answers") if row["answered_on"] <= book.today and row["score"]]


def latest_scores(book: Book) -> dict[str, tuple[date, Decimal]]:
    """The latest day on which each customer gave scores, and their average."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in answers(book):
        found[row["customer_id"]].append(row)
    latest = {}
    for who, rows in found.items():
        day = max(row["answered_on"] for row in rows)
        given = [row["score"] for row in rows if row["answered_on"] == day]
        latest[who] = (day, Decimal(sum(given)) / len(given))
    return latest


def worth(book: Book, who: str) -> Decimal:
    """The amount of the orders of the 365 days that ended with the last one."""
    last = book.last_order(who)
    if last is None:
        return Decimal(0)
    return total([row for row in book.sales_of[who] if row["ordered_at"] > last - timedelta(days=YEAR)], "amount")


def _silent(book: Book, who: str) -> bool:
    """From the last order on: no complaint, no answer, no contact that they began, no reason."""
    since, person = book.last_order(who), book.customers[who]
    if person["lost_reason"] and person["lost_on"] and person["lost_on"] <= book.today:
        return False
    told = [("complaints", "opened_on"), ("survey_answers", "answered_on"), ("contacts", "at")]
    return not any(
        row["customer_id"] == who
        and since <= row[day] <= book.today
        and (table != "contacts" or row["direction"] == "in")
        for table, day in told
        for row in tables()[table]
    )


def _recovery(book: Book) -> list[tuple[Any, ...]]:
    last = book.back(AGAIN)
    first = last - timedelta(days=729)

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= last

    complained: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(book.rows("complaints"), key=lambda row: (row["opened_on"], row["complaint_id"])):
        if row["opened_on"] <= book.today:
            complained[row["customer_id"]].append(row)
    solved: list[tuple[str, date]] = []
    unsolved: list[tuple[str, date]] = []
    for who, rows in complained.items():
        events = [(_result(row, book.today) or row["opened_on"], row) for row in rows]
        inside = [(day, row) for day, row in events if within(day)]
        if inside:
            day, row = inside[0]
            (solved if _result(row, book.today) else unsolved).append((who, day))
    never = [
        (who, next(row["ordered_at"] for row in rows if within(row["ordered_at"])))
        for who, rows in book.sales_of.items()
        if who not in complained and any(within(row["ordered_at"]) for row in rows)
    ]
    named = (
        ("Complaint solved, customer content", solved),
        ("Never complained", never),
        ("Complaint not solved, or not to their content", unsolved),
    )
    return [_again(book, name, events) for name, events in named]


def _result(row: Row, today: date) -> date | None:
    """The day on which a complaint was solved to the customer's content."""
    known = row["solved_on"] is not None and row["solved_on"] <= today
    return row["solved_on"] if known and row["satisfied"] else None


def _again(book: Book, name: str, events: Sequence[tuple[str, date]]) -> tuple[Any, ...]:
    again = sum(
        any(day < row["ordered_at"] <= day + timedelta(days=AGAIN) for row in book.sales_of.get(who, ()))
        for who, day in events
    )
    if len(events) < LEAST:
        return name, len(events), None, None
    return name, len(events), again, per_cent(again, len(events))


def _factors(scores: Sequence[Row]) -> list[tuple[Any, ...]]:
    rows = []
    for factor, name in FACTORS.items():
        mine = [row for row in scores if row["factor"] == factor]
        if len({row["customer_id"] for row in mine}) >= LEAST:
            given = [row["score"] for row in mine]
            average = rounded(Decimal(sum(given)) / len(given))
            beyond, low = (per_cent(sum(test(score) for score in given), len(given)) for test in (_beyond, _low))
            rows.append((name, len({row["customer_id"] for row in mine}), len(mine), average, beyond, low))
    return rows


def _beyond(score: int) -> bool:
    return score == 5


def _low(score: int) -> bool:
    return score <= 2


def _trapped(book: Book, latest: Mapping[str, tuple[date, Decimal]], waiting: set[str]) -> list[tuple[Any, ...]]:
    rows = [
        (who, book.name(who), book.adviser(who), worth(book, who), rounded(latest[who][1]), latest[who][0],
         book.last_order(who))
        for who in waiting
        if (book.today - latest[who][0]).days >= AGAIN
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[3], row[0]))[:100]
