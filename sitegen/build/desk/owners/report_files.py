"""Write the owner's reports below output/work/reports/: pages, data for other programs, and all of them on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sitegen.build.desk.owners.chart_library import at_hand
from sitegen.build.desk.printing import Printer
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.report import Report
from sitegen.render.desk.kit import Office
from sitegen.render.desk.report_json import plain, report_value
from sitegen.render.desk.report_page import BOOK, FIGURES, INDEX, amounts_of, report_page, reports_book, reports_page
from sitegen.render.desk.report_views import ReportView, report_view

COLUMNS = ("report", "name", "title", "value", "unit", "first", "last", "before", "better")


def report_files(reports: Sequence[Report], office: Office, printed: Printer) -> Iterator[PrivateArtifact]:
    """Every file of the reports but the book, which the printer has then, if it can print.

    The index and a page each, a JSON document each, and the figures as CSV.
    """
    views = _views(reports, office)
    title = f"{office.shop.name}: {amounts_of(office).t('work.report.index.title')}"
    book = printed.begin(f"work/{BOOK}", reports_book(views, office), title)
    yield from _pages(views, office, BOOK if book else "")
    for report, view in zip(reports, views, strict=True):
        text = json.dumps(report_value(report, personal=True), indent=1, ensure_ascii=False)
        yield PrivateArtifact(f"work/{view.data}", f"{text}\n".encode())
    yield figures_file(reports)


def report_pages(reports: Sequence[Report], office: Office) -> Iterator[PrivateArtifact]:
    """The pages alone, for whoever shows them elsewhere."""
    yield from _pages(_views(reports, office), office, "")


def figures_file(reports: Sequence[Report]) -> PrivateArtifact:
    """Every figure of every report as a row of CSV; `better` is 1 where more is better, -1 where less is, else 0."""
    rows = (
        (
            report.name,
            one.name,
            one.title,
            plain(one.value),
            one.measure.value,
            one.window.first,
            one.window.last,
            plain(one.before),
            one.better,
        )
        for report in reports
        for one in report.figures
    )
    return sheet(f"work/{FIGURES}", COLUMNS, rows)


def _views(reports: Sequence[Report], office: Office) -> tuple[ReportView, ...]:
    at_hand()
    amounts = amounts_of(office)
    return tuple(report_view(report, amounts) for report in reports)


def _pages(views: Sequence[ReportView], office: Office, book: str) -> Iterator[PrivateArtifact]:
    yield PrivateArtifact(f"work/{INDEX}", reports_page(views, office, book).encode())
    for view in views:
        yield PrivateArtifact(f"work/{view.at}", report_page(view, views, office).encode())
