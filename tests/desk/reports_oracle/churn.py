"""Reckon again: the loss of a year by group, and who orders again quarter by quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.desk.reports_oracle.book import LEAST, YEAR, Book, Sheet, per_cent, total
from tests.desk.reports_oracle.leaving import customers_on, lost_on_day
from tests.desk.sample import project, tables


def sheet(book: Book) -> Sheet:
    """Rates of loss, all and by group, and the cohorts."""
    then = book.back(YEAR)
    held = customers_on(book, then)
    gone = {who for who in held if lost_on_day(book, who, book.today)}
    groups = _groups(book, held, gone, then)
    rate = {(row[0], row[1]): row[4] for row in groups}
    figures = {
        "loss-rate": per_cent(len(gone), len(held)),
        "loss-new": rate["New or old", "new"],
        "loss-old": rate["New or old", "old"],
        "loss-final": rate["Place in the trade", "final"],
        "loss-intermediate": rate["Place in the trade", "intermediate"],
    }
    shown = [row for row in groups if row[0] in ("New or old", "Place in the trade", "Tier of spending", "Region")]
    cohorts = _cohorts(book)
    chart = ([f"{row[0]}: {row[1]}" for row in shown], {"Lost": [row[4] for row in shown]})
    return Sheet(figures, {"groups": chart, "cohorts": _lines(cohorts)}, {"groups": groups, "cohorts": cohorts})


def _groups(book: Book, held: Sequence[str], gone: set[str], then: date) -> list[tuple[Any, ...]]:
    year_before = then - timedelta(days=YEAR)
    regions = {row["store_id"]: row["region"] for row in tables()["stores"]}

    def spent(who: str) -> Decimal:
        return total([row for row in book.sales_of[who] if row["ordered_at"] <= then], "amount")

    def tier(who: str) -> str | None:
        reached = [one.name for one in project().programme.tiers if spent(who) >= one.threshold]
        return reached[-1] if reached else None

    by: dict[str, tuple[Sequence[str], Callable[[str], Any]]] = {
        "New or old": (
            ("new", "old"), lambda who: "new" if book.sales_of[who][0]["ordered_at"] > year_before else "old",
        ),
        "Place in the trade": (
            ("final", "intermediate"),
            lambda who: "final" if book.customers[who]["type"] == "final" else "intermediate",
        ),
        "Tier of spending": (tuple(one.name for one in project().programme.tiers), tier),
        "Region": (
            sorted({str(region) for region in regions.values()}),
            lambda who: regions.get(book.customers[who]["store_id"] or ""),
        ),
    }  # fmt: skip
    stores = {row["store_id"]: row["name"] for row in tables()["stores"]}
    by |= {
        "Store": (sorted(stores.values()), lambda who: stores.get(book.customers[who]["store_id"] or "")),
        "Age": (tuple(_AGES), lambda who: _age(book.customers[who]["birthday"], book.today)),
        "Gender": (("female", "male"), lambda who: book.customers[who]["gender"]),
    }
    rows = []
    for name, (order, group) in by.items():
        found: defaultdict[str, list[str]] = defaultdict(list)
        for who in held:
            found[group(who)].append(who)
        rows += [_row(name, one, found[one], gone) for one in order if len(found[one]) >= LEAST]
    return rows


_AGES = {"under 30": 30, "30 to 44": 45, "45 to 59": 60, "60 and over": 999}


def _age(born: date | None, day: date) -> str | None:
    """The group of somebody's age on a day."""
    if born is None:
        return None
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next(name for name, below in _AGES.items() if years < below)


def _row(by: str, group: str, held: Sequence[str], gone: set[str]) -> tuple[Any, ...]:
    lost = sum(who in gone for who in held)
    return by, group, len(held), lost, per_cent(lost, len(held))


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _cohorts(book: Book) -> list[tuple[Any, ...]]:
    over = _quarter(book.today) - 1
    found: defaultdict[int, list[set[int]]] = defaultdict(list)
    for rows in book.sales_of.values():
        found[_quarter(rows[0]["ordered_at"])].append({_quarter(row["ordered_at"]) for row in rows})
    first = max(min(found), over - 12)
    width = over - first
    return [
        (
            f"{quarter // 4} Q{quarter % 4 + 1}",
            len(found[quarter]),
            *(
                per_cent(sum(quarter + after in days for days in found[quarter]), len(found[quarter]))
                if quarter + after <= over
                else None
                for after in range(1, width + 1)
            ),
        )
        for quarter in range(first, over)
        if found[quarter]
    ]


def _lines(cohorts: Sequence[tuple[Any, ...]]) -> tuple[list[str], dict[str, list[Any]]]:
    """All of them together, the oldest, and the last three: each share again from its count."""
    width = len(cohorts[0]) - 2
    named: dict[str, list[Any]] = {"All": [_all(cohorts, place + 2) for place in range(width)]}
    named |= {row[0]: list(row[2:]) for row in (cohorts[0], *cohorts[-3:])}
    return [str(number + 1) for number in range(width)], named


def _all(cohorts: Sequence[tuple[Any, ...]], place: int) -> Decimal | None:
    """The share of all whose quarter is over; of each cohort the count that its share means."""
    known = [row for row in cohorts if row[place] is not None]
    again = sum(int((row[place] * row[1] / 100).to_integral_value()) for row in known)
    return per_cent(again, sum(row[1] for row in known))
