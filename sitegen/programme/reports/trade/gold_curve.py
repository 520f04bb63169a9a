"""Rank the customers by their profit, and follow how it adds up: the Pareto curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.model.report import Window
from sitegen.programme.reports.ground import Ground, Row, per_cent
from sitegen.programme.reports.purchases import cents, exact, purchases, within

YEAR = 365
STEPS = 100
FIFTH = 5


@dataclass(frozen=True, slots=True)
class Curve:
    """What the customers of the window bring. `earned` is the profit of those who brought one, `cost` what the others
    lost. `points` are per cent of the customers, in the order of their profit, and of `earned`: at most 100.
    """

    customers: int = 0
    gold: int = 0
    earned: Decimal = Decimal("0.00")
    gold_profit: Decimal = Decimal("0.00")
    fifth_profit: Decimal = Decimal("0.00")
    losing: int = 0
    cost: Decimal = Decimal("0.00")
    quiet: int = 0
    quiet_profit: Decimal = Decimal("0.00")
    points: tuple[tuple[Decimal | None, Decimal | None], ...] = ()


def curve(ground: Ground) -> Curve:
    """How the profit of the year up to the day adds up, customer by customer."""
    return _drawn(ground.ask(_hundredths(ground)))


def gold_customers(ground: Ground) -> ibis.Table:
    """One row for each gold customer: what `ranked` knows."""
    rows = ranked(ground, ground.last(YEAR))
    return rows.filter(rows["gold"])


def ranked(ground: Ground, window: Window) -> ibis.Table:
    """One row for each customer with an order in the window.

    customer_id, orders, spent, profit, last (day of the last order), place (from 0, by profit, among equal ones by
    customer_id), `brought` (the profit, nothing where it is a loss), `so_far` (what everybody up to this place
    brought), `total` (what all brought), `people` (how many there are), and `gold`: whether those before bring less
    than the gold share of it.
    """
    orders = purchases(ground)
    orders = orders.filter(within(orders["day"], window))
    rows = orders.group_by("customer_id").aggregate(
        orders=orders.count(),
        spent=exact(orders["amount"].sum()),
        profit=exact(orders["profit"].sum()),
        last=orders["day"].max(),
    )
    rows = rows.mutate(brought=exact(ibis.greatest(rows["profit"], ibis.literal(Decimal(0), "decimal(22, 6)"))))
    order = [rows["profit"].desc(), rows["customer_id"]]
    running = ibis.window(order_by=order, preceding=None, following=0)
    rows = rows.mutate(
        place=ibis.row_number().over(ibis.window(order_by=order)),
        so_far=exact(rows["brought"].sum().over(running)),
        total=exact(rows["brought"].sum().over(ibis.window())),
        people=rows.count().over(ibis.window()),
    )
    share = ibis.literal(ground.setting.benchmarks["gold share"].value / 100, "decimal(9, 6)")
    return rows.mutate(gold=(rows["so_far"] - rows["brought"] < rows["total"] * share) & (rows["brought"] > 0))


def _hundredths(ground: Ground) -> ibis.Table:
    """What `ranked` finds, in at most STEPS rows of as many customers each."""
    rows = ranked(ground, ground.last(YEAR))
    quiet = rows["gold"] & (rows["last"] <= ibis.date(_warned(ground)))
    fifth = rows["place"] * FIFTH < rows["people"]
    grouped = rows.group_by(step=rows["place"] * STEPS // rows["people"]).aggregate(
        until=rows["place"].max(),
        so_far=rows["so_far"].max(),
        earned=exact(rows["brought"].sum()),
        gold=rows.count(where=rows["gold"]),
        gold_profit=exact(rows["brought"].sum(where=rows["gold"])),
        fifth_profit=exact(rows["brought"].sum(where=fifth)),
        losing=rows.count(where=rows["profit"] < 0),
        cost=exact(rows["profit"].sum(where=rows["profit"] < 0)),
        quiet=rows.count(where=quiet),
        quiet_profit=exact(rows["brought"].sum(where=quiet)),
    )
    return grouped.order_by("step")


def _warned(ground: Ground) -> date:
    """The last day that is too long ago for somebody who orders."""
    return shift_days(ground.today, -ground.setting.warned_after)


def _drawn(rows: Sequence[Row]) -> Curve:
    if not rows:
        return Curve()
    customers, earned = rows[-1]["until"] + 1, rows[-1]["so_far"]
    return Curve(
        customers=customers,
        gold=_count(rows, "gold"),
        earned=cents(earned),
        gold_profit=_sum(rows, "gold_profit"),
        fifth_profit=_sum(rows, "fifth_profit"),
        losing=_count(rows, "losing"),
        cost=-_sum(rows, "cost"),
        quiet=_count(rows, "quiet"),
        quiet_profit=_sum(rows, "quiet_profit"),
        points=tuple((per_cent(row["until"] + 1, customers), per_cent(row["so_far"], earned)) for row in rows),
    )


def _count(rows: Sequence[Row], name: str) -> int:
    return sum(row[name] for row in rows)


def _sum(rows: Sequence[Row], name: str) -> Decimal:
    return cents(sum((row[name] or Decimal(0) for row in rows), Decimal(0)))
