"""Complaints by factor and month, couriers with their alerts, goods with defects: recomputed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.report_setting import Couriers, ReportSetting
from sitegen.programme.reports.opinion.delivery import Courier, couriers, together
from sitegen.programme.reports.opinion.experience import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, figure, grid, ground, order, values


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def complaint(number: str, factor: str | None, opened: date, about: str | None = None) -> Row:
    return {"complaint_id": number, "customer_id": "C-1", "factor": factor, "opened_on": opened, "order_id": about}


def parcel(number: str, day: date, **more: Any) -> Row:
    return order(number, "C-1", day, **{"courier": "Crane", **more})


def test_complaints_of_twelve_months_are_counted_by_factor() -> None:
    rows = [
        complaint("B-1", "quality", date(2025, 10, 1)),
        complaint("B-2", "quality", date(2025, 9, 30)),
        complaint("B-3", "delivery-speed", TODAY),
        complaint("B-4", "courier-attitude", days(-1)),
        complaint("B-5", "quality", date(2026, 8, 9)),
        complaint("B-6", None, date(2026, 8, 8)),
    ]
    found = report(ground(customers=customers("C-1"), complaints=rows))
    assert values(found, "complaints", "worst", "worst-share", "on-the-way") == {
        "complaints": (4, 3),
        "worst": ("Product quality", "Product quality"),
        "worst-share": (Decimal("50.0"), Decimal("66.7")),
        "on-the-way": (1, 0),
    }
    table = {row[0]: row[1:] for row in grid(found, "factors").rows}
    assert table["Product quality"] == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, Decimal("50.0"))
    assert table["Not said"] == (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, Decimal("25.0"))
    assert table["Attitude of the service"] == (*(0,) * 13, Decimal("0.0"))
    drawn = chart(found, "factors-by-month")
    assert (drawn.labels[0], drawn.labels[-1]) == ("2025-10", "2026-09")
    assert drawn.says == "4 complaints in twelve months; the most came in August 2026 (2)."
    assert found.answer == (
        "4 complaints came in the last twelve months, most about product quality (2); no parcel was sent."
    )


def test_a_courier_is_judged_by_complaints_evaluations_and_days() -> None:
    orders = [
        parcel("O-1", days(179), delivered_on=days(174), rating=2),
        parcel("O-2", days(10), delivered_on=days(4), rating=3),
        parcel("O-3", days(5)),
        parcel("O-4", days(6), delivered_on=days(-1)),
        parcel("O-5", days(9), status="returned"),
        # Too long ago, never sent, taken along, and carried by somebody else.
        parcel("O-6", days(180), rating=1),
        parcel("O-7", days(9), status="cancelled", rating=1),
        parcel("O-8", days(9), courier=" ", rating=1),
        parcel("O-9", days(9), courier="Van", delivered_on=days(9)),
    ]
    complaints = [
        complaint("B-1", "delivery-speed", days(1), "O-1"),
        complaint("B-2", "courier-attitude", days(1), "O-2"),
        complaint("B-3", "quality", days(1), "O-3"),
        complaint("B-4", "delivery-speed", days(-1), "O-3"),
    ]
    found = couriers(ground(customers=customers("C-1"), orders=orders, complaints=complaints))
    # O-2 took six days, and O-4 has not come for six; O-3 has its five, and O-5 came back.
    assert found == (
        Courier("Crane", parcels=5, speed=1, attitude=1, bad=1, trouble=2, arrived=2, days=11, late=2),
        Courier("Van", parcels=1, arrived=1),
    )
    assert together(found) == Courier("", 6, 1, 1, 1, 2, 3, 11, 2)


def carried(parcels: int, bad: int) -> list[Row]:
    return [parcel(f"O-{number:02d}", days(3), rating=1 if number < bad else 5) for number in range(parcels)]


def alarmed(parcels: int, bad: int) -> list[str]:
    setting = ReportSetting(couriers=Couriers(most=Decimal(10), least=10))
    return list(alerts(report(ground(setting=setting, customers=customers("C-1"), orders=carried(parcels, bad)))))


def test_a_courier_is_alarming_above_the_most_that_is_allowed_and_only_with_enough_parcels() -> None:
    assert alarmed(10, 1) == []
    assert alarmed(10, 2) == ["courier"]
    assert alarmed(9, 9) == []


def test_the_alert_says_how_many_of_how_many_and_what_to_do() -> None:
    setting = ReportSetting(couriers=Couriers(most=Decimal("2.5"), least=10))
    found = report(ground(setting=setting, customers=customers("C-1"), orders=carried(40, 3)))
    alert = alerts(found)["courier"]
    assert alert.text == (
        "3 of 40 parcels by Crane brought a complaint or a bad evaluation: 7.5 %, where 2.5 % is the most that you"
        " allow."
    )
    assert alert.hint == "consider another express, or one more"
    assert figure(found, "trouble").value == Decimal("7.5")
    assert chart(found, "couriers").marks == (("alarming from here", Decimal("2.5")),)


def test_goods_have_the_defects_of_the_orders_that_they_were_in() -> None:
    orders = [
        order("O-1", "C-1", days(1), status="returned", rating=2),
        order("O-2", "C-1", days(364)),
        order("O-3", "C-1", days(365), status="returned"),
        order("O-4", "C-1", days(2), rating=1),
    ]
    bought = {"O-1": ("P-1", "P-2", "P-2"), "O-2": ("P-1",), "O-3": ("P-1",), "O-4": ("P-3",)}
    lines: list[Row] = [
        {"order_id": number, "line": line, "product_id": product, "quantity": 1, "price": 10}
        for number, goods_of_it in bought.items()
        for line, product in enumerate(goods_of_it, 1)
    ]
    goods = [{"product_id": f"P-{number}", "name": f"Cloth {number}"} for number in (1, 2, 3)]
    found = report(
        ground(
            customers=customers("C-1"),
            orders=orders,
            order_lines=lines,
            products=goods,
            complaints=[complaint("B-1", "quality", days(1), "O-2")],
        )
    )
    assert grid(found, "defects").rows == (
        ("P-1", "Cloth 1", 2, 1, 1, 2, Decimal("100.0"), 1),
        ("P-2", "Cloth 2", 1, 1, 0, 1, Decimal("100.0"), 1),
    )
