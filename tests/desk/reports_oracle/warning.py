"""Reckon again: who shows signs of leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import ANYTHING, WARNED_AFTER, YEAR, Book, Sheet, month_before, per_cent
from tests.desk.reports_oracle.satisfaction import answers, latest_scores, worth
from tests.desk.sample import tables

SIGNS = ("rhythm", "satisfaction", "complaint", "unsubscribed", "promise", "silence")
TITLES = ("Order rhythm broken", "Satisfaction fallen", "Complaint open", "Wants no more letters", "Promise broken",
          "No contact for long")  # fmt: skip
SAYS = (
    "no order for ",
    "latest scores ",
    "a complaint waits",
    "wants no more letters",
    "what was promised",
    "no contact for ",
)


def sheet(book: Book) -> Sheet:
    """Customers with signs, how many show each, and what a year of theirs is worth."""
    known, signs = _signs(book)
    warned = list(signs)
    counts, before = _counts(signs), _counts(_signs(Book(month_before(book.today)))[1])
    figures = {
        "warned": len(warned),
        "warned-share": per_cent(len(warned), len(known)),
        "at-stake": sum((worth(book, who) for who in warned), Decimal(0)),
        **counts,
    }
    ranked = sorted(warned, key=lambda who: (-worth(book, who), who))
    rows = [
        (who, book.name(who), book.adviser(who), worth(book, who), book.last_order(who), Says(tuple(signs[who])))
        for who in ranked[:100]
    ]
    grid = [(title, ANYTHING, counts[sign], before[sign]) for sign, title in zip(SIGNS, TITLES, strict=True)]
    chart = (TITLES, {"Customers": list(counts.values())})
    return Sheet(figures, {"signs": chart}, {"warned": rows, "signs": grid})


@dataclass(frozen=True, slots=True, eq=False)
class Says:
    """Equal to words that speak of these signs, and of no other."""

    signs: tuple[str, ...]

    def __eq__(self, words: object) -> bool:
        spoken = str(words).replace("never spoken with", SAYS[-1])
        found = tuple(sign for sign, says in zip(SIGNS, SAYS, strict=True) if says in spoken)
        return found == self.signs

    __hash__ = None  # type: ignore[assignment]


def _signs(book: Book) -> tuple[list[str], dict[str, list[str]]]:
    """Who is still here, and the signs of those who show one that counts alone."""
    known = [who for who in book.sales_of if _here(book, who)]
    every = {who: [sign for sign in SIGNS if _SHOWS[sign](book, who)] for who in known}
    return known, {who: found for who, found in every.items() if set(found) - {"silence"}}


def _counts(signs: dict[str, list[str]]) -> dict[str, int]:
    return {sign: sum(sign in found for found in signs.values()) for sign in SIGNS}


def _here(book: Book, who: str) -> bool:
    last, goodbye = book.last_order(who), book.customers[who]["lost_on"]
    said = goodbye is not None and goodbye <= book.today
    return last is not None and (book.today - last).days <= YEAR and not said


def _rhythm(book: Book, who: str) -> bool:
    days = sorted({row["ordered_at"] for row in book.sales_of[who]})
    since = (book.today - days[-1]).days
    if len(days) < 2 or since < WARNED_AFTER:
        return False
    return since * (len(days) - 1) > 2 * (days[-1] - days[0]).days


def _fallen(book: Book, who: str) -> bool:
    latest = latest_scores(book).get(who)
    if latest is None or not book.lately(latest[0]):
        return False
    before = [row["score"] for row in answers(book) if row["customer_id"] == who and row["answered_on"] < latest[0]]
    return latest[1] < 3 or (bool(before) and latest[1] <= Decimal(sum(before)) / len(before) - Decimal("0.5"))


def _complaint(book: Book, who: str) -> bool:
    return any(
        row["customer_id"] == who
        and row["opened_on"] <= book.today
        and (row["solved_on"] is None or row["solved_on"] > book.today)
        for row in tables()["complaints"]
    )


def _no_more(book: Book, who: str) -> bool:
    left = [row["day"] for row in tables()["responses"] if (row["customer_id"], row["answer"]) == (who, "unsubscribed")]
    taken = [row["withdrawn_on"] for row in tables()["consents"] if row["customer_id"] == who]
    return any(book.lately(day) for day in (*left, *taken))


def _promise(book: Book, who: str) -> bool:
    return any(
        row["customer_id"] == who
        and book.lately(row["due_on"])
        and row["due_on"] < book.today
        and (row["kept_on"] is None or row["kept_on"] > row["due_on"])
        for row in tables()["promises"]
    )


def _silence(book: Book, who: str) -> bool:
    days: Sequence[date] = [
        row["at"] for row in tables()["contacts"] if row["customer_id"] == who and row["at"] <= book.today
    ]
    return not days or (book.today - max(days)).days >= WARNED_AFTER


_SHOWS: dict[str, Any] = {
    "rhythm": _rhythm,
    "satisfaction": _fallen,
    "complaint": _complaint,
    "unsubscribed": _no_more,
    "promise": _promise,
    "silence": _silence,
}
