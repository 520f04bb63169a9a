"""Hand out the orders that reports count: what customers bought and kept, and what each order brought."""

from __future__ import annotations

from decimal import Decimal

import ibis

from sitegen.audience.facts import facts
from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Window
from sitegen.programme.reports.ground import Ground

HOUSE = ("staff", "owner")
"""The classes of customers who are of the house."""

FINE = "decimal(18, 6)"
"""Of a profit that is reckoned from a margin: it is rounded only where it is shown."""


def purchases(ground: Ground) -> ibis.Table:
    """The orders until the day that were neither returned nor cancelled, of customers who are not of the house.

    order_id, customer_id, store_id, day, amount, named: whether the order names its profit, and profit (FINE): that
    one, else the shop's margin of the amount.
    """
    if ground.bought is not None:
        return ground.bought.filter(ground.bought["day"] <= ibis.date(ground.today))
    orders = facts.purchases(ground.tables, ground.today)
    margin = ibis.literal(ground.setting.margin / 100, "decimal(9, 6)")
    profit = ibis.coalesce(orders["profit"].cast(FINE), (orders["amount"].cast(FINE) * margin).cast(FINE))
    rows = orders.select(
        "order_id",
        "customer_id",
        "store_id",
        day=orders["ordered_at"].cast("date"),
        amount=orders["amount"].cast("decimal(18, 2)"),
        named=orders["profit"].notnull(),
        profit=profit,
    )
    return outside(ground, rows)


def outside(ground: Ground, rows: ibis.Table) -> ibis.Table:
    """The rows whose customer_id is of nobody in the house."""
    customers = table_of(ground.tables, "customers", ground.schema)
    return rows.anti_join(customers.filter(customers["class"].isin(HOUSE)).select("customer_id"), "customer_id")


def within(day: ibis.Value, window: Window) -> ibis.Value:
    """Whether the day lies in the window, both ends included."""
    until = day <= ibis.date(window.last)
    return until if window.first is None else until & (day >= ibis.date(window.first))


def exact(total: ibis.Value) -> ibis.Value:
    """A sum of amounts or profits as the engine may reckon on with it: sums come in the widest type."""
    return total.cast("decimal(22, 6)")


def cents(amount: Decimal | None) -> Decimal:
    """What stands on paper: two places, a half upwards; nothing is 0."""
    # Twelve places first: the last digit of a division must not decide about a half.
    return (amount or Decimal(0)).quantize(Decimal("1e-12")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
