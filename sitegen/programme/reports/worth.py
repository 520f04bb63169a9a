"""Say what a year of a customer is worth, and which of them come first."""

from __future__ import annotations

import ibis

from sitegen.model.report import Head, Measure
from sitegen.programme.reports.compared import MONEY, days_between
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import purchases
from sitegen.programme.reports.registers import FIRST, named

YEAR = 365
WORTH = "the amount of their orders in the 365 days that ended with their last one"
WORTH_HEAD = Head("worth", "A year of theirs", Measure.MONEY)


def worth(ground: Ground, among: ibis.Table | None = None) -> ibis.Table:
    """One row for each customer who bought: customer_id, `worth` (WORTH), `first_order`, `last_order`, and
    `order_days`, on how many different days they bought.

    `among`: only customers whose customer_id is there, which is quicker for few of them.
    """
    orders = purchases(ground).select("customer_id", "day", "amount")
    if among is not None:
        orders = orders.semi_join(among, "customer_id")
    # A join instead of a window: millions of orders need not be put in order.
    buyers = bought(ground).select("last_order", buyer="customer_id")
    both = orders.inner_join(buyers, orders["customer_id"] == buyers["buyer"])
    in_year = days_between(both["day"], both["last_order"]) < YEAR
    return both.group_by("customer_id").aggregate(
        worth=both["amount"].sum(where=in_year).cast(MONEY),
        first_order=both["day"].min(),
        last_order=both["day"].max(),
        order_days=both["day"].nunique(),
    )


def bought(ground: Ground) -> ibis.Table:
    """customer_id and `last_order` of each customer who bought."""
    orders = purchases(ground)
    return orders.group_by("customer_id").aggregate(last_order=orders["day"].max())


def first_by_worth(ground: Ground, rows: ibis.Table, count: int = FIRST) -> ibis.Table:
    """The first rows by `worth` (the greatest first, among equals by number), with what `named` adds."""
    top = rows.order_by(ibis.desc("worth"), "customer_id").limit(count)
    return named(ground, top).order_by(ibis.desc("worth"), "customer_id")
