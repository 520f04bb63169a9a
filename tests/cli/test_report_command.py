"""What `sitegen report` tells: figures for people and scripts, and no name unless somebody asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from sitegen.build.desk.owners.reports import report_names
from sitegen.cli.report_tables import one_report, overview
from sitegen.model.report import Report
from sitegen.render.desk.report_json import report_value
from tests.cli.conftest import DAY, Sitegen
from tests.render.desk.a_report import CALM, FIGURES, REPORT, TODAY, amounts

CUSTOMERS = "C-00001", "王小明", "Anna"


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_all_reports_begin_with_what_is_alarming_and_fit_a_narrow_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    overview((CALM, REPORT), amounts(), TODAY)
    said = lines(capsys)
    assert said[:4] == [
        "8 Sept 2026: look at these first",
        "  ! 5 gold customers are silent.  gold",
        "    Call them.",
        "",
    ]
    assert max(map(cell_len, said)) <= 80
    row = next(line for line in said if line.startswith("  Lost <profit>"))
    assert row.split() == ["Lost", "<profit>", "€12,345.60", "€9,000.00", "↑", "worse"]


def test_one_report_says_of_each_figure_what_it_means_over_which_days_and_from_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one_report(REPORT, amounts(), personal=False)
    text = " ".join(" ".join(lines(capsys)).split())
    for figure in FIGURES:
        told = f"{figure.title}: {amounts().whole(figure.value, figure.measure)}"
        start = text.index(told)
        assert 0 <= text.index(figure.definition, start) - start < 200
        assert 0 <= text.index(amounts().window(figure.window), start) - start < 300
    assert "Source: 80% of the profits" in text
    assert "↑ up 6; a month before: 1,200 (better)" in text


def test_names_stay_out_of_a_terminal_unless_somebody_asks(capsys: pytest.CaptureFixture[str]) -> None:
    one_report(REPORT, amounts(), personal=False)
    hidden = " ".join(lines(capsys))
    assert not any(name in hidden for name in CUSTOMERS)
    assert "left out: Customer, Name; --personal shows it" in hidden
    one_report(REPORT, amounts(), personal=True)
    shown = " ".join(lines(capsys))
    assert all(name in shown for name in CUSTOMERS)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_whatever_a_list_holds_it_fits_the_terminal(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    one_report(REPORT, amounts(), personal=True)
    said = lines(capsys)
    assert max(map(cell_len, said)) <= width
    assert any("€1,234.50" in line for line in said)


def test_json_holds_every_figure_with_money_as_digits_and_days_as_iso() -> None:
    value = report_value(REPORT, personal=True)
    assert json.loads(json.dumps(value)) == value
    assert [one["name"] for one in value["figures"]] == [one.name for one in FIGURES]
    assert value["figures"][2] == {
        "name": "cost",
        "title": "Lost <profit>",
        "value": "12345.60",
        "measure": "money",
        "before": "9000.00",
        "better": -1,
        "definition": "Of who left.",
        "window": {"first": "2025-09-09", "last": "2026-09-08"},
        "source": "",
    }
    assert value["figures"][3]["value"] == "2024-03-01"
    assert value["charts"][0]["series"] == [{"title": "All", "values": ["50.0", "80.0", None, "100.0"]}]
    assert value["lists"][0]["rows"][0] == {
        "customer": "C-00001",
        "name": "王小明",
        "last": "2025-08-01",
        "profit": "1234.50",
        "told": True,
    }
    assert value["lists"][0]["total"] == 2345


def test_json_without_names_says_which_columns_it_hides() -> None:
    found = report_value(REPORT, personal=False)["lists"][0]
    assert found["hidden"] == ["customer", "name"]
    assert found["rows"][0] == {"last": "2025-08-01", "profit": "1234.50", "told": True}
    assert [column["name"] for column in found["columns"]] == ["last", "profit", "told"]


@pytest.mark.slow
def test_without_a_name_all_reports_are_told_in_one_document(shop: Path, inside: Sitegen) -> None:
    done = inside("report", "--json", "--on", DAY, at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    value: dict[str, Any] = json.loads(done.stdout)
    assert value["on"] == DAY
    assert [one["name"] for one in value["reports"]] == list(report_names())
    assert all(one["figures"] for one in value["reports"])


def test_one_report_is_one_document_from_any_folder_of_the_shop(shop: Path, inside: Sitegen) -> None:
    done = inside("report", "gold", "--json", "--on", DAY, at=shop / "content" / "segments")
    assert (done.returncode, done.stderr) == (0, "")
    value: dict[str, Any] = json.loads(done.stdout)
    assert (value["on"], value["name"], value["lists"][0]["hidden"]) == (DAY, "gold", ["customer", "name"])


def test_one_report_is_told_without_colours_and_fits_the_terminal(shop: Path, inside: Sitegen) -> None:
    done = inside("report", "gold", "--on", DAY, "--quiet", at=shop, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(cell_len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_an_unknown_report_is_a_mistake_in_usage_with_a_hint(shop: Path, inside: Sitegen) -> None:
    done = inside("report", "gould", at=shop)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no report 'gould'\nhint: did you mean 'gold'?" in done.stderr


def test_a_day_that_is_none_is_a_mistake_in_usage(shop: Path, inside: Sitegen) -> None:
    done = inside("report", "--on", "yesterday", at=shop)
    assert done.returncode == 2
    assert "'yesterday' is not a day like" in done.stderr


@pytest.mark.slow
def test_reports_draw_nothing_so_they_need_no_chart_library(shop: Path) -> None:
    code = (
        "import sys; from sitegen.cli.main import run; code = run(['report', 'gold', '--json', '--on', '2026-09-08']);"
        "assert code == 0; assert not {'matplotlib', 'weasyprint'} & set(sys.modules)"
    )
    path = str(Path(__file__).parents[2])
    env = {**{name: value for name, value in os.environ.items() if "SITEGEN" not in name}, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code], cwd=shop, env=env, check=True, capture_output=True)


def test_a_report_without_anything_is_still_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    empty = Report("none", "Nothing", "What?", "Nothing.", REPORT.window)
    one_report(empty, amounts(), personal=False)
    overview((empty,), amounts(), TODAY)
    assert "nothing alarming" in " ".join(lines(capsys))
