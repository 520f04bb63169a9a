"""What a shop sets for its reports: read whole, and as usual where nothing is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent

from sitegen.content.programme.read import read_programme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.report_setting import (
    BENCHMARKS,
    USUAL_REPORTS,
    Action,
    Benchmark,
    Couriers,
    Goal,
    MaintenanceMonth,
    Plan,
    ReportSetting,
)
from sitegen.model.tree import Place

FILE = "content/programme/reports.yaml"


def read(text: str) -> tuple[ReportSetting, list[str]]:
    """The setting of a file, and its mistakes."""
    problems: list[Problem] = []
    programme = read_programme({FILE: read_yaml(dedent(text).lstrip("\n"), FILE)}, problems)
    return programme.reports, [str(problem) for problem in problems]


def place(line: int, column: int) -> Place:
    return Place(FILE, line, column)


def test_everything_that_is_written_is_read() -> None:
    setting, mistakes = read(
        """
        reports:
          lost after: 52 weeks
          warned after: 100 days
          years: 7
          margin: 12.5
          unsold after: 60 days
          least: 3
          benchmarks:
            circle: {value: 200, source: our own count, low: 150, high: 250}
          couriers: {most: 2.5, least: 10, over: 90 days, late after: 4 days}
          plan:
            title: Ours
            goals:
              - {title: Back, report: satisfaction, figure: rebuying, at least: 40}
              - {title: Calm, report: warning, figure: warned, at most: 0}
            actions:
              - {title: Tea, months: [9, 3, 9], who: Wen}
              - {title: Cake, on: 2026-10-06}
          maintenance:
            - {title: Thanks, from: 2026-09-01, until: 2026-09-01}
        """
    )
    assert mistakes == []
    assert setting == ReportSetting(
        lost_after=364,
        warned_after=100,
        years=7,
        margin=Decimal("12.5"),
        unsold_days=60,
        least=3,
        benchmarks={**BENCHMARKS, "circle": Benchmark(Decimal(200), "our own count", Decimal(150), Decimal(250))},
        couriers=Couriers(Decimal("2.5"), 10, 90, 4),
        plan=Plan(
            "Ours",
            (
                Goal("satisfaction", "rebuying", Decimal(40), True, "Back", place(14, 9)),
                Goal("warning", "warned", Decimal(0), False, "Calm", place(15, 9)),
            ),
            (
                Action("Tea", (3, 9), "Wen", place(17, 9)),
                Action("Cake", (), "", place(18, 9), date(2026, 10, 6)),
            ),
        ),
        maintenance=(MaintenanceMonth("Thanks", date(2026, 9, 1), date(2026, 9, 1), place(20, 7)),),
        place=place(2, 3),
    )


def test_a_shop_that_sets_nothing_has_what_is_usual() -> None:
    assert read("tiers:\n") == (USUAL_REPORTS, [])
    setting, mistakes = read("reports:\n  years: 10\n")
    assert mistakes == []
    assert (setting.lost_after, setting.warned_after, setting.benchmarks) == (365, 180, BENCHMARKS)


def test_who_is_lost_soon_is_warned_of_in_half_the_time() -> None:
    assert read("reports:\n  lost after: 90 days\n")[0].warned_after == 45
    assert read("reports:\n  lost after: 1 day\n") == (
        ReportSetting(lost_after=1, warned_after=1, place=place(2, 3)),
        [],
    )


def test_a_warning_that_comes_too_late_is_a_mistake() -> None:
    setting, mistakes = read("reports:\n  lost after: 90 days\n  warned after: 90 days\n")
    assert (setting.lost_after, setting.warned_after) == (90, 45)
    assert mistakes[0].startswith(f"{FILE}:3:17: customers would be warned of after 90 days, and are lost after 90")


def test_the_sections_place_tells_where_a_second_one_stands() -> None:
    problems: list[Problem] = []
    files = {name: read_yaml("reports:\n  years: 9\n", name) for name in ("a.yaml", "b.yaml")}
    assert read_programme(files, problems).reports.years == 9
    assert [problem.code for problem in problems] == ["same-section"]
