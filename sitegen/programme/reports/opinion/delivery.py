"""Reckon how each courier carried the parcels: how long it took, and which brought trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.programme.reports.compared import days_between, how_many, known, within
from sitegen.programme.reports.ground import Ground, Row

SPEED, ATTITUDE = "delivery-speed", "courier-attitude"
BAD = 2
"""Stars from which down an evaluation is bad."""


@dataclass(frozen=True, slots=True)
class Courier:
    """What a courier carried: parcels, of these with a complaint about the speed, with one about the manner, badly
    evaluated, with any of the three (`trouble`); those that arrived and the days that took together; those that were
    late."""

    name: str
    parcels: int = 0
    speed: int = 0
    attitude: int = 0
    bad: int = 0
    trouble: int = 0
    arrived: int = 0
    days: int = 0
    late: int = 0


def couriers(ground: Ground) -> tuple[Courier, ...]:
    """Each courier of the last `setting.couriers.days` days, the busiest first; among equals by name.

    A parcel is an order that names a courier and was not cancelled. It is late where it took more than `late` days, or
    has not come after these. Source: "changing the express delivery or increasing the express delivery options".
    """
    rows = _parcels(ground)
    took = days_between(rows["day"], rows["came"])
    waits = rows["came"].isnull() & (rows["status"] != "returned").fill_null(True)
    so_far = days_between(rows["day"], ibis.date(ground.today))
    late = ibis.ifelse(waits, so_far, took) > ground.setting.couriers.late
    found = rows.group_by("courier").aggregate(
        parcels=rows.count(),
        speed=how_many(rows["speed"]),
        attitude=how_many(rows["attitude"]),
        bad=how_many(rows["bad"]),
        trouble=how_many(rows["speed"] | rows["attitude"] | rows["bad"]),
        arrived=rows["came"].count(),
        days=took.sum().fill_null(0).cast("int64"),
        late=how_many(late.fill_null(False)),
    )
    return tuple(_courier(row) for row in ground.ask(found.order_by(ibis.desc("parcels"), "courier")))


def together(found: tuple[Courier, ...]) -> Courier:
    """All couriers as one."""
    return Courier(
        "",
        sum(one.parcels for one in found),
        sum(one.speed for one in found),
        sum(one.attitude for one in found),
        sum(one.bad for one in found),
        sum(one.trouble for one in found),
        sum(one.arrived for one in found),
        sum(one.days for one in found),
        sum(one.late for one in found),
    )


def _courier(row: Row) -> Courier:
    counts: Mapping[str, int] = {name: int(value) for name, value in row.items() if name != "courier"}
    return Courier(row["courier"], **counts)


def _parcels(ground: Ground) -> ibis.Table:
    """order_id, courier, day, came (null: not yet), status, and whether it brought each kind of trouble."""
    orders = table_of(ground.tables, "orders", ground.schema)
    orders = orders.mutate(courier=orders["courier"].strip().nullif(""))
    kept = (orders["status"] != "cancelled").fill_null(True)
    in_time = within(orders["ordered_at"], ground.last(ground.setting.couriers.days))
    orders = orders.filter(orders["courier"].notnull(), kept, in_time)
    came = ibis.ifelse(
        known(orders["delivered_on"], ground.today), orders["delivered_on"].cast("date"), ibis.null("date")
    )
    orders = orders.select(
        "order_id",
        "courier",
        "status",
        day=orders["ordered_at"].cast("date"),
        came=came,
        bad=(orders["rating"] <= BAD).fill_null(False),
    )
    complaints = _complaints(ground)
    joined = orders.left_join(complaints, orders["order_id"] == complaints["about"]).drop("about")
    return joined.mutate(speed=joined["speed"].fill_null(False), attitude=joined["attitude"].fill_null(False))


def _complaints(ground: Ground) -> ibis.Table:
    """Which orders brought a complaint about the way of the parcel, until today."""
    rows = table_of(ground.tables, "complaints", ground.schema)
    rows = rows.filter(known(rows["opened_on"], ground.today), rows["order_id"].notnull())
    rows = rows.filter(rows["factor"].isin([SPEED, ATTITUDE]))
    return rows.group_by(about="order_id").aggregate(
        speed=(rows["factor"] == SPEED).any(), attitude=(rows["factor"] == ATTITUDE).any()
    )
