"""A ground so small that every figure can be recomputed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.model.duty import INSTANCE_COLUMNS
from sitegen.model.programme import Programme
from sitegen.model.report import Alert, Amount, Chart, Figure, Grid, Report
from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.ground import DUTY_TYPES, Ground
from tests.audience.little_shop import Row, tables, typed

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

TODAY = date(2026, 9, 8)


@cache
def _engine() -> Backend:
    return ibis.duckdb.connect()


def ask(expression: ibis.Table) -> list[dict[str, Any]]:
    """All rows, from an engine that all tests of a process share: they keep nothing in it."""
    rows: list[dict[str, Any]] = _engine().to_pyarrow(expression).to_pylist()
    return rows


def ground(
    today: date = TODAY,
    setting: ReportSetting | None = None,
    programme: Programme | None = None,
    duties: list[Row] | None = None,
    **rows: list[Row],
) -> Ground:
    """A shop with these rows; what a row leaves out is unknown."""
    made = programme or Programme(reports=setting or ReportSetting())
    instances = None if duties is None else typed(ibis.schema({n: DUTY_TYPES[n] for n in INSTANCE_COLUMNS}), duties)
    return Ground(tables(**rows), ask, today, made, duties=instances, currency="EUR")


def customers(*numbers: str, **more: Any) -> list[Row]:
    """Customers of these numbers, who all have the same further columns."""
    return [{"customer_id": number, **more} for number in numbers]


def order(number: str, customer: str, day: date, amount: int = 10, **more: Any) -> Row:
    """An order that was kept."""
    return {"order_id": number, "customer_id": customer, "ordered_at": day, "amount": amount, **more}


def figure(report: Report, name: str) -> Figure:
    """The figure of that name."""
    return next(one for one in report.figures if one.name == name)


def values(report: Report, *names: str) -> dict[str, tuple[Amount, Amount]]:
    """Value, and value a month before, of the figures of these names."""
    return {name: (figure(report, name).value, figure(report, name).before) for name in names}


def grid(report: Report, name: str) -> Grid:
    """The table of that name."""
    return next(one for one in report.grids if one.name == name)


def chart(report: Report, name: str) -> Chart:
    """The chart of that name."""
    return next(one for one in report.charts if one.name == name)


def alerts(report: Report) -> Mapping[str, Alert]:
    """The alerts by name; of several of one name the last."""
    return {one.name: one for one in report.alerts}
