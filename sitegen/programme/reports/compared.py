"""Put each figure of a report beside the same figure of a month before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import ibis

from sitegen.model.report import Amount, Figure, Measure, Window
from sitegen.programme.reports.ground import Ground, month_before

Numbers: TypeAlias = Mapping[str, Amount]
"""The values of figures by their names."""

MONEY = "decimal(18, 2)"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside a number: see the fields of `Figure`. `window` where it is not that of the report."""

    name: str
    title: str
    measure: Measure
    definition: str
    better: int = 0
    source: str = ""
    window: Window | None = None


def compared(ground: Ground, reckon: Callable[[Ground], Numbers]) -> tuple[Numbers, Numbers]:
    """The numbers of the day, and those that the same reckoning gave a month before."""
    return reckon(ground), reckon(ground.on(month_before(ground.today)))


def figures(window: Window, numbers: tuple[Numbers, Numbers], said: Iterable[Said]) -> tuple[Figure, ...]:
    """The figures in the order of what is said of them; what `numbers` don't name can't be reckoned."""
    now, before = numbers
    return tuple(
        Figure(
            one.name,
            one.title,
            now.get(one.name),
            one.measure,
            one.definition,
            one.window or window,
            before.get(one.name),
            one.better,
            one.source,
        )
        for one in said
    )


def mean(total: Decimal | int | None, several: int | None, places: int = 2) -> Decimal | None:
    """The total shared out, rounded half upwards; None where nothing is counted."""
    if total is None or not several:
        return None
    return (Decimal(total) / Decimal(several)).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")


def known(day: ibis.Value, today: date) -> ibis.Value:
    """Whether something had happened by that day: what is unknown, or comes later, had not."""
    return (day.cast("date") <= ibis.date(today)).fill_null(False)


def within(day: ibis.Value, window: Window) -> ibis.Value:
    """Whether a day lies in the window; an unknown one does not."""
    inside = known(day, window.last)
    return inside if window.first is None else inside & (day.cast("date") >= ibis.date(window.first)).fill_null(False)


def days_between(first: ibis.Value, last: ibis.Value) -> ibis.Value:
    """Whole days from one day to the other."""
    return last.cast("date").delta(first.cast("date"), unit="day")


def how_many(condition: ibis.Value) -> ibis.Value:
    """How many rows fulfil a condition."""
    # Counted, not added up: sums come in wider numbers.
    return condition.nullif(False).count()


def how_often(ground: Ground, rows: ibis.Table) -> int:
    """How many rows there are."""
    (row,) = ground.ask(rows.aggregate(rows=rows.count()))
    return int(row["rows"])
