"""Lay the shop's year out by months: campaigns, gatherings, own days, actions, maintenance months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sitegen.audience.facts.rows import table_of
from sitegen.programme.reports.compared import how_many, known
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.months import YEAR

LEAST = 4
"""VIP gatherings a year where the shop sets nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the calendar. `on` None: on no certain day of the month. `who` does it, "" where nobody is named."""

    month: int
    on: date | None
    title: str
    kind: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The VIP gatherings of a calendar year, those of them that have begun, and how many there must be."""

    planned: int
    held: int
    least: int


def calendar(ground: Ground) -> tuple[Entry, ...]:
    """The entries of the calendar year of the day, by month, those without a day first, then by day and title."""
    year = ground.today.year
    entries = (*_planned(ground, year), *_actions(ground, year), *_maintenance(ground, year))
    return tuple(sorted(entries, key=lambda one: (one.month, one.on or date.min, one.kind, one.title)))


def _planned(ground: Ground, year: int) -> Iterator[Entry]:
    for one in ground.planned:
        if one.on.year == year:
            yield Entry(one.on.month, one.on, one.title, one.kind)


def _actions(ground: Ground, year: int) -> Iterator[Entry]:
    for action in ground.setting.plan.actions:
        if action.on is not None:
            if action.on.year == year:
                yield Entry(action.on.month, action.on, action.title, "action", action.who)
            continue
        for month in action.months:
            yield Entry(month, None, action.title, "action", action.who)


def _maintenance(ground: Ground, year: int) -> Iterator[Entry]:
    """A maintenance month stands in each month that it touches."""
    for one in ground.setting.maintenance:
        for month in range(1, YEAR + 1):
            first = date(year, month, 1)
            if (one.first.year, one.first.month) <= (year, month) and first <= one.last:
                begins = one.first if (one.first.year, one.first.month) == (year, month) else None
                yield Entry(month, begins, one.title, "maintenance month", "everybody")


def gathered(ground: Ground) -> Gathered:
    """Source: "VIP gatherings at least four times a year"."""
    events = table_of(ground.tables, "events", ground.schema)
    this_year = events["starts_at"].cast("date").year() == ground.today.year
    vip = events.filter(events["vip"].fill_null(False), this_year)
    (row,) = ground.ask(vip.aggregate(planned=vip.count(), held=how_many(known(vip["starts_at"], ground.today))))
    gatherings = ground.programme.gatherings
    return Gathered(int(row["planned"]), int(row["held"]), gatherings.least if gatherings else LEAST)
