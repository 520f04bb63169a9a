"""Reports as JSON for other programs: money and other decimals as strings of digits, days as YYYY-MM-DD."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.model.report import Amount, Chart, Figure, Grid, Report, Window


def report_value(report: Report, personal: bool) -> dict[str, Any]:
    """A report whole. Without `personal` its lists leave out what names a person, and `hidden` says which columns."""
    return {
        "name": report.name,
        "title": report.title,
        "question": report.question,
        "answer": report.answer,
        "window": _window(report.window),
        "alerts": [{"name": one.name, "text": one.text, "hint": one.hint} for one in report.alerts],
        "figures": [_figure(one) for one in report.figures],
        "charts": [_chart(one) for one in report.charts],
        "lists": [_grid(one, personal) for one in report.grids],
        "sources": list(report.sources),
    }


def plain(value: Amount) -> str | int | bool | None:
    """An amount as JSON has it."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return value


def _window(window: Window) -> dict[str, str | None]:
    return {"first": None if window.first is None else window.first.isoformat(), "last": window.last.isoformat()}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "title": figure.title,
        "value": plain(figure.value),
        "measure": figure.measure.value,
        "before": plain(figure.before),
        "better": figure.better,
        "definition": figure.definition,
        "window": _window(figure.window),
        "source": figure.source,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "name": chart.name,
        "title": chart.title,
        "kind": chart.kind.value,
        "across": chart.across,
        "up": chart.up,
        "measure": chart.measure.value,
        "labels": list(chart.labels),
        "series": [{"title": one.title, "values": [plain(value) for value in one.values]} for one in chart.series],
        "marks": [{"title": title, "value": plain(value)} for title, value in chart.marks],
        "says": chart.says,
        "source": chart.source,
        "window": _window(chart.window),
    }


def _grid(grid: Grid, personal: bool) -> dict[str, Any]:
    """The rows by their columns' names; `total` is how many there are where not all are here."""
    shown = [personal or not head.personal for head in grid.heads]
    columns = [
        {"name": head.name, "title": head.title, "measure": head.measure.value}
        for head, here in zip(grid.heads, shown, strict=True)
        if here
    ]
    rows = [
        {head.name: plain(cell) for head, cell, here in zip(grid.heads, row, shown, strict=True) if here}
        for row in grid.rows
    ]
    value = {"name": grid.name, "title": grid.title, "definition": grid.definition, "window": _window(grid.window)}
    hidden = [head.name for head, here in zip(grid.heads, shown, strict=True) if not here]
    whole = {**value, "columns": columns, "rows": rows, "total": max(grid.total, len(grid.rows))}
    return {**whole, "hidden": hidden} if hidden else whole
