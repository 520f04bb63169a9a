"""Render the owner's reports: a page for each, the index that begins with what is alarming, and all of them in one."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sitegen.render.desk.amounts import Amounts
from sitegen.render.desk.kit import Office, house_words
from sitegen.render.desk.report_views import ReportView

INDEX, BOOK = "reports/index.html", "reports/reports.pdf"
"""Where the index and the reports on paper lie below output/work/."""
FIGURES = "reports/reports.csv"
ONE, ALL = "work/report.html", "work/reports.html"
PAPER, PAPER_STYLE = "work/report-book.html", "work/report-book.css"


def amounts_of(office: Office) -> Amounts:
    """How this shop spells amounts."""
    return Amounts(
        office.shop.language, office.shop.currency, house_words(office.templates.theme, office.shop.language)
    )


def report_page(view: ReportView, views: Sequence[ReportView], office: Office) -> str:
    """The page of one report; `views` are all reports, in order, for the way to the others."""
    return office.page(ONE, view.at, report=view, others=_others(view, views), index=INDEX)


def report_content(view: ReportView, views: Sequence[ReportView], office: Office) -> str:
    """The same without a frame, for a page of the site."""
    return office.content(ONE, view.at, report=view, others=_others(view, views), index=INDEX)


def reports_page(views: Sequence[ReportView], office: Office, book: str = BOOK) -> str:
    """The index: what is alarming, then each report's question, answer and first figure. `book`: "" where none is."""
    return office.page(ALL, INDEX, reports=views, figures_file=FIGURES, book=book)


def reports_content(views: Sequence[ReportView], office: Office) -> str:
    """The same without a frame, for a page of the site."""
    return office.content(ALL, INDEX, reports=views, figures_file="", book="")


def reports_book(views: Sequence[ReportView], office: Office) -> str:
    """All reports one after the other, as HTML for paper, with a stylesheet of its own."""
    style = Markup(office.templates.theme.source(PAPER_STYLE) or "")  # noqa: S704 - the theme's own
    return office.page(PAPER, BOOK, light=True, reports=views, style=style)


def _others(view: ReportView, views: Sequence[ReportView]) -> tuple[ReportView, ...]:
    return tuple(one for one in views if one.name != view.name)
