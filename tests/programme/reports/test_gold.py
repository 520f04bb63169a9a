"""The gold-medal customers: the fewest who bring the gold share of a year's profit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.model.report import Report
from sitegen.model.report_setting import BENCHMARKS, Benchmark, ReportSetting
from sitegen.programme.reports.trade.gold import report
from sitegen.programme.reports.trade.gold_curve import curve
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values

YEAR_AGO = TODAY - timedelta(days=364)
"""The first day of the year that ends today."""


def shop(*profits: int | str | None, day: date = TODAY) -> Report:
    """Customers 00, 01 ... with one order each, which brought so much."""
    names = [f"{number:02d}" for number in range(len(profits))]
    orders = [
        order(f"O-{name}", name, day, 1000, profit=None if profit is None else Decimal(profit))
        for name, profit in zip(names, profits, strict=True)
    ]
    return report(ground(customers=customers(*names), orders=orders))


def test_where_a_fifth_of_the_customers_brings_four_fifths_of_the_profit_it_says_just_that() -> None:
    told = shop(50, 5, 5, 5, 5, 30, *[0] * 4)
    assert values(told, "gold-customers", "gold-share", "fifth-share") == {
        "gold-customers": (2, 0),
        "gold-share": (Decimal("20.0"), None),
        "fifth-share": (Decimal("80.0"), None),
    }
    assert told.answer == "2 customers of 10 (20 %) bring 80 % of the profit; the first 20 % bring 80 % of it."


def test_one_more_is_gold_where_a_cent_lacks() -> None:
    told = shop("50", "29.99", "5.01", "5", "5", "5", "0", "0", "0", "0")
    assert values(told, "gold-customers")["gold-customers"][0] == 3
    assert values(told, "fifth-share")["fifth-share"][0] == Decimal("80.0")


def test_the_curve_follows_the_customers_from_nothing_to_all() -> None:
    drawn = chart(shop(50, 5, 5, 5, 5, 30, *[0] * 4), "pareto")
    assert drawn.labels == tuple(str(number) for number in range(0, 101, 10))
    assert drawn.series[0].values == (0, 50, 80, 85, 90, 95, 100, 100, 100, 100, 100)
    assert drawn.series[1].values == tuple(range(0, 101, 10))


def test_the_curve_has_a_hundred_and_one_points_however_many_customers_there_are() -> None:
    drawn = chart(shop(*range(1, 251)), "pareto")
    assert drawn.labels == tuple(str(number) for number in range(101))
    assert len(drawn.series[0].values) == 101
    # The first hundredth of 250 customers are three whole ones, and the line of equals says so.
    assert drawn.series[1].values[1] == Decimal("1.2")


def test_steps_of_a_few_customers_are_called_by_the_whole_per_cent_that_they_are() -> None:
    drawn = chart(shop(3, 2, 1), "pareto")
    assert drawn.labels == ("0", "33", "66", "100")


def test_customers_who_cost_more_than_they_bring_stand_apart() -> None:
    told = shop(80, 20, -30, -1)
    assert values(told, "customers", "profit", "losing", "cost", "gold-customers", "gold-share") == {
        "customers": (4, 0),
        "profit": (Decimal("69.00"), Decimal("0.00")),
        "losing": (2, 0),
        "cost": (Decimal("31.00"), Decimal("0.00")),
        "gold-customers": (1, 0),
        "gold-share": (Decimal("25.0"), None),
    }
    assert chart(told, "pareto").series[0].values == (0, 80, 100, 100, 100)


def test_an_order_without_a_profit_brings_the_margin_of_the_shop() -> None:
    assert values(shop(None, 50), "profit")["profit"][0] == Decimal("150.00")


def test_orders_count_from_the_first_day_of_the_year_to_today() -> None:
    names = ("early", "first", "last", "late")
    days = (YEAR_AGO - timedelta(days=1), YEAR_AGO, TODAY, TODAY + timedelta(days=1))
    orders = [order(name, name, day, profit=10) for name, day in zip(names, days, strict=True)]
    told = report(ground(customers=customers(*names), orders=orders))
    assert [row[1] for row in grid(told, "gold-customers").rows] == ["first", "last"]


def test_neither_what_came_back_nor_what_people_of_the_house_bought_brings_anything() -> None:
    orders = [
        order("O-1", "A", TODAY, profit=10, status="returned"),
        order("O-2", "A", TODAY, profit=10, status="cancelled"),
        order("O-3", "B", TODAY, profit=1),
        order("O-4", "C", TODAY, profit=10),
        order("O-5", "D", TODAY, profit=10),
    ]
    people = [*customers("A", "B"), *customers("C", **{"class": "staff"}), *customers("D", **{"class": "owner"})]
    found = curve(ground(customers=people, orders=orders))
    assert (found.customers, found.earned) == (1, Decimal("1.00"))


def test_the_register_says_who_they_are_with_the_best_first() -> None:
    adviser = [{"adviser_id": "W", "first_name": "Wiebke", "last_name": "Petersen"}]
    people = [
        {"customer_id": "A", "first_name": "Anna", "last_name": "Lin", "adviser_id": "W"},
        {"customer_id": "B", "first_name": "梅", "last_name": "林"},
    ]
    orders = [
        order("O-1", "A", TODAY, 20, profit=10),
        order("O-2", "B", YEAR_AGO, 20, profit=6),
        order("O-3", "B", TODAY, 20, profit=24),
    ]
    told = grid(report(ground(customers=people, orders=orders, advisers=adviser)), "gold-customers")
    assert told.rows == (
        (1, "B", "林梅", None, 2, Decimal("40.00"), Decimal("30.00"), Decimal("75.0"), TODAY),
        (2, "A", "Anna Lin", "Wiebke Petersen", 1, Decimal("20.00"), Decimal("10.00"), Decimal("100.0"), TODAY),
    )
    assert {head.name for head in told.heads if head.personal} == {"customer", "name"}


def test_the_register_shows_a_hundred_and_says_how_many_there_are() -> None:
    told = grid(shop(*[1] * 200), "gold-customers")
    assert (len(told.rows), told.total) == (100, 160)


@pytest.mark.parametrize(("days", "quiet"), [(179, 0), (180, 1)])
def test_who_is_gold_and_has_not_ordered_for_the_days_of_a_warning_is_an_alert(days: int, quiet: int) -> None:
    told = shop(10, day=TODAY - timedelta(days=days))
    assert (values(told, "gold-silent")["gold-silent"][0], len(alerts(told))) == (quiet, quiet)


def test_a_shop_may_set_another_share() -> None:
    marks = {**BENCHMARKS, "gold share": Benchmark(Decimal(50), "our own books")}
    orders = [order(name, name, TODAY, profit=10) for name in "ABCD"]
    told = report(ground(setting=ReportSetting(benchmarks=marks), customers=customers(*"ABCD"), orders=orders))
    assert values(told, "gold-customers", "gold-share") == {"gold-customers": (2, 0), "gold-share": (Decimal(50), None)}


def test_a_shop_of_nobody_has_no_gold_customers() -> None:
    told = report(ground())
    assert told.answer == "Nobody brought a profit in the last 365 days, so nobody can be called a gold customer yet."
    assert values(told, "gold-customers", "gold-share", "fifth-share") == {
        "gold-customers": (0, 0),
        "gold-share": (None, None),
        "fifth-share": (None, None),
    }
    assert (told.charts, told.alerts, told.grids[0].rows) == ((), (), ())


def test_the_only_customer_is_gold() -> None:
    assert shop(7).answer == "1 customer of 1 (100 %) brings 80 % of the profit; the first 20 % bring 100 % of it."


@settings(max_examples=20, deadline=None)
@given(some.lists(some.integers(-50, 50), max_size=12))
def test_no_fewer_customers_bring_the_share(profits: list[int]) -> None:
    orders = [order(str(number), str(number), TODAY, profit=profit) for number, profit in enumerate(profits)]
    found = curve(ground(orders=orders))
    brought = sorted((profit for profit in profits if profit > 0), reverse=True)
    fewest = next(several for several in range(len(profits) + 1) if 5 * sum(brought[:several]) >= 4 * sum(brought))
    assert (found.customers, found.gold, found.earned) == (len(profits), fewest, sum(brought))
