"""Show the owner's reports to people in a terminal: all of them in figures, or one whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sitegen.cli.console import console
from sitegen.model.report import Chart, Figure, Grid, Head, Measure, Report
from sitegen.render.desk.amounts import Amounts
from sitegen.render.desk.report_views import WORDY, sentence

ROWS = 20
"""Rows of a list that are shown; pages and JSON have more."""


def overview(reports: Sequence[Report], amounts: Amounts, on: date) -> None:
    """What is alarming, then each report's answer and figures."""
    out = console()
    alerts = [(report, alert) for report in reports for alert in report.alerts]
    out.print(Text(f"{amounts.spelled(on, Measure.DAY)}: look at these first", "bold"))
    for report, alert in alerts:
        _alert(out, alert.text, alert.hint, report.name)
    if not alerts:
        out.print("  nothing alarming")
    for report in reports:
        out.print()
        _head(out, report)
        if report.figures:
            out.print(_figures(report.figures, amounts))
    out.print(Text("\nsitegen report NAME says what each figure means, and shows the lists", "dim"))


def one_report(report: Report, amounts: Amounts, personal: bool) -> None:
    """A report whole; lists without what names a person, unless `personal`."""
    out = console()
    _head(out, report)
    out.print(Text(f"  {amounts.window(report.window)}", "dim"))
    for alert in report.alerts:
        _alert(out, alert.text, alert.hint)
    for figure in report.figures:
        _whole_figure(out, figure, amounts)
    for chart in report.charts:
        _titled(out, chart.title, chart.says, amounts.window(chart.window))
        out.print(_of_chart(chart, amounts))
    for grid in report.grids:
        _titled(out, grid.title, grid.definition, amounts.window(grid.window))
        _list(out, grid, amounts, personal)
    if report.sources:
        out.print(Text("\nSources", "bold"))
        for source in report.sources:
            out.print(Padding(Text(source), (0, 0, 0, 2)))


def _head(out: Console, report: Report) -> None:
    out.print(Text.assemble((report.title, "bold"), (f"  {report.name}", "dim")))
    out.print(Padding(Text(report.question, "italic"), (0, 0, 0, 2)))
    out.print(Padding(Text(report.answer), (0, 0, 0, 2)))


def _alert(out: Console, text: str, hint: str, report: str = "") -> None:
    said = Text.assemble(("! ", "bold red"), (sentence(text), "bold"), (f"  {report}" if report else "", "dim"))
    out.print(Padding(said, (0, 0, 0, 2)))
    if hint:
        out.print(Padding(Text(sentence(hint)), (0, 0, 0, 4)))


def _figures(figures: Sequence[Figure], amounts: Amounts) -> Padding:
    table = _table()
    table.add_column("", overflow="fold")
    table.add_column("now", justify="right", overflow="fold")
    table.add_column("a month before", justify="right", overflow="fold")
    table.add_column("", style="dim", no_wrap=True)
    for one in figures:
        change = amounts.change(one)
        before = "" if change is None else f"{amounts.spelled(one.before, one.measure)} {change.arrow}"
        table.add_row(
            one.title, amounts.spelled(one.value, one.measure), before, "" if change is None else change.verdict
        )
    return Padding(table, (0, 0, 0, 2))


def _change(figure: Figure, amounts: Amounts) -> str:
    change = amounts.change(figure)
    if change is None:
        return ""
    return " ".join(part for part in (change.arrow, change.words, change.verdict and f"({change.verdict})") if part)


def _whole_figure(out: Console, figure: Figure, amounts: Amounts) -> None:
    value = amounts.whole(figure.value, figure.measure)
    out.print(Text.assemble("\n", (f"{figure.title}: ", "bold"), (value, "bold")))
    told = (
        _change(figure, amounts),
        figure.definition,
        amounts.window(figure.window),
        figure.source and amounts.t("work.report.source", source=figure.source),
    )
    for line in told:
        if line:
            out.print(Padding(Text(line, "" if line == figure.definition else "dim"), (0, 0, 0, 2)))


def _titled(out: Console, title: str, says: str, window: str) -> None:
    out.print(Text.assemble("\n", (title, "bold"), (f"  {window}", "dim")))
    out.print(Padding(Text(says), (0, 0, 0, 2)))


def _of_chart(chart: Chart, amounts: Amounts) -> Padding:
    table = _table()
    table.add_column(chart.named, overflow="fold")
    unit = amounts.unit(chart.measure)
    for one in chart.series:
        table.add_column(f"{one.title} ({unit})" if unit else one.title, justify="right", overflow="fold")
    for at in _some(len(chart.labels)):
        values = (amounts.spelled(one.values[at], chart.measure) for one in chart.series)
        table.add_row(amounts.step(chart.labels[at]), *values)
    for text, value in chart.marks:
        table.add_row(Text(text, "dim"), Text(amounts.spelled(value, chart.measure), "dim"))
    return Padding(table, (0, 0, 0, 2))


def _some(number: int) -> list[int]:
    """At most ROWS places of so many, at equal distances, with the last one."""
    every = -(-number // ROWS) or 1
    return sorted({*range(0, number, every), number - 1} - {-1})


def _list(out: Console, grid: Grid, amounts: Amounts, personal: bool) -> None:
    if not grid.rows:
        out.print(Padding(Text(amounts.t("work.report.empty"), "dim"), (0, 0, 0, 2)))
        return
    shown = [at for at, head in enumerate(grid.heads) if personal or not head.personal]
    heads = [grid.heads[at] for at in shown]
    rows = [[amounts.spelled(row[at], grid.heads[at].measure) for at in shown] for row in grid.rows[:ROWS]]
    out.print(Padding(_rows(heads, rows) if _width(heads, rows) < out.width else _records(heads, rows), (0, 0, 0, 2)))
    total = max(grid.total, len(grid.rows))
    if total > ROWS:
        said = amounts.t("work.report.shown", shown=ROWS, total=amounts.spelled(total, Measure.COUNT))
        out.print(Padding(Text(said, "dim"), (0, 0, 0, 2)))
    if len(shown) < len(grid.heads):
        left = ", ".join(head.title for head in grid.heads if head.personal)
        out.print(Padding(Text(f"left out: {left}; --personal shows it", "dim"), (0, 0, 0, 2)))


def _rows(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> Table:
    table = _table()
    for head in heads:
        whole = head.measure is not Measure.TEXT
        table.add_column(
            head.title, justify="left" if head.measure in WORDY else "right", overflow="fold", no_wrap=whole
        )
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _width(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> int:
    """How wide the table is at least: numbers stand on one line, words may take several."""
    columns = ([head.title, *(row[at] for row in rows)] for at, head in enumerate(heads))
    return 2 + sum(2 + _least(head, cells) for head, cells in zip(heads, columns, strict=True))


def _least(head: Head, cells: Sequence[str]) -> int:
    parts = " ".join(cells).split() if head.measure is Measure.TEXT else cells
    return max(map(len, parts), default=0)


def _records(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> Table:
    """A row as lines below each other, for what is too wide for the terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("", style="dim", overflow="fold")
    table.add_column("", overflow="fold")
    for number, row in enumerate(rows):
        if number:
            table.add_row("", "")
        for head, cell in zip(heads, row, strict=True):
            table.add_row(head.title, Text(cell))
    return table


def _table() -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
