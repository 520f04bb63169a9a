"""Show the plan as tables for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import ibis
from rich.table import Table
from rich.text import Text

from sitegen.audience.plan.caps import cap_words
from sitegen.build.people import People
from sitegen.build.plan import Plan, Since
from sitegen.cli.console import console
from sitegen.model.shop import Cap, Shop

DATED = " (on|until) [0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""How a reason ends that has a day."""


def plan_tables(people: People, plan: Plan, shop: Shop, since: Since | None) -> None:
    """Counts by day, campaign and channel; exclusions by reason; what the caps held back; changes; totals."""
    out = console()
    totals = people.engine.count(plan.planned), people.engine.count(plan.excluded)
    if totals[0]:
        out.print(_planned(people, plan, ZoneInfo(shop.timezone)))
    if totals[1]:
        out.print(_left_out(people, plan))
    if not any(totals):
        out.print(f"Nothing is due on {_days(plan.first, plan.last)}: no campaign has a message for anybody then.")
    if shop.caps:
        out.print(_capped(people, plan, shop.caps))
    _tell_changes(since)
    out.print(f"\n{totals[0]:,} planned + {totals[1]:,} left out = {sum(totals):,} candidates")


def _table(title: str, *columns: str, numbers: tuple[str, ...]) -> Table:
    table = Table(*columns, title=title or None, title_justify="left", box=None)
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def _planned(people: People, plan: Plan, zone: ZoneInfo) -> Table:
    """`at` is told by the shop's clock; `advisers` is the number of those whose customers hear."""
    table = _table("Planned", "leaves", "at", "campaign", "channel", numbers=("messages", "advisers"))
    lines, keys = plan.planned, ["day", "campaign", "channel"]
    instants = {"first": lines["leaves_at"].min(), "last": lines["leaves_at"].max()}
    counted = lines.group_by(keys).aggregate(number=lines.count(), advisers=lines["adviser_id"].nunique(), **instants)
    for batch in people.engine.rows(counted.order_by(keys)):
        for row in batch:
            numbers = (f"{row['number']:,}", f"{row['advisers']:,}")
            table.add_row(str(row["day"]), _hours(row, zone), Text(row["campaign"]), row["channel"], *numbers)
    return table


def _hours(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """ "09:00", or from the first to the last where quiet hours part them; "+1" on the day after."""
    told: list[str] = []
    for text in (row["first"], row["last"]):
        instant = datetime.fromisoformat(text).astimezone(zone) if text else None
        later = (instant.date() - row["day"]).days if instant else 0
        told += [f"{instant:%H:%M}" + (f"{later:+}" if later else "")] if instant else []
    return "-".join(dict.fromkeys(told))


def _left_out(people: People, plan: Plan) -> Table:
    """Customers at one address are many, and each shares it with another one: they are one reason here.

    And so are those of whom the same was heard on different days.
    """
    table = _table("\nLeft out", "campaign", "channel", "reason", numbers=("customers",))
    twin = plan.excluded["code"] == "duplicate-address"
    lines = plan.excluded.mutate(
        reason=ibis.ifelse(twin, "the same address as another customer", plan.excluded["reason"].re_replace(DATED, ""))
    )
    keys = ["campaign", "channel", "reason"]
    counted = lines.group_by(keys).aggregate(number=lines.count())
    for batch in people.engine.rows(counted.order_by(keys)):
        for row in batch:
            table.add_row(Text(row["campaign"]), row["channel"], Text(row["reason"]), f"{row['number']:,}")
    return table


def _capped(people: People, plan: Plan, caps: tuple[Cap, ...]) -> Table:
    table = _table("\nCaps", "cap", numbers=("held back",))
    held = plan.excluded.filter(plan.excluded["code"] == "capped")
    words = {cap_words(cap): held["reason"].startswith(cap_words(cap) + ",") for cap in caps}
    counts = {said: holds.cast("int64").sum().fill_null(0) for said, holds in words.items()}
    (row,) = people.engine.ask(held.aggregate(**counts))
    for said in words:
        table.add_row(said, f"{row[said]:,}")
    return table


def _tell_changes(since: Since | None) -> None:
    out = console()
    if since is None:
        out.print("\nNo plan was stored yet: the next one can be compared with this one.")
        return
    former = f"the plan for {_days(since.first, since.last)}"
    if since.days is None:
        out.print(f"\nNothing to compare: {former} has no day in common with this one.")
    elif not since.changes:
        out.print(f"\nNothing has changed since {former}, as far as both go ({_days(*since.days)}).")
    else:
        out.print(f"\nChanged since {former}, on the days of both ({_days(*since.days)})", style="italic")
        table = _table("", "campaign", "channel", numbers=("added", "gone"))
        for change in since.changes:
            table.add_row(Text(change.campaign), change.channel, f"{change.added:,}", f"{change.gone:,}")
        out.print(table)


def _days(first: date, last: date) -> str:
    """ "8 September 2026 to 7 October 2026"."""
    return f"{first:%-d %B %Y}" + (f" to {last:%-d %B %Y}" if last != first else "")
