"""Every figure, series and table of every report of the sample shop is what the oracle reckons from the CSV files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest

from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.owners.reports import open_ground
from sitegen.build.people import open_people
from sitegen.model.report import Report
from sitegen.programme.reports.ground import Planned
from sitegen.programme.reports.registry import LAST, NAMES, REPORTS, made
from tests.desk.reports_oracle import (
    bucket,
    churn,
    desk,
    experience,
    gold,
    lost,
    plan,
    quality,
    responses,
    satisfaction,
    staff,
    unsold,
    value,
    warning,
    word,
)
from tests.desk.reports_oracle.book import Book, Sheet, month_before
from tests.desk.sample import TODAY, project
from tests.golden.sample_shop import copy_of_the_sample

SHEETS: Mapping[str, Callable[[Book], Sheet]] = {
    "gold": gold.sheet,
    "value": value.sheet,
    "lost": lost.sheet,
    "bucket": bucket.sheet,
    "churn": churn.sheet,
    "word": word.sheet,
    "satisfaction": satisfaction.sheet,
    "experience": experience.sheet,
    "responses": responses.sheet,
    "unsold": unsold.sheet,
    "quality": quality.sheet,
    "staff": staff.sheet,
    "warning": warning.sheet,
    "desk": desk.sheet,
}
"""How the oracle reckons each report; the plan is made of them."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Report], tuple[Planned, ...]]]:
    """The reports by name, and what the shop has planned."""
    root = copy_of_the_sample(tmp_path_factory.mktemp("sample")).root
    with open_people(root, project(), TODAY) as people:
        duties = duty_table(root, project(), people, TODAY, "duties")
        with open_ground(project(), people, duties) as ground:
            yield {report.name: report for report in made(ground)}, ground.planned


@cache
def reckoned(name: str, month_ago: bool = False) -> Sheet:
    """The oracle's sheet of the day, or of the same day a month ago."""
    return SHEETS[name](Book(month_before(TODAY) if month_ago else TODAY))


def expected(name: str, planned: tuple[Planned, ...], month_ago: bool = False) -> Sheet:
    """The same of any report."""
    if name in SHEETS:
        return reckoned(name, month_ago)
    others = {other: reckoned(other, month_ago) for other in SHEETS}
    return plan.sheet(Book(month_before(TODAY) if month_ago else TODAY), others, planned)


def test_the_oracle_knows_every_report() -> None:
    """A report that it does not know, a figure, a chart or a table, fails: nothing is shown that was not reckoned."""
    assert {*SHEETS, "plan"} == set(NAMES) == {*REPORTS, *LAST}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_reckoned_again(told: tuple[dict[str, Report], tuple[Planned, ...]], name: str) -> None:
    report, planned = told[0][name], told[1]
    assert {figure.name: figure.value for figure in report.figures} == expected(name, planned).figures


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_a_month_ago_are_those_of_that_day(
    told: tuple[dict[str, Report], tuple[Planned, ...]], name: str
) -> None:
    report, planned = told[0][name], told[1]
    before = {figure.name: figure.before for figure in report.figures if figure.before is not None}
    then = expected(name, planned, month_ago=True).figures
    assert before == {figure: then[figure] for figure in before}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_series_of_every_chart_is_reckoned_again(
    told: tuple[dict[str, Report], tuple[Planned, ...]], name: str
) -> None:
    report, planned = told[0][name], told[1]
    shown = {
        chart.name: (list(chart.labels), {series.title: list(series.values) for series in chart.series})
        for chart in report.charts
    }
    assert shown == {
        chart: (list(labels), {title: list(values) for title, values in series.items()})
        for chart, (labels, series) in expected(name, planned).charts.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_every_table_is_reckoned_again(
    told: tuple[dict[str, Report], tuple[Planned, ...]], name: str
) -> None:
    report, planned = told[0][name], told[1]
    grids = expected(name, planned).grids
    assert {grid.name for grid in report.grids} == set(grids)
    for grid in report.grids:
        assert list(grid.rows) == grids[grid.name], grid.name
        assert grid.total >= len(grid.rows)
