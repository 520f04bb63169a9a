"""What holds for every report: its name, its form, and a shop of nobody."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from sitegen.model.report import Amount, Measure, Report
from sitegen.model.report_setting import REPORT_NAMES, Goal, Plan, ReportSetting
from sitegen.model.tree import Place
from sitegen.programme.reports.registry import LAST, NAMES, REPORTS, made
from tests.programme.reports.small_ground import TODAY, customers, ground, order

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def of_nobody() -> dict[str, Report]:
    return {report.name: report for report in made(ground())}


@cache
def of_one() -> dict[str, Report]:
    shop = ground(
        customers=customers("C-1", adviser_id="A-1"),
        advisers=[{"adviser_id": "A-1"}],
        orders=[order("O-1", "C-1", date(2026, 5, 1), 30)],
    )
    return {report.name: report for report in made(shop)}


def test_readers_of_files_know_the_names_of_all_reports() -> None:
    assert REPORT_NAMES == NAMES == (*REPORTS, *LAST)


@pytest.mark.parametrize("name", NAMES)
def test_a_shop_of_nobody_has_every_report_and_says_so(name: str) -> None:
    report = of_nobody()[name]
    assert report.answer
    assert report.sources
    for figure in report.figures:
        assert figure.measure is not Measure.PER_CENT or figure.value is None, figure.name


@pytest.mark.parametrize("name", NAMES)
def test_every_report_of_nobody_is_whole(name: str) -> None:
    whole(of_nobody()[name], name)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_report_of_one_customer_is_whole(name: str) -> None:
    whole(of_one()[name], name)


def whole(report: Report, name: str) -> None:
    """Every figure, table and chart has what it needs, and values of its kind."""
    names = [one.name for one in (*report.figures, *report.charts, *report.grids)]
    assert report.name == name
    assert [one for one in names if not KEY.fullmatch(one)] == []
    assert len({one.name for one in report.figures}) == len(report.figures)
    assert len({one.name for one in report.charts}) == len(report.charts)
    assert len({one.name for one in report.grids}) == len(report.grids)
    for figure in report.figures:
        assert figure.definition.endswith("."), figure.name
        assert figure.source, figure.name
        fits(figure.value, figure.measure)
        fits(figure.before, figure.measure)
    for grid in report.grids:
        assert grid.total >= len(grid.rows), grid.name
        for row in grid.rows:
            assert len(row) == len(grid.heads), grid.name
            for cell, head in zip(row, grid.heads, strict=True):
                fits(cell, head.measure)
    for chart in report.charts:
        assert all((chart.title, chart.across, chart.up, chart.says, chart.source)), chart.name
        assert {len(one.values) for one in chart.series} == {len(chart.labels)}, chart.name


WHOLE = {Measure.CUSTOMERS, Measure.ORDERS, Measure.COUNT}
PLACES = {Measure.MONEY: 2, Measure.PER_CENT: 1, Measure.TIMES: 1, Measure.SCORE: 2}


def fits(value: Amount, measure: Measure) -> None:
    """A value is of the kind that its measure says, or unknown."""
    if value is None:
        return
    if measure in WHOLE:
        assert type(value) is int, (value, measure)
    if measure in PLACES:
        assert isinstance(value, Decimal), (value, measure)
        assert not value or -int(value.as_tuple().exponent) == PLACES[measure], (value, measure)
    if measure is Measure.DAY:
        assert isinstance(value, date), value


def test_only_the_reports_that_are_named_are_made() -> None:
    assert [report.name for report in made(ground(), ["unsold", "quality"])] == ["unsold", "quality"]


def test_the_plan_alone_has_the_figures_of_its_goals_too() -> None:
    goals = (Goal("unsold", "unsold", Decimal(3), False, "Nothing lies about", Place("reports.yaml", 1, 1)),)
    (plan,) = made(ground(setting=ReportSetting(plan=Plan(goals=goals))), ["plan"])
    assert plan.grids[0].rows[0][1:5] == ("at most 3", "0", None, True)
    assert plan.window.last.year == TODAY.year
