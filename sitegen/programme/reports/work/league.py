"""Rank the advisers in an Old Customer Maintenance Month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.report import Amount, Grid, Head, Measure, Window
from sitegen.model.report_setting import MaintenanceMonth
from sitegen.programme.reports.compared import mean
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.spelling import day_text
from sitegen.programme.reports.work.contact_counts import Adviser, Contacts, Scores, advisers, contacts, scores
from sitegen.programme.reports.work.duty_counts import NO_DUTIES, DutyCounts, duty_counts

SOURCE = "'Old Customer Maintenance Month' or 'Old Customer Maintenance Competition'"
LATEST = 3
"""So many months are shown, the latest first."""
RULE = (
    "In each of four disciplines the advisers are placed: customers reached, customers visited, duties done in time (in"
    " per cent), and the average score of their customers. Equals share the better place; who has nothing to be judged"
    " by comes behind the others. The four places are added up, and the lowest sum wins. A customer counts once,"
    " however often they were called."
)


@dataclass(frozen=True, slots=True)
class Played:
    """What one adviser reached in a month; None: there is nothing to be judged by."""

    adviser: Adviser
    reached: int
    visited: int
    in_time: Decimal | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Placed:
    """An adviser in the league: the place, the sum of the four places, and these."""

    place: int
    sum: int
    places: tuple[int, int, int, int]
    played: Played


def leagues(ground: Ground) -> tuple[Grid, ...]:
    """A table for each of the LATEST months that have begun. Source: SOURCE."""
    begun = [month for month in ground.setting.maintenance if month.first <= ground.today]
    begun.sort(key=lambda month: month.first, reverse=True)
    return tuple(_grid(ground, month) for month in begun[:LATEST])


def ranked(played: Sequence[Played]) -> tuple[Placed, ...]:
    """The advisers by RULE; among equals by their number, at the same place."""
    disciplines: tuple[Callable[[Played], Decimal | int | None], ...] = (
        lambda one: one.reached,
        lambda one: one.visited,
        lambda one: one.in_time,
        lambda one: one.score,
    )
    columns = [_places([discipline(one) for one in played]) for discipline in disciplines]
    rows = list(zip(*columns, strict=True))
    sums = [sum(row) for row in rows]
    order = sorted(range(len(played)), key=lambda number: (sums[number], played[number].adviser.id))
    return tuple(
        Placed(
            1 + sum(1 for other in sums if other < sums[number]),
            sums[number],
            (rows[number][0], rows[number][1], rows[number][2], rows[number][3]),
            played[number],
        )
        for number in order
    )


def _places(values: Sequence[Decimal | int | None]) -> list[int]:
    """1 for the greatest value; who has none comes behind all who have one."""
    known = [value for value in values if value is not None]
    return [1 + (len(known) if value is None else sum(1 for other in known if other > value)) for value in values]


def _grid(ground: Ground, month: MaintenanceMonth) -> Grid:
    last = min(month.last, ground.today)
    seen, window = ground.on(last), Window(last, month.first)
    found = ranked(_played(seen, window))
    heads = (
        Head("place", "Place", Measure.COUNT),
        Head("adviser", "Adviser"),
        Head("store", "Store"),
        Head("sum", "Sum of places", Measure.COUNT),
        Head("reached", "Customers reached", Measure.CUSTOMERS),
        Head("visited", "Customers visited", Measure.CUSTOMERS),
        Head("in-time", "Duties in time", Measure.PER_CENT),
        Head("score", "Customers' score", Measure.SCORE),
        Head("places", "The four places"),
    )
    rows: tuple[tuple[Amount, ...], ...] = tuple(
        (one.place, one.played.adviser.name, one.played.adviser.store, one.sum, one.played.reached, one.played.visited,
         one.played.in_time, one.played.score, " + ".join(str(place) for place in one.places))
        for one in found
    )  # fmt: skip
    name = f"league-{month.first.isoformat()}"
    return Grid(name, f"League: {month.title}", _definition(ground, month), window, heads, rows, len(rows))


def _definition(ground: Ground, month: MaintenanceMonth) -> str:
    least = f"Scores of fewer than {ground.setting.least} customers are not counted."
    over = "It is over." if month.last < ground.today else f"It lasts until {day_text(month.last)}."
    return f"{RULE} {least} {over}"


def _played(ground: Ground, window: Window) -> tuple[Played, ...]:
    spoken, told = contacts(ground, window), scores(ground)
    duties = duty_counts(ground, window, "adviser_id")
    return tuple(_of(ground, one, (spoken, told, duties)) for one in advisers(ground))


def _of(
    ground: Ground,
    adviser: Adviser,
    known: tuple[Mapping[str, Contacts], Mapping[str, Scores], Mapping[str, DutyCounts]],
) -> Played:
    spoken, told, duties = known
    made, due = spoken.get(adviser.id, Contacts()), duties.get(adviser.id, NO_DUTIES)
    score = score_of(told.get(adviser.id, Scores()), ground.setting.least)
    return Played(adviser, made.reached_customers, made.visited_customers, per_cent(due.in_time, due.judged), score)


def score_of(told: Scores, least: int) -> Decimal | None:
    """The average score; None where so few answered that one could tell who."""
    return mean(told.total, told.answers) if told.customers >= least else None
