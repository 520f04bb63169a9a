"""The sample's rows as of a day, and the plain sums of them that several reports need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, TypeAlias

from tests.desk.sample import tables

Row: TypeAlias = Mapping[str, Any]
HOUSE = ("staff", "owner")
UNDONE = ("returned", "cancelled")
YEAR = 365
LOST_AFTER, WARNED_AFTER, YEARS, MARGIN, LEAST = 365, 180, 10, Decimal(10), 5
"""What content/programme/reports.yaml sets."""
LOST_ON = LOST_AFTER + 1
"""Who has not ordered for 365 days is lost on the day after these."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as the oracle reckons it: figures by name, the series of each chart, the rows of each table."""

    figures: Mapping[str, Any]
    charts: Mapping[str, tuple[Sequence[str], Mapping[str, Sequence[Any]]]] = field(default_factory=dict)
    grids: Mapping[str, Sequence[tuple[Any, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """The customer file as one knows it on a day."""

    today: date

    def back(self, days: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=days)

    def lately(self, day: date | None, days: int = YEAR) -> bool:
        """Whether a day lies in the so many days that end today, today included."""
        return day is not None and self.today - timedelta(days=days) < day <= self.today

    @cached_property
    def customers(self) -> Mapping[str, Row]:
        """All who are not of the house, by number."""
        return {row["customer_id"]: row for row in tables()["customers"] if row["class"] not in HOUSE}

    @cached_property
    def sales(self) -> Sequence[Row]:
        """Orders that stand, have happened, and were not the house's own; each with a profit."""
        return [
            {**row, "profit": row["amount"] * MARGIN / 100 if row["profit"] is None else row["profit"]}
            for row in tables()["orders"]
            if row["ordered_at"] <= self.today and row["status"] not in UNDONE and row["customer_id"] in self.customers
        ]

    @cached_property
    def sales_of(self) -> Mapping[str, Sequence[Row]]:
        """The sales of each customer, in the order of their days."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.sales, key=lambda row: (row["ordered_at"], row["order_id"])):
            found[row["customer_id"]].append(row)
        return found

    def last_order(self, customer: str) -> date | None:
        """The day of the last sale."""
        return self.sales_of[customer][-1]["ordered_at"] if customer in self.sales_of else None

    def name(self, customer: str) -> str:
        """How the house writes somebody's name."""
        return written(self.customers[customer])

    def adviser(self, customer: str) -> str | None:
        """The name of who looks after a customer."""
        return self.advisers.get(self.customers[customer]["adviser_id"] or "")

    @cached_property
    def advisers(self) -> Mapping[str, str]:
        """The advisers' names."""
        return {row["adviser_id"]: written(row) for row in tables()["advisers"]}

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that belong to customers who are not of the house."""
        return [row for row in tables()[table] if row["customer_id"] in self.customers]


def written(row: Row) -> str:
    """First name and last name; the family's name first, and no space between, where they are Chinese."""
    first, last = row["first_name"] or "", row["last_name"] or ""
    if any("\u4e00" <= sign <= "\u9fff" for sign in last + first):
        return last + first
    return f"{first} {last}".strip()


def per_cent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A share in per cent, one place."""
    return rounded(Decimal(part) * 100 / Decimal(whole), "0.1") if whole else None


def rounded(number: Decimal, step: str = "0.01") -> Decimal:
    """A half goes up."""
    return number.quantize(Decimal(step), ROUND_HALF_UP)


def total(rows: Iterable[Row], column: str) -> Decimal:
    """The sum of a column."""
    return sum((row[column] or Decimal(0) for row in rows), Decimal(0))


def month_before(day: date) -> date:
    """The same day of the month before, or its last."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


class _Anything:
    """Equal to whatever stands there: words of a definition, which nobody can reckon again."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANYTHING = _Anything()
