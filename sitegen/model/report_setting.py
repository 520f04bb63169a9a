"""What a shop sets for its reports: when a customer is lost, benchmarks with their sources, thresholds of alerts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sitegen.model.tree import Place

_NOWHERE = Place("content/programme/reports.yaml", 1, 1)


REPORT_NAMES = (
    "gold",
    "value",
    "lost",
    "bucket",
    "churn",
    "word",
    "satisfaction",
    "experience",
    "responses",
    "unsold",
    "quality",
    "staff",
    "warning",
    "desk",
    "plan",
)
"""The names of the reports, as `programme.reports.registry` makes them, which a reader of files need not import."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A figure of the literature that a shop may set: `value`, its range where sources differ, and who says so."""

    value: Decimal
    source: str
    low: Decimal | None = None
    high: Decimal | None = None


def _mark(value: str, source: str, low: str = "", high: str = "") -> Benchmark:
    return Benchmark(Decimal(value), source, Decimal(low) if low else None, Decimal(high) if high else None)


BENCHMARKS: Mapping[str, Benchmark] = {
    "acquisition cost": _mark("5", "winning a customer costs 5 to 10 times what keeping one costs", "5", "10"),
    "old profit": _mark("15", "the profitability of old customers is 15 times that of new ones"),
    "yearly loss": _mark("20", "losing an average of 10-30 customers every year, read as per cent", "10", "30"),
    "influenced": _mark("25", "1:25:8:1: one customer influences 25 others"),
    "tempted": _mark("8", "1:25:8:1: 8 of them come to want it"),
    "won": _mark("1", "1:25:8:1: at least 1 of them buys"),
    "circle": _mark("250", "about 250 friends and relatives stand behind each customer"),
    "new per 100 satisfied": _mark("25", "out of 100 satisfied customers, 25 new customers"),
    "silent per complaint": _mark("20", "behind one complaint 20 (another text: 200) feel the same", "20", "200"),
    "satisfied rebuying": _mark("40", "90% satisfied, only 40% buy again"),
    "gold share": _mark("80", "80% of the profits are brought by 20% of the customers"),
    "care gain": _mark("20", "20% improvement, 40% increase in sales revenue"),
    "sales gain": _mark("40", "20% improvement, 40% increase in sales revenue"),
}
"""The texts' numbers by their names; each may be set under `benchmarks:` of `reports:`, with a source of its own."""


@dataclass(frozen=True, slots=True)
class Couriers:
    """A courier is alarming from `least` orders on where more than `most` per cent of them brought a complaint or a bad
    evaluation (1 or 2 stars), reckoned over `days`. A parcel that takes more than `late` days is late."""

    most: Decimal = Decimal(5)
    least: int = 30
    days: int = 180
    late: int = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """What the shop wants to reach: a figure by its report and name, `at least` or `at most` so much."""

    report: str
    figure: str
    number: Decimal
    at_least: bool
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the shop does for its old customers in a month, each year or on a day."""

    title: str
    months: tuple[int, ...]
    who: str
    place: Place
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The retention plan. Source: "own plan to convert the new customers you introduce into old customers"."""

    title: str = ""
    goals: tuple[Goal, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class MaintenanceMonth:
    """The Old Customer Maintenance Month: a league of the staff between two days, both included."""

    title: str
    first: date
    last: date
    place: Place


@dataclass(frozen=True, slots=True)
class ReportSetting:
    """`reports:` of content/programme/*.yaml.

    Who has not ordered for `lost_after` days is lost, on the day after these; `warned_after` days make an early warning
    (and then there are `lost_after` - `warned_after` days to act). `years` is how long a customer stays, for lifetime
    values; `margin` per cent is the profit where orders name none. `unsold_days`: a product without a sale for so long
    sells nothing. `least` customers make a group that is shown at all.
    """

    lost_after: int = 365
    warned_after: int = 180
    years: int = 10
    margin: Decimal = Decimal(10)
    unsold_days: int = 90
    least: int = 5
    benchmarks: Mapping[str, Benchmark] = field(default_factory=lambda: BENCHMARKS)
    couriers: Couriers = Couriers()
    plan: Plan = Plan()
    maintenance: tuple[MaintenanceMonth, ...] = ()
    place: Place = field(default=_NOWHERE)


USUAL_REPORTS = ReportSetting()
"""Of a shop that sets nothing."""
