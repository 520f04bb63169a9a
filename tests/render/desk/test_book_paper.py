"""The book of reports on paper: tables of many columns stay on the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2  # type: ignore[import-untyped]
import pytest

from sitegen.build.desk.owners.chart_library import at_hand
from sitegen.model.report import Amount, Grid, Head, Measure
from sitegen.render.cards.office import office_file
from sitegen.render.cards.office_design import office_design
from sitegen.render.cards.press import prepared
from sitegen.render.desk.kit import office
from sitegen.render.desk.report_page import reports_book
from sitegen.render.desk.report_views import report_view
from tests.plain_shop import SHOP
from tests.render.desk.a_report import REPORT, TODAY, YEAR, amounts
from tests.theme.sample import theme_of

MONTHS = tuple(Head(f"month-{at}", f"2026-{at:02}", Measure.COUNT) for at in range(1, 13))
MONEY = tuple(Head(f"sum-{at}", "Profit of the years to come", Measure.MONEY) for at in range(6))
RIGHT = 595 - 16 * 72 / 25.4
"""Where the text of a sheet ends, in points: A4 without its margin."""


@pytest.mark.parametrize("heads", [MONTHS, MONEY], ids=["months", "money"])
def test_a_table_of_many_columns_stays_on_the_sheet(heads: tuple[Head, ...]) -> None:
    at_hand()
    row: tuple[Amount, ...] = ("Speed of the delivery", "C-00042", *(1234567 for _ in heads))
    heads = (Head("about", "What it is about"), Head("customer", "Customer"), *heads)
    wide = replace(REPORT, charts=(), grids=(Grid("wide", "Wide", "All of it.", YEAR, heads, (row,)),))
    theme = theme_of("hearth")
    book = reports_book([report_view(wide, amounts())], office(theme, SHOP, TODAY))
    press = prepared(office_design(theme.designs, theme.templates["work/print.css"]))
    printed = office_file(book, press, ("Reports", datetime(2026, 9, 8, tzinfo=UTC)))
    assert furthest(printed) <= RIGHT + 1


def furthest(printed: bytes) -> float:
    """How far to the right the letters of a PDF reach, in points."""
    found = [0.0]
    for page in pypdfium2.PdfDocument(printed):
        text = page.get_textpage()
        found += [text.get_charbox(at)[2] for at in range(text.count_chars())]
    return max(found)
