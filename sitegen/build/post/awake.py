"""Tell those who may be rung at now from those with whom it is quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis

from sitegen.audience.calendar.quiet import is_open, leaves_at
from sitegen.audience.plan.leaving import TIME_ZONES
from sitegen.data.engine import Engine
from sitegen.model.channel import Channel
from sitegen.model.shop import Shop

DAYS = 3


@dataclass(frozen=True, slots=True)
class Awake:
    """The lines that may leave now, and how many wait until it is quiet no more, from which instant on ("": none)."""

    lines: ibis.Table
    later: int = 0
    from_then: str = ""


def awake(engine: Engine, lines: ibis.Table, channel: Channel, shop: Shop, now: datetime) -> Awake:
    """Part the lines of a channel by the quiet hours of their customers' zones; the shop's holds where none is known.

    A message may have waited for the run longer than for its reader: then it waits for the next open hour.
    """
    customers = engine.tables["customers"]
    zones = customers[TIME_ZONES] if TIME_ZONES in customers.columns else ibis.null("string")
    known = customers.select(whose="customer_id", zones=zones.fill_null(shop.timezone))
    placed = lines.left_join(known, lines["customer_id"] == known["whose"]).drop("whose")
    quiet = shop.quiet(channel)
    counted = {row["zones"]: row["number"] for row in engine.ask(placed.group_by("zones").agg(number=placed.count()))}
    asleep = {name: number for name, number in counted.items() if not is_open(now, _zones(name), quiet)}
    if not asleep:
        return Awake(lines)
    waking = [instant for name in asleep if (instant := _next_open(_zones(name), shop, channel, now))]
    return Awake(
        placed.filter(placed["zones"].notin(sorted(asleep))).drop("zones"),
        sum(asleep.values()),
        min(waking).astimezone(UTC).isoformat(timespec="seconds") if waking else "",
    )


def _zones(name: str) -> tuple[ZoneInfo, ...]:
    return tuple(ZoneInfo(zone) for zone in name.split(" "))


def _next_open(zones: tuple[ZoneInfo, ...], shop: Shop, channel: Channel, now: datetime) -> datetime | None:
    home = ZoneInfo(shop.timezone)
    today = now.astimezone(home).date()
    opened = (leaves_at(today + timedelta(days), zones, shop.quiet(channel), home) for days in range(DAYS))
    return next((instant for instant in opened if instant and instant > now), None)
