"""Reckon again: contacts, duties, promises and scores of each adviser, and the league."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.duty import Standing
from tests.desk.oracle import instances, standing
from tests.desk.reports_oracle.book import LEAST, Book, Row, Sheet, per_cent, rounded
from tests.desk.reports_oracle.satisfaction import answers, latest_scores
from tests.desk.sample import project, shop, tables

CHANNELS = {
    "call": "Calls",
    "visit": "Visits",
    "mail": "Mails",
    "text": "Texts",
    "card": "Cards",
    "shop": "In the shop",
}
WARM = ("greeting", "thanks", "chat")


def sheet(book: Book) -> Sheet:
    """Figures of this month until today, contacts, care, and the league that is on."""
    first = book.today.replace(day=1)
    made = contacts(book, first, book.today)
    duties = due_in(book.today, first, book.today)
    promised = promises(book)
    scores = [score for given in last_scores(book).values() for score in given]
    figures = {
        "contacts": len(made),
        "reached": sum(_reached(row) for row in made),
        "visits": sum(_visit(row) for row in made),
        "emotional": sum(row["subject"] in WARM for row in made),
        "in-time": share_in_time(duties, book.today),
        "score": rounded(Decimal(sum(scores)) / len(scores)) if scores else None,
        "promises-kept": per_cent(sum(_kept(row) for row in promised), len(promised)),
    }
    before = month_before_of(book)
    rows = [_contacts(book, who, made, before) for who in sorted(book.advisers)]
    care = [_care(book, who) for who in sorted(book.advisers)]
    names = [row[0] for row in rows]
    chart = (names, {title: [row[8 + place] for row in rows] for place, title in enumerate(CHANNELS.values())})
    grids = {"contacts": rows, "care": care}
    for league in project().programme.reports.maintenance:
        if league.first <= book.today <= league.last:
            grids[f"league-{league.first}"] = _league(book, league.first, min(league.last, book.today))
    return Sheet(figures, {"contacts": chart}, grids)


def contacts(book: Book, first: date, last: date) -> list[Row]:
    """Contacts that the shop began."""
    return [row for row in book.rows("contacts") if row["direction"] == "out" and first <= row["at"] <= last]


def month_before_of(book: Book) -> list[Row]:
    """The contacts of the month before, until the same day."""
    last = book.today.replace(day=1) - timedelta(days=1)
    return contacts(book, last.replace(day=1), last.replace(day=min(book.today.day, last.day)))


def due_in(today: date, first: date, last: date) -> list[dict[str, Any]]:
    """The duties that were due between two days."""
    return [row for row in instances(shop(today), project().programme.duties) if first <= row["due"] <= last]


def promises(book: Book) -> list[Row]:
    """Promises with an adviser's name that were due in the 365 days until yesterday."""
    return [
        row
        for row in tables()["promises"]
        if row["adviser_id"] and book.back(365) <= row["due_on"] < book.today and row["made_on"] <= book.today
    ]


def last_scores(book: Book) -> dict[str, list[int]]:
    """What each customer with an adviser gave on the latest day on which they answered."""
    latest = latest_scores(book)
    return {
        who: [row["score"] for row in answers(book) if (row["customer_id"], row["answered_on"]) == (who, day)]
        for who, (day, _) in latest.items()
        if book.customers[who]["adviser_id"] in book.advisers
    }


def _reached(row: Row) -> bool:
    return row["outcome"] != "not-reached"


def _visit(row: Row) -> bool:
    return row["channel"] == "visit" and _reached(row)


def _kept(row: Row) -> bool:
    return row["kept_on"] is not None and row["kept_on"] <= row["due_on"]


def _store(who: str) -> str | None:
    stores = {row["store_id"]: row["name"] for row in tables()["stores"]}
    return next(stores[row["store_id"]] for row in tables()["advisers"] if row["adviser_id"] == who)


def _contacts(book: Book, who: str, made: Sequence[Row], before: Sequence[Row]) -> tuple[Any, ...]:
    mine, earlier = ([row for row in rows if row["adviser_id"] == who] for rows in (made, before))
    first = book.today.replace(day=1)
    asked = [
        row
        for row in book.rows("contacts")
        if (row["adviser_id"], row["direction"]) == (who, "in") and first <= row["at"] <= book.today
    ]
    return (
        book.advisers[who], _store(who), len(mine), len(earlier), sum(map(_reached, mine)), sum(map(_visit, mine)),
        sum(map(_visit, earlier)), sum(row["subject"] in WARM for row in mine),
        *(sum(row["channel"] == channel for row in mine) for channel in CHANNELS), len(asked),
    )  # fmt: skip


def _care(book: Book, who: str) -> tuple[Any, ...]:
    first = book.today.replace(day=1)
    every = [row for row in instances(shop(book.today), project().programme.duties) if row["adviser_id"] == who]
    states = [(row, standing(row, book.today)) for row in every]
    due = [(row, state) for row, state in states if first <= row["due"] <= book.today]
    done = [row for row, state in due if state is Standing.DONE]
    given = {one: score for one, score in last_scores(book).items() if book.customers[one]["adviser_id"] == who}
    promised = [row for row in promises(book) if row["adviser_id"] == who]
    return (
        book.advisers[who],
        sum(row["done_on"] <= row["due"] for row in done),
        sum(row["done_on"] > row["due"] for row in done),
        sum(state is Standing.LATE for _, state in states),
        sum(state in (Standing.OPEN, Standing.TODAY) for _, state in states),
        sum(state is Standing.EXCUSED for _, state in due),
        _score(given),
        len(given),
        len(promised),
        per_cent(sum(map(_kept, promised)), len(promised)),
    )


def _score(given: Mapping[str, Sequence[int]]) -> Decimal | None:
    if len(given) < LEAST:
        return None
    scores = [score for of_one in given.values() for score in of_one]
    return rounded(Decimal(sum(scores)) / len(scores))


def _league(book: Book, first: date, last: date) -> list[tuple[Any, ...]]:
    made = contacts(book, first, last)
    duties = due_in(book.today, first, last)
    judged: dict[str, list[Any]] = {}
    for who in sorted(book.advisers):
        mine = [row for row in made if row["adviser_id"] == who]
        given = {one: score for one, score in last_scores(book).items() if book.customers[one]["adviser_id"] == who}
        judged[who] = [
            len({row["customer_id"] for row in mine if _reached(row)}),
            len({row["customer_id"] for row in mine if _visit(row)}),
            share_in_time([row for row in duties if row["adviser_id"] == who], book.today),
            _score(given),
        ]
    places = {who: [_place(judged, place, found) for place, found in enumerate(of)] for who, of in judged.items()}
    sums = {who: sum(of) for who, of in places.items()}
    ranked = sorted(sums, key=lambda who: (sums[who], who))
    return [
        (
            sum(other < sums[who] for other in sums.values()) + 1, book.advisers[who], _store(who), sums[who],
            *judged[who], " + ".join(map(str, places[who])),
        )
        for who in ranked
    ]  # fmt: skip


def share_in_time(duties: Sequence[Row], today: date) -> Decimal | None:
    done = [row for row in duties if standing(row, today) is Standing.DONE]
    late = [row for row in duties if standing(row, today) is Standing.LATE]
    return per_cent(sum(row["done_on"] <= row["due"] for row in done), len(done) + len(late))


def _place(judged: Mapping[str, Sequence[Any]], place: int, found: Any) -> int:
    known = [of[place] for of in judged.values() if of[place] is not None]
    return len(known) + 1 if found is None else sum(other > found for other in known) + 1
