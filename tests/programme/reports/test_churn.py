"""Who leaves by group, and who of each quarter's new customers comes again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.programme import Programme, Tier
from sitegen.model.report_setting import ReportSetting
from sitegen.model.tree import Place
from sitegen.programme.reports.loss.churn import report
from sitegen.programme.reports.loss.cohorts import Cohort, cohorts, cohorts_window
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

EVE = date(2025, 9, 8)
"""A year ago in the evening: the 365 days that end today begin on the morning after."""
LAST = EVE - timedelta(days=1)
"""The last order of who is lost today."""
PLACE = Place("content/programme/tiers.yaml", 1)
ALL = ReportSetting(least=1)


def group_rows(people: list[dict[str, Any]], setting: ReportSetting = ALL, **rows: Any) -> set[tuple[Any, ...]]:
    """Everybody ordered on LAST for 100; L... are lost now, the others ordered again today."""
    orders = [order(one["customer_id"], one["customer_id"], LAST, 100) for one in people]
    orders += [
        order(f"{one['customer_id']}2", one["customer_id"], TODAY) for one in people if one["customer_id"][0] != "L"
    ]
    tiers = (Tier("Linen", Decimal(0), Decimal(0), "", PLACE), Tier("Silver", Decimal(150), Decimal(2), "", PLACE))
    made = Programme(tiers=tiers, reports=setting)
    told = report(ground(programme=made, customers=people, orders=orders + rows.pop("orders", []), **rows))
    return set(grid(told, "groups").rows)


def test_each_group_says_how_many_there_were_and_how_many_are_lost() -> None:
    stores = [{"store_id": "S", "name": "Harbour", "region": "North"}]
    people = [
        {"customer_id": "L1", "type": "final", "store_id": "S", "gender": "female", "birthday": date(1996, 9, 9)},
        {"customer_id": "L2", "type": "agent", "gender": "male", "birthday": date(1996, 9, 8)},
        {"customer_id": "A", "type": "dealer", "store_id": "S", "birthday": date(1966, 9, 8)},
        {"customer_id": "B"},
    ]
    early = [order("A0", "A", EVE - timedelta(days=365), 50), order("B0", "B", EVE - timedelta(days=364), 49)]
    assert group_rows(people, stores=stores, orders=early) == {
        ("New or old", "new", 3, 2, Decimal("66.7")),
        ("New or old", "old", 1, 0, Decimal("0.0")),
        ("Place in the trade", "final", 1, 1, Decimal("100.0")),
        ("Place in the trade", "intermediate", 2, 1, Decimal("50.0")),
        ("Tier of spending", "Linen", 3, 2, Decimal("66.7")),
        ("Tier of spending", "Silver", 1, 0, Decimal("0.0")),
        ("Region", "North", 2, 1, Decimal("50.0")),
        ("Store", "Harbour", 2, 1, Decimal("50.0")),
        ("Age", "under 30", 1, 1, Decimal("100.0")),
        ("Age", "30 to 44", 1, 1, Decimal("100.0")),
        ("Age", "60 and over", 1, 0, Decimal("0.0")),
        ("Gender", "female", 1, 1, Decimal("100.0")),
        ("Gender", "male", 1, 1, Decimal("100.0")),
    }


def test_a_group_of_fewer_than_the_least_is_not_shown() -> None:
    people = [*customers("A", "B", "C", "D", gender="male"), *customers("E", gender="female")]
    found = {(row[0], row[1]) for row in group_rows(people, ReportSetting(least=4))}
    assert found == {("New or old", "new"), ("Tier of spending", "Linen"), ("Gender", "male")}


def test_the_figures_are_those_of_the_groups_with_a_month_before() -> None:
    orders = [
        order("A", "A", LAST),
        order("B", "B", EVE - timedelta(days=500)),
        order("B2", "B", LAST),
        order("B3", "B", TODAY),
    ]
    people = [{"customer_id": "A", "type": "final"}, {"customer_id": "B", "type": "retailer"}]
    told = report(ground(customers=people, orders=orders))
    assert values(told, "loss-rate", "loss-new", "loss-old", "loss-final", "loss-intermediate") == {
        "loss-rate": (Decimal("50.0"), None),
        "loss-new": (Decimal("100.0"), None),
        "loss-old": (Decimal("0.0"), None),
        "loss-final": (Decimal("100.0"), None),
        "loss-intermediate": (Decimal("0.0"), None),
    }
    assert list(alerts(told)) == ["loss-rate"]


def test_neither_age_nor_gender_is_drawn_named_or_an_alert() -> None:
    people = [*customers(*"ABCDEF", gender="male"), *customers(*"GHIJKLMNOPQRSTUVWXYZ", gender="female")]
    orders = [order(one["customer_id"], one["customer_id"], LAST) for one in people]
    stayed = [order(f"{name}2", name, TODAY) for name in "GHIJKLMNOPQRSTUVWXYZ"]
    told = report(ground(customers=people, orders=orders + stayed))
    assert ("Gender", "male", 6, 6, Decimal("100.0")) in grid(told, "groups").rows
    assert chart(told, "groups").labels == ("New or old: new",)
    assert (dict(alerts(told)), "male" in told.answer) == ({}, False)


def test_cohorts_say_how_many_came_again_in_each_quarter_that_is_over() -> None:
    days = {
        "A": [date(2026, 1, 1), date(2026, 4, 1), date(2026, 6, 30)],
        "B": [date(2026, 3, 31), date(2026, 7, 1)],
        "C": [date(2025, 12, 31), date(2026, 1, 1)],
        "D": [date(2026, 4, 1)],
    }
    orders = [order(f"{name}{day}", name, day) for name, those in days.items() for day in those]
    told = ground(orders=orders)
    assert cohorts(told) == (Cohort(date(2025, 10, 1), 1, (1, 0)), Cohort(date(2026, 1, 1), 2, (1,)))
    lines = {series.title: series.values for series in chart(report(told), "cohorts").series}
    assert lines == {"All": (Decimal("66.7"), 0), "2025 Q4": (100, 0), "2026 Q1": (50, None)}
    assert grid(report(told), "cohorts").rows == (("2025 Q4", 1, 100, 0), ("2026 Q1", 2, 50, None))


def test_there_are_twelve_cohorts_at_most_and_the_last_day_of_a_quarter_ends_it() -> None:
    windows = [cohorts_window(day) for day in (date(2026, 9, 29), date(2026, 9, 30))]
    assert [(window.first, window.last) for window in windows] == [
        (date(2023, 4, 1), date(2026, 6, 30)),
        (date(2023, 7, 1), date(2026, 9, 30)),
    ]
    orders = [order(f"{year}{month}", f"{year}{month}", date(year, month, 1)) for year in (2022, 2023, 2024, 2025, 2026)
              for month in (1, 4, 7, 10) if (year, month) < (2026, 10)]  # fmt: skip
    found = cohorts(ground(orders=orders))
    assert (len(found), found[0].name, found[-1].name) == (12, "2023 Q2", "2026 Q1")


def test_a_shop_of_nobody_lost_nobody() -> None:
    told = report(ground())
    assert told.answer == "A year ago there were no customers, so nobody could be lost."
    assert {figure.value for figure in told.figures} == {None}
    assert (told.charts, told.alerts, [one.rows for one in told.grids]) == ((), (), [(), ()])
