"""Prices that will change, and goods of those who sell on: what they fetched, and what they have not sold yet."""

from __future__ import annotations

from datetime import timedelta

from tests.shop.people import TODAY
from tests.shop.places import Row

_CHANGES = (("P-021", "2026-09-15", "319.00", "299.00"), ("P-031", "2026-09-15", "148.00", "168.00"))
RECENT = str(TODAY - timedelta(days=90))
SELL_ON = {"agent", "dealer", "retailer", "wholesaler"}


def price_changes() -> list[Row]:
    """Silk grew dearer, sandalwood cheaper: known now, in force next week."""
    return [dict(zip(("product_id", "day", "price", "former"), change, strict=True)) for change in _CHANGES]


def with_what_is_unsold(people: list[Row], orders: list[Row], lines: list[Row]) -> list[Row]:
    """The lines, where those who sell on have said within ninety days that half of several pieces still lie there."""
    trade = {person["customer_id"] for person in people if person["type"] in SELL_ON}
    taken = {
        order["order_id"]: order["delivered_on"]
        for order in orders
        if order["customer_id"] in trade and order["ordered_at"] >= RECENT and order["status"] == "delivered"
    }
    return [
        line | {"collected_on": taken[line["order_id"]], "unsold": str(int(line["quantity"]) // 2)}
        if line["order_id"] in taken and int(line["quantity"]) > 1
        else line
        for line in lines
    ]
