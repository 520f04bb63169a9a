"""The retention plan: goals against the figures of other reports, and the year."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from sitegen.model.report import Amount, Figure, Measure, Report, Window
from sitegen.model.report_setting import Action, Goal, MaintenanceMonth, Plan, ReportSetting
from sitegen.model.tree import Place
from sitegen.programme.reports.ground import Ground, Planned
from sitegen.programme.reports.work.plan import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, grid, ground, values

HERE = Place("reports.yaml", 7, 9)


def made(value: Amount, before: Amount = None, measure: Measure = Measure.PER_CENT) -> dict[str, Report]:
    one = Figure("rebuying", "Rebuying", value, measure, "What it is.", Window(TODAY), before)
    return {"satisfaction": Report("satisfaction", "", "", "", Window(TODAY), figures=(one,))}


def goal(number: str, at_least: bool = True, figure: str = "rebuying", title: str = "They come back") -> Goal:
    return Goal("satisfaction", figure, Decimal(number), at_least, title, HERE)


def planned(*goals: Goal, actions: tuple[Action, ...] = (), **more: list[Row]) -> Ground:
    return ground(setting=ReportSetting(plan=Plan("Ours", goals, actions)), **more)


def goals(value: Amount, *wanted: Goal) -> list[tuple[Amount, ...]]:
    """What is wanted, what is, and whether it is reached."""
    found = grid(report(planned(*wanted), made(value)), "goals")
    return [(row[1], row[2], row[4]) for row in found.rows]


def test_a_goal_is_reached_from_its_number_on() -> None:
    both = (goal("40"), goal("40", at_least=False))
    assert goals(Decimal("39.9"), *both) == [("at least 40 %", "39.9 %", False), ("at most 40 %", "39.9 %", True)]
    assert goals(Decimal("40.0"), *both) == [("at least 40 %", "40 %", True), ("at most 40 %", "40 %", True)]
    assert goals(Decimal("40.1"), *both) == [("at least 40 %", "40.1 %", True), ("at most 40 %", "40.1 %", False)]
    assert goals(41, *both) == [("at least 40 %", "41 %", True), ("at most 40 %", "41 %", False)]


def test_what_cannot_be_reckoned_is_neither_reached_nor_missed() -> None:
    assert goals(None, goal("40")) == [("at least 40 %", None, None)]
    assert goals("nobody", goal("40")) == [("at least 40 %", "nobody", None)]
    assert alerts(report(planned(goal("40")), made(None))).keys() == {"gatherings"}


def test_the_report_counts_goals_today_and_a_month_before() -> None:
    shop = planned(goal("40"), goal("30"), goal("1", figure="nowhere", title="Lost"))
    found = report(shop, made(Decimal("35.0"), Decimal("45.0")))
    assert values(found, "goals", "reached") == {"goals": (3, None), "reached": (1, 2)}
    told = alerts(found)
    assert told["goal"].text == "'They come back' is not reached: 35 %, wanted at least 40 %."
    assert told["unknown-figure"].text == "There is no figure 'nowhere' in the report 'satisfaction'."
    assert told["unknown-figure"].hint.startswith("reports.yaml:7:9: ")
    assert found.title == "Ours"


def event(number: int, day: date, vip: bool | None = True) -> Row:
    return {
        "event_id": f"E-{number}",
        "title": "Tea",
        "starts_at": datetime.combine(day, time(15)),
        "vip": vip,
    }


def test_four_vip_gatherings_a_year_are_the_least() -> None:
    events = [
        event(1, date(2026, 1, 1)),
        event(2, TODAY),
        event(3, date(2026, 12, 31)),
        event(4, date(2025, 12, 31)),
        event(5, date(2027, 1, 1)),
        event(6, TODAY, vip=False),
        event(7, TODAY, vip=None),
    ]
    found = report(planned(events=events), {})
    assert values(found, "gatherings", "held") == {"gatherings": (3, None), "held": (2, None)}
    assert alerts(found)["gatherings"].text == (
        "3 VIP gatherings stand in the calendar of 2026, where 4 are the least."
    )
    assert found.answer == (
        "No goal is set yet; 3 VIP gatherings stand in this year's calendar, 2 of them held, where 4 are the least."
    )
    assert "gatherings" not in alerts(report(planned(events=[*events, event(8, date(2026, 2, 28))]), {}))


def test_the_year_holds_what_is_planned_month_by_month() -> None:
    setting = ReportSetting(
        plan=Plan(
            actions=(
                Action("Tea", (3, 9), "everybody", HERE),
                Action("Cake", (), "", HERE, date(2026, 9, 9)),
                Action("Walk", (), "", HERE, date(2027, 9, 9)),
            )
        ),
        maintenance=(MaintenanceMonth("Thanks", date(2026, 9, 15), date(2026, 10, 2), HERE),),
    )
    shop = ground(setting=setting)
    days = (
        Planned(date(2026, 9, 9), "A letter", "campaign"),
        Planned(date(2026, 12, 24), "Long nights", "own day"),
        Planned(date(2025, 12, 24), "Long nights", "own day"),
    )
    found = report(Ground(shop.tables, shop.ask, TODAY, shop.programme, planned=days), {})
    assert grid(found, "calendar").rows == (
        ("2026-03", None, "Tea", "action", "everybody"),
        ("2026-09", None, "Tea", "action", "everybody"),
        ("2026-09", date(2026, 9, 9), "Cake", "action", ""),
        ("2026-09", date(2026, 9, 9), "A letter", "campaign", ""),
        ("2026-09", date(2026, 9, 15), "Thanks", "maintenance month", "everybody"),
        ("2026-10", None, "Thanks", "maintenance month", "everybody"),
        ("2026-12", date(2026, 12, 24), "Long nights", "own day", ""),
    )
    assert values(found, "this-month", "empty-months") == {"this-month": (4, None), "empty-months": (8, None)}
    drawn = chart(found, "year")
    assert [one.title for one in drawn.series] == ["Action", "Campaign", "Maintenance month", "Own day"]
    assert drawn.series[0].values == (0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0)
    assert drawn.says == "7 entries in the year; the fullest month is September 2026 with 4."
