"""What a customer is worth, by hand: the average order, how often, for how long, and the part that is profit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sitegen.model.report import Report
from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.trade.value import report
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def weekly(customer: str, first: int, profit: int | None = 10) -> list[dict[str, object]]:
    """Fifty orders of 100, one a week."""
    return [order(f"{customer}{n}", customer, ago(first - 7 * n), 100, profit=profit) for n in range(50)]


def test_the_customer_of_the_texts_is_worth_fifty_thousand_and_brings_five_thousand() -> None:
    told = report(ground(customers=customers("A"), orders=weekly("A", 350)))
    assert values(told, "value", "profit", "loss-with-word") == {
        "value": (Decimal("50000.00"), Decimal("46000.00")),
        "profit": (Decimal("5000.00"), Decimal("4600.00")),
        "loss-with-word": (Decimal("10000.00"), Decimal("9200.00")),
    }
    assert told.answer == (
        "A customer spends 50,000.00 EUR over 10 years and brings 5,000.00 EUR of profit; who leaves with a bad word"
        " takes 10,000.00 EUR of it along."
    )


def test_without_any_profit_in_the_file_the_shops_margin_counts() -> None:
    here = ground(setting=ReportSetting(margin=Decimal(20)), customers=customers("A"), orders=weekly("A", 350, None))
    assert values(report(here), "profit")["profit"][0] == Decimal("10000.00")


def test_the_margin_is_that_of_the_orders_that_name_their_profit() -> None:
    orders = [order("O-1", "A", TODAY, 100, profit=30), order("O-2", "A", TODAY, 300, profit=None)]
    told = report(ground(setting=ReportSetting(years=1), customers=customers("A"), orders=orders))
    assert values(told, "value", "profit")["profit"][0] == Decimal("120.00")


def trade() -> Report:
    """A and B are old: two orders of 100 in the year and one of 200. C is new: one of 50. D was lost in the year."""
    orders = [
        *(order(f"A{days}", "A", ago(days), 100, profit=50) for days in (400, 300, 10)),
        *(order(f"B{days}", "B", ago(days), 200, profit=20) for days in (365, 364)),
        order("C", "C", ago(363), 50, profit=5),
        order("D", "D", ago(365 + 100), 999, profit=99),
    ]
    return report(ground(setting=ReportSetting(years=3), customers=customers(*"ABCD"), orders=orders))


def test_old_and_new_customers_are_worth_what_their_own_orders_say() -> None:
    told = trade()
    assert grid(told, "by-history").rows == (
        ("New", 1, Decimal("50.00"), Decimal("1.0"), Decimal("50.00"), Decimal("150.00"), Decimal("10.0"), Decimal(15)),
        ("Old", 2, Decimal("133.33"), Decimal("1.5"), Decimal("200.00"), Decimal(600), Decimal("30.0"), Decimal(180)),
        ("All", 3, Decimal("112.50"), Decimal("1.3"), Decimal("150.00"), Decimal(450), Decimal("27.8"), Decimal(125)),
    )
    assert values(told, "old-to-new")["old-to-new"][0] == Decimal("12.0")
    assert [series.values for series in chart(told, "values").series] == [(150, 600, 450), (15, 180, 125)]


def test_the_loss_of_a_year_costs_what_those_would_have_spent_who_are_lost() -> None:
    told = trade()
    assert {
        name: value
        for name, (value, _) in values(told, "loss-rate", "lost-revenue", "lost-profit", "kept-instead").items()
    } == {
        "loss-rate": Decimal("33.3"),
        "lost-revenue": Decimal("150.00"),
        "lost-profit": Decimal("41.67"),
        "kept-instead": 5,
    }
    assert list(alerts(told)) == ["loss-rate"]


def test_a_loss_of_just_the_upper_end_is_no_alert() -> None:
    orders = [order(f"{n}", f"{n}", ago(371)) for n in range(10)] + [order(f"{n}b", f"{n}", TODAY) for n in range(7)]
    told = report(ground(orders=orders))
    assert (values(told, "loss-rate")["loss-rate"][0], dict(alerts(told))) == (Decimal("30.0"), {})


def test_a_shop_of_nobody_has_nothing_to_reckon() -> None:
    told = report(ground())
    assert told.answer == "Nobody ordered in the last 365 days, so no customer's value can be reckoned."
    assert {figure.value for figure in told.figures} == {None, 0}
    assert (told.charts, told.alerts) == ((), ())


def test_a_shop_of_one_new_customer_has_no_old_ones_to_compare_with() -> None:
    told = report(ground(customers=customers("A"), orders=[order("O", "A", TODAY, 5)]))
    assert values(told, "value", "value-new", "value-old", "old-to-new", "loss-rate", "lost-revenue") == {
        "value": (Decimal("50.00"), None),
        "value-new": (Decimal("50.00"), None),
        "value-old": (None, None),
        "old-to-new": (None, None),
        "loss-rate": (None, None),
        "lost-revenue": (None, None),
    }
