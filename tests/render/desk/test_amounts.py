"""Amounts as people read them, in three languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sitegen.model.report import Amount, Figure, Measure, Window
from sitegen.render.desk.amounts import DOWN, SAME, UP, Change
from tests.render.desk.a_report import FIGURES, TODAY, YEAR, amounts


@pytest.mark.parametrize(
    ("amount", "measure", "english", "german"),
    [
        (1234, Measure.CUSTOMERS, "1,234", "1.234"),
        (Decimal("1234.50"), Measure.MONEY, "€1,234.50", "1.234,50\xa0€"),
        (Decimal("12.5"), Measure.PER_CENT, "12.5%", "12,5\xa0%"),
        (Decimal("80.0"), Measure.PER_CENT, "80%", "80\xa0%"),
        (1, Measure.DAYS, "1 day", "1 Tag"),
        (30, Measure.DAYS, "30 days", "30 Tage"),
        (Decimal("4.3"), Measure.TIMES, "4.3 times", "4,3-mal"),
        (Decimal("4.25"), Measure.SCORE, "4.25 of 5", "4,25 von 5"),
        (date(2026, 9, 8), Measure.DAY, "8 Sept 2026", "8. Sept. 2026"),
        ("2026-09", Measure.MONTH, "Sept 2026", "Sept. 2026"),
        ("before 2020", Measure.MONTH, "before 2020", "before 2020"),
        ("quilts", Measure.TEXT, "quilts", "quilts"),
        (True, Measure.YES_NO, "yes", "ja"),
        (7, Measure.TEXT, "7", "7"),
        (None, Measure.MONEY, "–", "–"),
    ],
)
def test_an_amount_is_spelled_in_the_shops_language(
    amount: Amount, measure: Measure, english: str, german: str
) -> None:
    assert (amounts("en").spelled(amount, measure), amounts("de").spelled(amount, measure)) == (english, german)


def test_money_is_spelled_in_the_shops_currency() -> None:
    assert amounts("en", "CNY").spelled(Decimal("12.50"), Measure.MONEY) == "CN¥12.50"
    assert amounts("zh", "CNY").spelled(Decimal("12.50"), Measure.MONEY) == "¥12.50"


def test_what_is_counted_is_named_in_its_number() -> None:
    assert amounts().whole(1, Measure.CUSTOMERS) == "1 customer"
    assert amounts().whole(1206, Measure.ORDERS) == "1,206 orders"
    assert amounts("zh").whole(1, Measure.CUSTOMERS) == "1 位客户"


def test_a_change_says_in_words_how_much_and_whether_it_is_better() -> None:
    assert [amounts().change(one) for one in FIGURES] == [
        Change(UP, "up 6; a month before: 1,200", "better"),
        Change(DOWN, "down 0.6 points; a month before: 25%", "worse"),
        Change(UP, "up €3,345.60; a month before: €9,000.00", "worse"),
        Change(SAME, "the same as a month before", ""),
        None,
    ]


def test_days_and_words_change_without_more_or_less() -> None:
    figure = Figure("best", "Best month", "2026-08", Measure.MONTH, "x", YEAR, "2026-05", 1)
    assert amounts().change(figure) == Change(SAME, "a month before: May 2026", "")


def test_a_window_names_its_days() -> None:
    spelled = [amounts().window(one) for one in (YEAR, Window(TODAY), Window(TODAY, TODAY))]
    assert spelled == ["9 Sept 2025 to 8 Sept 2026", "all days until 8 Sept 2026", "8 Sept 2026"]


def test_steps_of_a_chart_are_months_and_days_where_they_look_like_them() -> None:
    assert [amounts().step(one) for one in ("2026-09", "2026-09-08", "2026-W09", "2026-13", "20")] == [
        "Sept 2026",
        "8 Sept 2026",
        "2026-W09",
        "2026-13",
        "20",
    ]
