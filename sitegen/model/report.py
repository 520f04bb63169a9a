"""The owner's reports as values: figures with their definitions, tables, charts, alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Amount: TypeAlias = int | Decimal | date | str | bool | None
"""A value of a figure or a cell; None: it can't be reckoned, which is not 0."""


class Measure(StrEnum):
    """What a value is counted in; it says how it is spelled, too."""

    CUSTOMERS = "customers"
    ORDERS = "orders"
    MONEY = "money"  # Decimal, the shop's currency, two places
    PER_CENT = "%"  # Decimal, one place
    DAYS = "days"
    TIMES = "times"  # Decimal, one place: "4.3 times"
    SCORE = "points of 5"  # Decimal, two places
    COUNT = "count"
    DAY = "day"  # a date
    MONTH = "month"  # a text, 2026-09
    TEXT = "text"
    YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which something was reckoned, both included; `first` None: from the beginning."""

    last: date
    first: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all that it takes to believe it. `name` is its key in JSON: small letters and hyphens.

    `before` is the same figure a month earlier (of the same definition, its window a month earlier), None where it
    can't be reckoned; `better`: +1 where more is better, -1 where less is, 0 where neither. `source` names a sentence,
    or a setting of the shop.
    """

    name: str
    title: str
    value: Amount
    measure: Measure
    definition: str
    window: Window
    before: Amount = None
    better: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a table. `personal` cells name a person: they are shown to the owner, and never in a log."""

    name: str
    title: str
    measure: Measure = Measure.TEXT
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `rows` has a cell for each head; `total` is how many rows there are where only the first are shown."""

    name: str
    title: str
    definition: str
    window: Window
    heads: tuple[Head, ...]
    rows: tuple[tuple[Amount, ...], ...]
    total: int = 0


class ChartKind(StrEnum):
    """How a chart is drawn."""

    LINE = "line"
    BARS = "bars"  # upright, one group for each label
    LYING = "lying"  # bars that lie, for long labels
    STACKED = "stacked"  # upright, one upon the other


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or the bars of one colour. A None is a gap."""

    title: str
    values: tuple[Decimal | int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. Each series has a value for each of `labels`. `across` says what the horizontal axis shows, `up` the
    upright one: of lying bars, `across` is what is measured and `up` what the labels name.

    `says` is one sentence that tells what one sees, for who can't see it; `source` names the tables that it is made
    of. `marks` are horizontal lines with their words (a benchmark).
    """

    name: str
    title: str
    kind: ChartKind
    across: str
    up: str
    measure: Measure
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    says: str
    source: str
    window: Window
    marks: tuple[tuple[str, Decimal], ...] = ()

    @property
    def measured(self) -> str:
        """What the axis of the values says."""
        return self.across if self.kind is ChartKind.LYING else self.up

    @property
    def named(self) -> str:
        """What the labels are."""
        return self.up if self.kind is ChartKind.LYING else self.across


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody must look at now, and what to do."""

    name: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `question` is what the owner asks, `answer` the one sentence that answers it."""

    name: str
    title: str
    question: str
    answer: str
    window: Window
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    alerts: tuple[Alert, ...] = ()
    sources: tuple[str, ...] = ()
