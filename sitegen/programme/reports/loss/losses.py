"""Reckon what each lost customer was worth: the last year with orders, and the years that would have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis

from sitegen.programme.reports.compared import days_between, how_many
from sitegen.programme.reports.ground import Ground, Row
from sitegen.programme.reports.loss.causes import YEAR, Cause, goodbyes, with_cause
from sitegen.programme.reports.purchases import cents, exact, purchases, within
from sitegen.programme.reports.registers import FIRST, named
from sitegen.programme.reports.spells import lost_now

WORDS = 20
"""So many different words of goodbye are shown."""


@dataclass(frozen=True, slots=True)
class Toll:
    """Lost customers, what they spent and brought in their last years with orders, and would have brought later."""

    customers: int = 0
    spent: Decimal = Decimal("0.00")
    profit: Decimal = Decimal("0.00")
    to_come: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Losses:
    """How many are lost in all; those of them who were lost in the last 365 days, and these by their causes."""

    ever: int
    recent: Toll
    by_cause: dict[Cause, Toll]


def losses(ground: Ground) -> Losses:
    """What was lost until today, and why in the last 365 days."""
    lost = lost_now(ground)
    (row,) = ground.ask(lost.aggregate(ever=lost.count()))
    rows = _worths(ground, with_cause(ground, lost.filter(within(lost["lost"], ground.last(YEAR)))))
    told = ground.ask(
        rows.group_by("cause").aggregate(
            customers=rows.count(),
            spent=exact(rows["spent"].sum()),
            profit=exact(rows["profit"].sum()),
            to_come=exact(rows["to_come"].sum()),
        )
    )
    by_cause = {cause: _toll([row for row in told if row["cause"] == cause]) for cause in Cause}
    return Losses(row["ever"], _toll(told), by_cause)


def _toll(rows: Sequence[Row]) -> Toll:
    sums = [cents(sum((row[name] for row in rows), Decimal(0))) for name in ("spent", "profit", "to_come")]
    return Toll(sum(int(row["customers"]) for row in rows), *sums)


def first_losses(ground: Ground) -> Sequence[Row]:
    """The FIRST lost customers by the profit that would have come: what `_worths` knows, the cause, and the names."""
    rows = _worths(ground, lost_now(ground))
    order = [rows["to_come"].desc(), rows["profit"].desc(), rows["customer_id"]]
    first = named(ground, with_cause(ground, rows.order_by(order).limit(FIRST)))
    return ground.ask(first.order_by([first["to_come"].desc(), first["profit"].desc(), first["customer_id"]]))


def last_words(ground: Ground) -> Sequence[Row]:
    """`words` of those who said why they left, and how many `customers` said just these: the most frequent 20."""
    rows = goodbyes(ground, lost_now(ground))
    told = rows.group_by("words").aggregate(customers=rows.count())
    return ground.ask(told.order_by([told["customers"].desc(), told["words"]]).limit(WORDS))


def _worths(ground: Ground, lost: ibis.Table) -> ibis.Table:
    """The lost customers with orders, spent and profit of the last 365 days up to the last order, `years` that would
    have come, and `to_come`: the profit of these years.

    Source: "let alone what impact".
    """
    here = lost.select(whose="customer_id", last="day")
    orders = purchases(ground)
    orders = orders.inner_join(here, orders["customer_id"] == here["whose"])
    late = days_between(orders["day"], orders["last"]) < YEAR
    worth = orders.group_by(whose="customer_id").aggregate(
        first=orders["day"].min(),
        orders=how_many(late),
        spent=exact(orders["amount"].sum(where=late)),
        profit=exact(orders["profit"].sum(where=late)),
    )
    rows = lost.inner_join(worth, lost["customer_id"] == worth["whose"]).drop("whose")
    stayed = days_between(rows["first"], rows["day"]) // YEAR
    rows = rows.mutate(years=ibis.greatest(ground.setting.years - stayed, 1).cast("int64"))
    return rows.mutate(to_come=exact(rows["profit"] * rows["years"]))
