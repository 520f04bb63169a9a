"""What a report is reckoned from: the tables as expressions, a way to ask them, the day, and the shop's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import ibis

from sitegen.model.duty import INSTANCE_COLUMNS
from sitegen.model.programme import Programme
from sitegen.model.report import Window
from sitegen.model.report_setting import ReportSetting
from sitegen.model.table import STANDARD, Schema

Row: TypeAlias = Mapping[str, Any]
Ask: TypeAlias = Callable[[ibis.Table], Sequence[Row]]
"""Runs an expression whose answer is small: a figure, a curve of a hundred points, a hundred rows of a register."""

DUTY_TYPES = {
    **dict.fromkeys(INSTANCE_COLUMNS, "string"),
    **dict.fromkeys(("began", "due", "done_on", "excused_on"), "date"),
    "amount": "decimal(18, 2)",
}
"""The engine's types of the duties' table."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that the shop has in its calendar: a campaign, a gathering, a day of its own."""

    on: date
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ground:
    """`tables` is the customer file with what the ledger adds, each customer with the closest adviser; `duties` has
    INSTANCE_COLUMNS, no row where the shop has no duties. `currency` is the shop's (ISO 4217). What happens after
    `today` is not known yet. `bought` is what `purchases.purchases` makes of all this, where somebody keeps it for all
    reports; None: each reckons it for itself.
    """

    tables: Mapping[str, ibis.Table]
    ask: Ask
    today: date
    programme: Programme = field(default_factory=Programme)
    schema: Schema = STANDARD
    duties: ibis.Table | None = None
    planned: tuple[Planned, ...] = ()
    currency: str = ""
    bought: ibis.Table | None = None

    @property
    def setting(self) -> ReportSetting:
        """What the shop sets for its reports."""
        return self.programme.reports

    def on(self, day: date) -> Ground:
        """The same ground, seen from another day."""
        return replace(self, today=day)

    def last(self, days: int) -> Window:
        """The window of so many days that ends today: both ends included."""
        return Window(self.today, self.today - timedelta(days=days - 1))


def month_before(day: date) -> date:
    """The same day of the month before, or its last where that month is too short: as rules reckon months."""
    first = day.replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, first.day))


def per_cent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """The share in per cent with one decimal place, a half upwards; None where the whole is nothing."""
    if part is None or not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def no_duties() -> ibis.Table:
    """The table of duties of a shop that has none."""
    types = ibis.schema(DUTY_TYPES)
    return ibis.memtable(types.to_pyarrow().empty_table(), schema=types)
