"""Reckon again: the plan's goals, its gatherings and its calendar. What is planned is handed in, as to the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.programme.reports.ground import Planned
from tests.desk.reports_oracle.book import ANYTHING, Book, Sheet
from tests.desk.sample import project, tables

UNITS = {"days-to-solve": " days"}


def sheet(book: Book, made: Mapping[str, Sheet], planned: Sequence[Planned]) -> Sheet:
    """`made` are the other reports of the day."""
    plan = project().programme.reports.plan
    actual = [made[goal.report].figures[goal.figure] for goal in plan.goals]
    reached = [
        value is not None and (value >= goal.number if goal.at_least else value <= goal.number)
        for goal, value in zip(plan.goals, actual, strict=True)
    ]
    year = book.today.year
    gatherings = [row["starts_at"].date() for row in tables()["events"] if row["vip"] and row["starts_at"].year == year]
    calendar = _calendar(year, planned)
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    figures = {
        "reached": sum(reached),
        "goals": len(plan.goals),
        "gatherings": len(gatherings),
        "held": sum(day <= book.today for day in gatherings),
        "this-month": sum(row[0] == f"{book.today:%Y-%m}" for row in calendar),
        "empty-months": sum(not any(row[0] == month for row in calendar) for month in months),
    }
    goals = [
        (
            goal.title, f"at {'least' if goal.at_least else 'most'} {goal.number}{UNITS.get(goal.figure, ' %')}",
            f"{_plain(value)}{UNITS.get(goal.figure, ' %')}", ANYTHING, good, ANYTHING,
        )
        for goal, value, good in zip(plan.goals, actual, reached, strict=True)
    ]  # fmt: skip
    kinds = ("action", "campaign", "day", "gathering", "maintenance month")
    chart = {
        kind.capitalize(): [sum((row[0], row[3]) == (month, kind) for row in calendar) for month in months]
        for kind in kinds
    }
    return Sheet(figures, {"year": (months, chart)}, {"goals": goals, "calendar": _InAnyOrder(calendar)})


@dataclass(frozen=True, slots=True, eq=False)
class _InAnyOrder(Sequence[Any]):
    """Rows whose order within a day nobody promised."""

    rows: Sequence[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and sorted(map(str, other)) == sorted(map(str, self.rows))

    __hash__ = None  # type: ignore[assignment]


def _calendar(year: int, planned: Sequence[Planned]) -> list[tuple[Any, ...]]:
    setting = project().programme.reports
    rows: list[tuple[Any, ...]] = [
        (f"{one.on:%Y-%m}", one.on, one.title, one.kind, "") for one in planned if one.on.year == year
    ]
    for action in setting.plan.actions:
        rows += [(f"{year}-{month:02}", None, action.title, "action", action.who) for month in action.months]
        if action.on and action.on.year == year:
            rows.append((f"{action.on:%Y-%m}", action.on, action.title, "action", action.who))
    for league in setting.maintenance:
        for month in range(1, 13):
            first = date(year, month, 1)
            if (league.first.year, league.first.month) <= (year, month) <= (league.last.year, league.last.month):
                on = league.first if first <= league.first else None
                rows.append((f"{first:%Y-%m}", on, league.title, "maintenance month", "everybody"))
    return rows


def _plain(value: Any) -> str:
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
