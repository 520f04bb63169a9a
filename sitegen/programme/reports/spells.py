"""Follow each customer from one day with an order to the next: who came, who was lost and when, who came back."""

from __future__ import annotations

from datetime import date, timedelta

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Window
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import purchases
from sitegen.programme.reports.spelling import ORDERS_KEPT

YEAR = 365


def loss_in_words(ground: Ground) -> str:
    """When a customer is lost, as definitions say it."""
    days = ground.setting.lost_after
    after = f"on the day after {days} days without an order"
    return f"A customer is lost on the day of the goodbye or {after}, whichever comes first. {ORDERS_KEPT}"


def spells(ground: Ground) -> ibis.Table:
    """One row for each day on which a customer ordered.

    customer_id, day, turn (0: the first), next (the next such day), lost: the day on which the customer was lost
    before there was a next one, null where they were not; and back, which is `next` where they had been lost. A goodbye
    belongs to the last order until its day; who orders on the very day on which a silence is full is not lost.
    Source: "don't know which customers they lost, when they lost them".
    """
    days = purchases(ground).select("customer_id", "day").distinct()
    order = ibis.window(group_by="customer_id", order_by="day")
    rows = days.mutate(turn=ibis.row_number().over(order), next=days["day"].lead().over(order))
    rows = _with_said(ground, rows)
    full = unheard(rows["day"], ground.setting.lost_after)
    silent = full < rows["next"].fill_null(ibis.date(ground.today + timedelta(days=1)))
    bye = (rows["said"] >= rows["day"]) & (rows["next"].isnull() | (rows["said"] < rows["next"]))
    lost = ibis.cases((bye & (rows["said"] < full), rows["said"]), (silent, full))
    return rows.select(
        "customer_id",
        "day",
        "turn",
        "next",
        lost=lost,
        back=ibis.ifelse(lost.notnull(), rows["next"], ibis.null("date")),
    )


def lost_now(ground: Ground) -> ibis.Table:
    """One row for each customer who is lost: customer_id, day (of the last order), lost. As `spells` tells it."""
    # The same as the last of the spells, without putting millions of orders in their order.
    rows = _with_said(ground, _of_customers(purchases(ground)))
    lost = _lost(rows["last"], rows["said"], ground, ground.today)
    found = rows.select("customer_id", day="last", lost=lost)
    return found.filter(found["lost"].notnull())


def held(ground: Ground, window: Window) -> ibis.Table:
    """One row for each customer who was one on the evening before the window: customer_id, since (the first order),
    and lost: whether they are lost on the window's last day, which is the ground's own."""
    assert window.first is not None
    eve = window.first - timedelta(days=1)
    rows = _with_said(ground, _of_customers(purchases(ground), eve))
    rows = rows.filter(rows["then"].notnull(), _lost(rows["then"], rows["said"], ground, eve).isnull())
    lost = _lost(rows["last"], rows["said"], ground, ground.today)
    return rows.select("customer_id", since="first", lost=lost.notnull())


def _of_customers(orders: ibis.Table, eve: date = date.max) -> ibis.Table:
    """customer_id, first and last day with an order, and `then`: the last one until that evening."""
    days = orders["day"]
    return orders.group_by("customer_id").aggregate(
        first=days.min(), last=days.max(), then=days.max(where=days <= ibis.date(eve))
    )


def _with_said(ground: Ground, rows: ibis.Table) -> ibis.Table:
    """The rows with `said`: the day of the customer's goodbye, null where there was none until today."""
    customers = table_of(ground.tables, "customers", ground.schema)
    said = customers.filter(customers["lost_on"] <= ibis.date(ground.today)).select(whose="customer_id", said="lost_on")
    return rows.left_join(said, rows["customer_id"] == said["whose"]).drop("whose")


def _lost(last: ibis.Value, said: ibis.Value, ground: Ground, today: date) -> ibis.Value:
    """When whoever ordered last on a day was lost, null where they were not until that evening."""
    bye = said.between(last, ibis.date(today))
    full = unheard(last, ground.setting.lost_after)
    return ibis.cases((bye & (said < full), said), (full <= ibis.date(today), full))


def unheard(last: ibis.Value, days: int) -> ibis.Value:
    """The day after so many days without an order, the first of which came after `last`."""
    # Engines make a time of a day and an interval, whatever Ibis believes.
    return (last.cast("timestamp") + ibis.interval(days=days + 1)).cast("date")
