"""Goods in stock that nobody buys: recomputed by hand, on the edge days too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.prices import USUAL_PRICES, Unsold
from sitegen.model.programme import Programme
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.trade.unsold import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, order, values


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def product(number: int, stock: int | None, launched: date | None = None, **more: Any) -> Row:
    return {"product_id": f"P-{number}", "name": f"Cloth {number}", "stock": stock, "launched_on": launched, **more}


def shop(programme: Programme | None = None) -> Ground:
    sold = {"P-1": days(89), "P-2": days(90), "P-6": days(90), "P-7": days(10)}
    goods = [
        product(1, 5, days(999), cost=Decimal(10)),
        product(2, 4, days(999), cost=Decimal(10), price=Decimal(15)),
        product(3, 2, days(90), price=Decimal(30)),
        product(4, 9, days(89), cost=Decimal(10)),
        product(5, 0, days(999), cost=Decimal(10)),
        # Sold once, and new again since: the later day counts.
        product(6, 3, days(89), cost=Decimal(10)),
        product(7, 1, days(200), cost=Decimal(10)),
        product(8, 1),
        product(9, 1, days(-1)),
    ]
    orders = [order(f"O-{name}", "C-1", day) for name, day in sold.items()]
    orders[-1] = order("O-P-7", "C-1", days(10), status="returned")
    lines = [
        {"order_id": f"O-{name}", "line": 1, "product_id": name, "quantity": 1, "price": Decimal(1)} for name in sold
    ]
    return ground(programme=programme, customers=customers("C-1"), products=goods, orders=orders, order_lines=lines)


def test_unsold_is_what_had_no_sale_in_ninety_days_and_was_there_before() -> None:
    found = report(shop())
    listed = grid(found, "unsold")
    assert [(row[0], row[3], row[4], row[5], row[7]) for row in listed.rows] == [
        ("P-3", 2, Decimal("60.00"), None, 90),
        ("P-2", 4, Decimal("40.00"), days(90), 90),
        ("P-7", 1, Decimal("10.00"), None, 200),
        ("P-8", 1, Decimal("0.00"), None, None),
    ]
    assert listed.total == 4


def test_the_report_adds_up_what_lies_there() -> None:
    found = report(shop())
    # In stock: P-1 50, P-2 40, P-3 60, P-4 90, P-6 30, P-7 10, P-8 nothing known; P-9 is not there yet.
    assert values(found, "unsold", "unsold-share", "value", "value-share") == {
        "unsold": (4, None),
        "unsold-share": (Decimal("57.1"), None),
        "value": (Decimal("110.00"), None),
        "value-share": (Decimal("39.3"), None),
    }
    assert found.answer == (
        "4 of 7 products in stock had no sale in the last 90 days; that stock is worth 110.00 EUR (39.3 % of the"
        " stock)."
    )
    assert chart(found, "unsold").series[0].values == (Decimal("60.00"), Decimal("40.00"), Decimal("10.00"), Decimal(0))


def proposals(offered: Unsold | None) -> dict[object, object]:
    programme = Programme(prices=replace(USUAL_PRICES, unsold=offered))
    return {row[0]: row[8] for row in grid(report(shop(programme)), "unsold").rows}


def test_what_to_do_with_it_depends_on_what_the_members_area_offers() -> None:
    assert set(proposals(None).values()) == {"show it in the members' area: `unsold` in content/programme/prices.yaml"}
    assert proposals(Unsold(days=100, on_shelf=60))["P-2"] == (
        "the members' area shows it after 100 days without a sale"
    )
    assert proposals(Unsold(days=60, on_shelf=60))["P-2"] == (
        "the members' area shows it; tell its story, or name a price for members"
    )
    assert proposals(Unsold(days=60, on_shelf=60, discount=Decimal(40)))["P-2"] == (
        "the members' area offers it with 40 % off, which is below its cost"
    )
    assert proposals(Unsold(days=60, on_shelf=60, discount=Decimal(10)))["P-2"] == (
        "the members' area offers it with 10 % off; invite those who bought of its group"
    )


def test_goods_that_the_members_area_does_not_show_are_an_alert() -> None:
    assert alerts(report(shop()))["unsold"].text == "4 products had no sale in the last 90 days."
    offered = Programme(prices=replace(USUAL_PRICES, unsold=Unsold(days=90, on_shelf=60)))
    assert alerts(report(shop(offered))) == {}
