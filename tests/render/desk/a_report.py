"""A report with one of everything, for the tests of pages, charts and the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from sitegen.model.report import Alert, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.render.desk.amounts import Amounts

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 9, 8)
YEAR = Window(TODAY, date(2025, 9, 9))


def words(language: str) -> Callable[..., str]:
    """The theme's words of reports, as `house_words` gives them."""
    found = yaml.safe_load((ROOT / f"themes/hearth/locale/reports.{language}.yaml").read_text(encoding="utf-8"))

    def t(key: str, count: int | None = None, **named: object) -> str:
        assert count is None
        text = str(found[key])
        for name, value in named.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    return t


def amounts(language: str = "en", currency: str = "EUR") -> Amounts:
    return Amounts(language, currency, words(language))


FIGURES = (
    Figure("gold", "Gold customers", 1206, Measure.CUSTOMERS, "They bring 80 %.", YEAR, 1200, 1, "80% of the profits"),
    Figure("share", "Share", Decimal("24.4"), Measure.PER_CENT, "Of those who ordered.", YEAR, Decimal("25.0"), 1),
    Figure("cost", "Lost <profit>", Decimal("12345.60"), Measure.MONEY, "Of who left.", YEAR, Decimal("9000.00"), -1),
    Figure("since", "First order", date(2024, 3, 1), Measure.DAY, "The oldest one.", Window(TODAY), date(2024, 3, 1)),
    Figure("answer", "Days until an answer", None, Measure.DAYS, "Nobody complained.", Window(TODAY, TODAY), 3, -1),
)
PARETO = Chart(
    "pareto",
    "How the profit adds up & grows",
    ChartKind.LINE,
    "Customers",
    "Profit",
    Measure.PER_CENT,
    ("10", "20", "40", "100"),
    (Series("All", (Decimal("50.0"), Decimal("80.0"), None, Decimal("100.0"))),),
    "A fifth brings four fifths.",
    "orders",
    YEAR,
    (("gold", Decimal(80)),),
)
MONTHS = Chart(
    "months",
    "Came and went",
    ChartKind.BARS,
    "Month",
    "Customers",
    Measure.CUSTOMERS,
    ("2026-07", "2026-08", "2026-09"),
    (Series("came $5", (1200, 0, 7)), Series("went", (3, 4, None))),
    "More came than went.",
    "customers, orders",
    YEAR,
)
LYING = Chart(
    "groups",
    "Lost by group",
    ChartKind.LYING,
    "Lost",
    "Group",
    Measure.MONEY,
    ("the wholesale customers of the whole north of the country", "上海的老顾客"),
    (Series("Lost", (Decimal("-120.50"), Decimal("80.00"))),),
    "The north loses.",
    "orders",
    YEAR,
    (("usual", Decimal(20)),),
)
STACKED = Chart(
    "answers",
    "Answers",
    ChartKind.STACKED,
    "Promotion",
    "Customers",
    Measure.CUSTOMERS,
    ("Quilts", "Beads"),
    tuple(Series(title, (number, 2 * number)) for number, title in enumerate(("yes", "no", "later", "never"), 1)),
    "Beads were answered twice as often.",
    "responses",
    YEAR,
)
CHARTS = (PARETO, MONTHS, LYING, STACKED)
GRID = Grid(
    "register",
    "Register of the lost",
    "Who did not come back.",
    YEAR,
    (
        Head("customer", "Customer", personal=True),
        Head("name", "Name", personal=True),
        Head("last", "Last order", Measure.DAY),
        Head("profit", "Profit", Measure.MONEY),
        Head("told", "Said why", Measure.YES_NO),
    ),
    (
        ("C-00001", "王小明", date(2025, 8, 1), Decimal("1234.50"), True),
        ("C-00002", "<b>Anna</b>", date(2025, 7, 3), None, False),
    ),
    2345,
)
REPORT = Report(
    "gold",
    "Gold-medal customers",
    "Who brings the profit?",
    "1,206 customers bring four fifths.",
    YEAR,
    FIGURES,
    CHARTS,
    (GRID,),
    (Alert("silent", "5 gold customers are silent.", "Call them."),),
    ("80% of the profits are brought by 20% of the customers",),
)
CALM = Report("worth", "What a customer is worth", "What is one worth?", "A lot.", YEAR, FIGURES[:1])
