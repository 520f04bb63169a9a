"""The owner's reports from a shop's folder to the files that an owner opens."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.owners.planned import planned
from sitegen.build.desk.owners.report_files import figures_file, report_files, report_pages
from sitegen.build.desk.owners.reports import open_ground, report_names, reports
from sitegen.build.desk.printing import NoPrinter, printing
from sitegen.build.people import People, open_people
from sitegen.content.project import read_project
from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.programme.reports.ground import Planned
from sitegen.render.desk.kit import Office, office
from sitegen.render.desk.report_views import unbroken
from tests.plain_shop import SHOP
from tests.render.desk.a_report import CALM, FIGURES, REPORT, ROOT, TODAY

BASE = ROOT / "tests" / "broken" / "base"
EVENTS = """\
event_id,title,starts_at
E-1,Tea in the courtyard,2026-10-03 15:00
E-2,Tea of a year ago,2025-10-03 15:00
E-3,Tea in two years,2028-10-03 15:00
"""
MOON = """\
---
title: A wish for the moon
kind: holiday
audience: everyone
channels: [mail, card]
occasion: mid-autumn
subject: The moon
card: moon-rabbit
---
Dear {{ first_name or "friend" }}, look up tonight.
"""
DAYS = "occasions:\n  our-day: {month: 10, day: 18}\n  rainy-day: {weather: rain}\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reports") / "shop"
    shutil.copytree(BASE, root)
    (root / "content" / "customers" / "events.csv").write_text(EVENTS, encoding="utf-8")
    (root / "content" / "campaigns" / "moon.md").write_text(MOON, encoding="utf-8")
    (root / "content" / "programme").mkdir(exist_ok=True)
    (root / "content" / "programme" / "occasions.yaml").write_text(DAYS, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def opened(shop: Path) -> Iterator[tuple[Project, People]]:
    project = read_project(shop)
    with open_people(shop, project, TODAY) as people:
        yield project, people


@pytest.fixture(scope="module")
def house() -> Office:
    problems: list[Problem] = []
    theme = read_theme(ROOT / "themes/hearth", ROOT, problems)
    assert not problems
    return office(theme, SHOP, TODAY)


def test_what_is_planned_stands_in_the_calendar_of_the_year_once(opened: tuple[Project, People]) -> None:
    assert planned(*opened, TODAY) == (
        Planned(date(2026, 9, 8), "A short wish", "campaign"),
        Planned(date(2026, 9, 8), "A wish for the autumn", "campaign"),
        Planned(date(2026, 9, 22), "A card for the autumn", "campaign"),
        Planned(date(2026, 9, 25), "A wish for the moon", "campaign"),
        Planned(date(2026, 10, 3), "Tea in the courtyard", "gathering"),
        Planned(date(2026, 10, 18), "Our day", "day"),
    )


def test_what_is_over_stands_in_the_calendar_too(opened: tuple[Project, People]) -> None:
    assert planned(*opened, date(2026, 12, 31)) == planned(*opened, date(2026, 1, 1))


def test_the_ground_has_the_shops_currency_and_its_settings(shop: Path, opened: tuple[Project, People]) -> None:
    project, people = opened
    duties = duty_table(shop, project, people, TODAY, "asked")
    with open_ground(project, people, duties) as ground:
        assert (ground.today, ground.currency, ground.programme) == (TODAY, "EUR", project.programme)
        assert ground.duties is duties
    people.engine.drop(duties)


def test_reports_come_by_name_in_their_order_and_may_be_asked_for_again(
    shop: Path, opened: tuple[Project, People]
) -> None:
    asked = [tuple(reports(shop, *opened, TODAY, ("value", "gold"))) for _ in range(2)]
    assert [one.name for one in asked[0]] == ["gold", "value"]
    assert asked[0] == asked[1]
    assert {"gold", "value"} < set(report_names())


@pytest.mark.slow
def test_every_report_of_a_small_shop_has_its_name_and_a_figure(shop: Path, opened: tuple[Project, People]) -> None:
    made = tuple(reports(shop, *opened, TODAY))
    assert [one.name for one in made] == list(report_names())
    assert all(one.figures and one.question and one.answer for one in made)


def test_a_report_becomes_a_page_and_data_and_stands_in_the_book(house: Office) -> None:
    printer = Begun()
    files = {one.path: one.content for one in report_files((REPORT, CALM), house, printer)}
    names = ("index.html", "gold.html", "worth.html", "gold.json", "worth.json", "reports.csv")
    assert set(files) == {f"work/reports/{name}" for name in names}
    assert b'href="reports.pdf"' in files["work/reports/index.html"]
    ((path, html, title),) = printer.asked
    assert (path, title) == ("work/reports/reports.pdf", f"{SHOP.name}: The house in numbers")
    assert all(unbroken(figure.definition) in html for figure in FIGURES)
    value = json.loads(files["work/reports/gold.json"])
    assert [one["name"] for one in value["figures"]] == [one.name for one in FIGURES]
    assert value["lists"][0]["rows"][0]["name"] == "王小明"


def test_where_nothing_can_be_printed_no_page_leads_to_a_book(house: Office) -> None:
    files = {one.path: one.content.decode() for one in report_files((CALM,), house, NoPrinter())}
    assert "work/reports/reports.pdf" not in files
    assert "reports.pdf" not in files["work/reports/index.html"]


def test_pages_alone_are_the_same_pages(house: Office) -> None:
    pages = list(report_pages((REPORT, CALM), house))
    files = {one.path: one for one in report_files((REPORT, CALM), house, NoPrinter())}
    assert [one.path for one in pages] == [f"work/reports/{name}.html" for name in ("index", "gold", "worth")]
    assert all(files[one.path] == one for one in pages)


def test_the_table_of_figures_has_a_row_for_each_with_its_days(house: Office) -> None:
    made = figures_file((REPORT, CALM))
    rows = list(csv.DictReader(io.StringIO(made.content.decode())))
    assert [(row["report"], row["name"]) for row in rows] == [
        *(("gold", one.name) for one in FIGURES),
        ("worth", "gold"),
    ]
    assert rows[2] == {
        "report": "gold",
        "name": "cost",
        "title": "Lost <profit>",
        "value": "12345.60",
        "unit": "money",
        "first": "2025-09-09",
        "last": "2026-09-08",
        "before": "9000.00",
        "better": "-1",
    }
    assert (rows[4]["value"], rows[3]["first"]) == ("", "")


def test_files_are_the_same_bytes_each_time(house: Office) -> None:
    first, again = (tuple(report_files((REPORT,), house, NoPrinter())) for _ in range(2))
    assert first == again


def test_numbers_are_spelled_as_the_shop_spells_them(house: Office) -> None:
    german = office(house.templates.theme, replace(SHOP, language="de", currency="CHF"), TODAY)
    html = {one.path: one.content.decode() for one in report_pages((REPORT,), german)}["work/reports/gold.html"]
    assert "12.345,60\xa0CHF" in html
    assert "1.206 Kunden" in html
    assert "Die Zahlen" in html


def test_the_book_is_printed_with_every_chart_in_the_faces_of_paper(house: Office) -> None:
    notices: list[str] = []
    with printing(house.templates.theme, datetime(2026, 9, 8, tzinfo=UTC), notices) as printer:
        for _ in range(2):
            list(report_files((REPORT,), house, printer))
        once, again = (file.content for file in printer.files())
    assert notices == []
    assert once == again
    assert words_of(once) >= {"Who", "brings", "Profit", "gold:", "80%", "王小明", "上海的老顾客", "€12,345.60"}
    assert fonts_of(once) <= {"EB-Garamond", "EB-Garamond-Italic", "EB-Garamond-Semi-Bold", "Hearth-Kai"}


@dataclass
class Begun(NoPrinter):
    """A printer that only notes what it is asked for."""

    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def begin(self, path: str, html: str, title: str) -> bool:
        """As Printer."""
        self.asked.append((path, html, title))
        return True


def words_of(pdf: bytes) -> set[str]:
    document = pypdfium2.PdfDocument(pdf)
    return {word for page in document for word in page.get_textpage().get_text_range().split()}


def fonts_of(pdf: bytes) -> set[str]:
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            fonts = page.obj.get("/Resources", {}).get("/Font", {})
            found |= {re.sub(r"^/[A-Z]{6}\+", "", str(font["/BaseFont"])) for font in fonts.values()}
    return found
