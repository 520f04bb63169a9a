"""What templates see of a report: every amount spelled, every chart drawn, every cell marked with its language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.model.report import Amount, Chart, Figure, Grid, Measure, Report
from sitegen.render.desk.amounts import Amounts, Change
from sitegen.render.desk.charts import drawn
from sitegen.render.desk.kit import said

WORDY = frozenset({Measure.TEXT, Measure.MONTH, Measure.DAY, Measure.YES_NO})
"""What is set from the left, as words are; numbers stand below each other at their ends."""
DAYS = frozenset({Measure.DAY, Measure.MONTH})
NUMBER = "number"
NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(?<=\d) (%|[A-Z]{3}\b)")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell or a head of a table; `kind` is how it is set: "number", "day" or ""."""

    text: Markup
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table. `total` is how many rows there are, where not all are here; `key` is an id of the page."""

    key: str
    title: str
    definition: str
    window: str
    heads: tuple[CellView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure, whole: its value in words, its change since the month before where there is one."""

    key: str
    title: str
    value: str
    change: Change | None
    definition: str
    window: str
    source: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart as a picture, with its table."""

    key: str
    title: str
    says: str
    picture: Markup
    source: str
    window: str
    table: TableView


@dataclass(frozen=True, slots=True)
class AlertView:
    """What must be looked at."""

    text: Markup
    hint: Markup


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as pages show it. `at` and `data` are its page and its JSON, below output/work/."""

    name: str
    title: str
    question: str
    answer: str
    window: str
    figures: tuple[FigureView, ...]
    charts: tuple[ChartView, ...]
    grids: tuple[TableView, ...]
    alerts: tuple[AlertView, ...]
    sources: tuple[str, ...]
    at: str
    data: str


def report_view(report: Report, amounts: Amounts) -> ReportView:
    """The report with its charts drawn: matplotlib must be at hand."""
    language = amounts.language
    return ReportView(
        name=report.name,
        title=report.title,
        question=report.question,
        answer=unbroken(report.answer),
        window=amounts.window(report.window),
        figures=tuple(_figure(one, report.name, amounts) for one in report.figures),
        charts=tuple(_chart(one, report.name, amounts) for one in report.charts),
        grids=tuple(_grid(one, report.name, amounts) for one in report.grids),
        alerts=tuple(
            AlertView(*(said(unbroken(sentence(text)), language) for text in (one.text, one.hint)))
            for one in report.alerts
        ),
        sources=report.sources,
        at=page_path(report.name),
        data=f"reports/{report.name}.json",
    )


def sentence(text: str) -> str:
    """Words as a sentence that stands by itself: with a capital, and an end."""
    whole = text if not text or text.endswith((".", "!", "?", "。", "！", "？")) else f"{text}."
    return whole[:1].upper() + whole[1:]


def unbroken(text: str) -> str:
    """Words whose numbers stay on one line with what they count in: "80 %", "1,200.00 EUR"."""
    return _UNIT.sub(f"{NO_BREAK}\\1", text)


def page_path(name: str) -> str:
    """Where a report's page lies below output/work/."""
    return f"reports/{name}.html"


def _figure(figure: Figure, report: str, amounts: Amounts) -> FigureView:
    value, window = amounts.whole(figure.value, figure.measure), amounts.window(figure.window)
    key, change = f"{report}-figure-{figure.name}", amounts.change(figure)
    return FigureView(key, figure.title, value, change, unbroken(figure.definition), window, figure.source)


def _chart(chart: Chart, report: str, amounts: Amounts) -> ChartView:
    key, window = f"{report}-chart-{chart.name}", amounts.window(chart.window)
    picture, table = drawn(chart, amounts, key), _of_series(chart, key, amounts)
    return ChartView(key, chart.title, unbroken(chart.says), picture, chart.source, window, table)


def _of_series(chart: Chart, key: str, amounts: Amounts) -> TableView:
    """The chart's numbers: a row for each label, a column for each series, and its benchmarks."""
    titles = [f"{one.title} ({unit})" if (unit := amounts.unit(chart.measure)) else one.title for one in chart.series]
    heads = [_cell(chart.named, Measure.TEXT, amounts), *(CellView(_said(one, amounts), NUMBER) for one in titles)]
    columns = [one.values for one in chart.series]
    rows = [
        (
            _cell(amounts.step(label), Measure.TEXT, amounts),
            *(_cell(one[at], chart.measure, amounts) for one in columns),
        )
        for at, label in enumerate(chart.labels)
    ]
    for text, value in chart.marks:
        rows.append((_cell(text, Measure.TEXT, amounts), *(_cell(value, chart.measure, amounts) for _ in columns)))
    window = amounts.window(chart.window)
    return TableView(f"{key}-table", chart.title, chart.source, window, tuple(heads), tuple(rows), len(rows))


def _grid(grid: Grid, report: str, amounts: Amounts) -> TableView:
    heads = tuple(
        CellView(_said(amounts.step(head.title), amounts), "" if head.measure in WORDY else NUMBER)
        for head in grid.heads
    )
    rows = tuple(_row(row, (head.measure for head in grid.heads), amounts) for row in grid.rows)
    key, window, total = f"{report}-list-{grid.name}", amounts.window(grid.window), max(grid.total, len(rows))
    return TableView(key, grid.title, unbroken(grid.definition), window, heads, rows, total)


def _row(row: Iterable[Amount], measures: Iterable[Measure], amounts: Amounts) -> tuple[CellView, ...]:
    return tuple(_cell(value, measure, amounts) for value, measure in zip(row, measures, strict=True))


def _cell(value: Amount, measure: Measure, amounts: Amounts) -> CellView:
    kind = NUMBER if measure not in WORDY else "day" if measure in DAYS else ""
    return CellView(_said(amounts.spelled(value, measure), amounts), kind)


def _said(text: str, amounts: Amounts) -> Markup:
    return said(text, amounts.language)
