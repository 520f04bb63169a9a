"""Pages of reports: every figure with what makes it believed, every list with how much of it is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from sitegen.build.desk.owners.chart_library import at_hand
from sitegen.content.theme_files import read_theme
from sitegen.render.desk import report_page
from sitegen.render.desk.kit import Office, office
from sitegen.render.desk.report_views import ReportView, report_view
from tests.plain_shop import SHOP
from tests.render.desk.a_report import CALM, CHARTS, FIGURES, REPORT, ROOT, TODAY, amounts


class Words(HTMLParser):
    """The words of a page, its cells, headings, ids and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.cells: list[list[str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [found["href"] or ""] if tag == "a" else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "tr":
            self.cells.append([])
        if tag in ("th", "td"):
            self.cells[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.inside:
            self.cells[-1][-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def house() -> Office:
    problems: list[object] = []
    theme = read_theme(ROOT / "themes/hearth", ROOT, problems)  # type: ignore[arg-type]
    assert not problems
    return office(theme, SHOP, TODAY)


@pytest.fixture(scope="module")
def views() -> tuple[ReportView, ...]:
    at_hand()
    return report_view(REPORT, amounts()), report_view(CALM, amounts())


def test_every_figure_stands_with_its_definition_window_and_source(
    house: Office, views: tuple[ReportView, ...]
) -> None:
    text = Words(report_page.report_page(views[0], views, house)).text
    for figure in FIGURES:
        start = text.index(figure.title, text.index("The figures"))
        card = text[start : text.index(figure.definition) + len(figure.definition) + 120]
        assert amounts().whole(figure.value, figure.measure) in card
        assert amounts().window(figure.window) in card
    assert "Source: 80% of the profits" in text
    assert "↑ up 6; a month before: 1,200 better" in text
    assert "↑ up €3,345.60; a month before: €9,000.00 worse" in text


def test_a_page_begins_with_the_question_the_answer_and_what_is_alarming(
    house: Office, views: tuple[ReportView, ...]
) -> None:
    text = Words(report_page.report_content(views[0], views, house)).text
    order = ("Gold-medal customers", REPORT.question, REPORT.answer, REPORT.alerts[0].text, "The figures", "Charts")
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_the_table_of_a_chart_equals_its_series(house: Office, views: tuple[ReportView, ...]) -> None:
    cells = Words(report_page.report_content(views[0], views, house)).cells
    spelled = amounts()
    for chart in CHARTS:
        for at, label in enumerate(chart.labels):
            row = [spelled.step(label), *(spelled.spelled(one.values[at], chart.measure) for one in chart.series)]
            assert row in cells, row
    assert ["gold", "80%"] in cells
    assert ["Month", "came $5 (customers)", "went (customers)"] in cells


def test_each_chart_says_its_days_and_its_source(house: Office, views: tuple[ReportView, ...]) -> None:
    text = Words(report_page.report_content(views[0], views, house)).text
    assert text.count("9 Sept 2025 to 8 Sept 2026. Made from: customers, orders.") == 1
    assert all(f"Made from: {chart.source}." in text for chart in CHARTS)


def test_a_list_says_how_much_of_it_is_shown_and_escapes_what_people_are_called(
    house: Office, views: tuple[ReportView, ...]
) -> None:
    html = report_page.report_page(views[0], views, house)
    assert "Who did not come back. The first 2 of 2,345." in Words(html).text
    assert ["C-00002", "<b>Anna</b>", "3 Jul 2025", "–", "no"] in Words(html).cells
    assert "<b>Anna" not in html
    assert '<span lang="zh">王小明</span>' in html


def test_the_index_has_alarms_first_then_each_question_answer_and_main_figure(
    house: Office, views: tuple[ReportView, ...]
) -> None:
    found = Words(report_page.reports_page(views, house))
    order = ("5 gold customers are silent.", REPORT.question, REPORT.answer, "1,206 customers", CALM.question)
    places = [found.text.index(one) for one in order]
    assert places == sorted(places)
    assert {"gold.html", "worth.html", "reports.csv", "reports.pdf"} <= set(found.links)


def test_a_house_without_alarms_says_so(house: Office, views: tuple[ReportView, ...]) -> None:
    assert "Nothing alarming." in Words(report_page.reports_page(views[1:], house)).text
    assert "no report yet" in Words(report_page.reports_page((), house)).text


@pytest.mark.parametrize("whole", [True, False])
def test_headings_go_down_one_by_one_and_ids_stand_once(
    house: Office, views: tuple[ReportView, ...], whole: bool
) -> None:
    render = report_page.report_page if whole else report_page.report_content
    pages = [render(view, views, house) for view in views]
    pages += [report_page.reports_page(views, house), report_page.reports_book(views, house)]
    for html in pages:
        found = Words(html)
        assert found.headings[0] == 1
        assert found.headings.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(found.headings))
        assert len(found.ids) == len(set(found.ids))


def test_what_a_report_says_in_english_is_marked_in_a_house_of_another_language(house: Office) -> None:
    at_hand()
    view = report_view(REPORT, amounts("zh"))
    chinese = office(house.templates.theme, replace(SHOP, language="zh"), TODAY)
    page, index = report_page.report_page(view, (view,), chinese), report_page.reports_page((view,), chinese)
    assert f'<p class="lede" lang="en">{REPORT.answer}</p>' in page
    assert all(f' lang="en">{figure.definition}</p>' in page for figure in view.figures)
    assert f'<p lang="en">{REPORT.answer}</p>' in index
    assert report_page.report_page(view, (view,), house).count(' lang="en"') == 1


def test_what_the_site_shows_has_no_styles_of_its_own(house: Office, views: tuple[ReportView, ...]) -> None:
    inside = [report_page.report_content(one, views, house) for one in views]
    inside.append(report_page.reports_content(views, house))
    assert not any(re.search(r"<style|\sstyle=|<script", html) for html in inside)


def test_the_book_holds_every_report_and_only_the_beginning_of_long_lists(
    house: Office, views: tuple[ReportView, ...]
) -> None:
    text = Words(report_page.reports_book(views, house)).text
    assert all(figure.definition in text for figure in FIGURES)
    assert "The numbers of this chart" not in text
    assert CALM.question in text


@pytest.mark.parametrize("language", ["de", "zh"])
def test_each_language_has_every_word_of_reports(language: str) -> None:
    def keys(code: str) -> set[str]:
        file = Path(ROOT / f"themes/hearth/locale/reports.{code}.yaml")
        return set(yaml.safe_load(file.read_text(encoding="utf-8")))

    assert keys("en") == keys(language)
