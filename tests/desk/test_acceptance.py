"""The texts' own numbers come out of small shops, to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.report import Amount, Report
from sitegen.model.table import STANDARD
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.trade import gold, value, word
from tests.audience.engines import DuckDB
from tests.servers.postgres import types_of

TODAY = date(2026, 9, 8)
Rows = Sequence[Mapping[str, Any]]


def ground(engine: DuckDB, **rows: Rows) -> Ground:
    """A shop that sets nothing, with these rows."""
    tables = {
        declared.name: engine.put(declared.name, types_of(declared), rows.get(declared.name, ()))
        for declared in STANDARD.tables
    }
    return Ground(tables, lambda expression: engine.connection.to_pyarrow(expression).to_pylist(), TODAY)


def people(count: int) -> list[dict[str, Any]]:
    return [{"customer_id": f"C-{number:05}", "class": "customer"} for number in range(count)]


def order(number: int, customer: int, days_ago: int, amount: str, **other: Any) -> dict[str, Any]:
    return {
        "order_id": f"O-{number:06}", "customer_id": f"C-{customer:05}", "amount": Decimal(amount),
        "ordered_at": TODAY - timedelta(days=days_ago), "status": "delivered",
    } | other  # fmt: skip


def figures(report: Report) -> dict[str, Amount]:
    return {figure.name: figure.value for figure in report.figures}


def test_100_a_week_for_50_weeks_and_10_years_are_50_000_and_5_000_of_profit(engine: DuckDB) -> None:
    weekly = [order(week, 0, week * 7, "100.00") for week in range(50)]
    told = figures(value.report(ground(engine, customers=people(1), orders=weekly)))
    assert (told["value"], told["profit"]) == (Decimal("50000.00"), Decimal("5000.00"))


def test_5_per_cent_of_5_000_customers_are_250_and_cost_2_000_000_and_200_000_of_profit(engine: DuckDB) -> None:
    """All had ordered a year ago; 250 have not come again, the others spend 8,000 a year."""
    then = [order(number, number, 400, "8000.00") for number in range(5000)]
    now = [order(number + 5000, number, 100, "8000.00") for number in range(4750)]
    told = figures(value.report(ground(engine, customers=people(5000), orders=[*then, *now])))
    assert told["loss-rate"] == Decimal("5.0")
    assert (told["lost-revenue"], told["lost-profit"]) == (Decimal("2000000.00"), Decimal("200000.00"))
    assert told["kept-instead"] == 250 * 5


def test_100_satisfied_customers_should_bring_25_and_reach_25_8_and_1_each(engine: DuckDB) -> None:
    rated = [order(number, number, 30, "10.00", rating=5) for number in range(100)]
    report = word.report(ground(engine, customers=people(101), orders=[*rated, order(100, 100, 30, "10.00", rating=1)]))
    told = figures(report)
    (chart,) = report.charts
    assert (told["satisfied"], told["dissatisfied"], told["expected"]) == (100, 1, 25)
    assert [series.values for series in chart.series] == [(2500, 800, 100), (25, 8, 1)]


def test_where_a_fifth_brings_four_fifths_the_report_says_so(engine: DuckDB) -> None:
    """Ten customers: two bring 40 of profit each, eight bring 2.50 each."""
    orders = [order(number, number, 10, "100.00", profit=Decimal("40.00")) for number in range(2)]
    orders += [order(number, number, 10, "100.00", profit=Decimal("2.50")) for number in range(2, 10)]
    told = figures(gold.report(ground(engine, customers=people(10), orders=orders)))
    assert (told["gold-customers"], told["gold-share"], told["fifth-share"]) == (2, Decimal("20.0"), Decimal("80.0"))
    assert (told["gold-profit"], told["profit"]) == (Decimal("80.00"), Decimal("100.00"))
