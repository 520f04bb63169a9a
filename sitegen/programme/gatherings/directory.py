"""Say to each guest who else was at their table, or will be: those who allowed it, with their telephones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import table_of
from sitegen.programme.gatherings.circle import circle_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir

LONGEST = 600
"""Bytes of a guest's directory: a slot of the keyrings has an end."""
MOST = 20
"""Guests of an event who are named at all: who comes to a fair of thousands needs no list of them."""
BETWEEN = ";\n"
"""What stands between two guests, on a page whose style knows lines and on one that doesn't."""


def directory_rows(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    """One row for each guest who has somebody to find: customer_id and circle, a line each: "Full name, telephone;".

    It tells of the next gathering to which they said yes, else of the last one at which they were; those are cut
    that no longer fit, and counted in a last line, "+3". Who is not to be known learns of nobody.
    """
    circle = _numbered(circle_rows(tables, today))
    held = _chosen(tables, circle, today)
    others = circle.filter(circle["turn"] < MOST).select(event="event_id", friend="customer_id")
    pairs = held.inner_join(others, held["event_id"] == others["event"])
    pairs = pairs.filter(pairs["customer_id"] != pairs["friend"])
    named = _named(tables)
    pairs = pairs.inner_join(named, pairs["friend"] == named["known"])
    so_far = ibis.cumulative_window(group_by="customer_id", order_by="friend")
    pairs = pairs.mutate(taken=(pairs["bytes"] + len(BETWEEN)).sum().over(so_far))
    pairs = pairs.filter(lambda row: row["taken"] <= LONGEST)
    listed = pairs.group_by("customer_id").aggregate(
        circle=pairs["said"].collect().sort().join(BETWEEN), more=(pairs["guests"] - 1).max() - pairs.count()
    )
    rest = BETWEEN + "+" + listed["more"].cast("string")
    return listed.select("customer_id", circle=listed["circle"] + ibis.ifelse(listed["more"] > 0, rest, ""))


def _numbered(circle: ir.Table) -> ir.Table:
    """The circle with each guest's number in it, from 0, and how many they are."""
    within = ibis.window(group_by="event_id", order_by="customer_id")
    number = ibis.row_number().over(within)
    return circle.mutate(turn=number, guests=circle["customer_id"].count().over(group_by="event_id"))


def _chosen(tables: Mapping[str, ibis.Table], circle: ir.Table, today: date) -> ir.Table:
    """The event of each guest with somebody else in it: the next one, else the last."""
    events = table_of(tables, "events").select("starts_at", held="event_id")
    rows = circle.filter(circle["guests"] > 1).inner_join(events, circle["event_id"] == events["held"])
    away = rows["starts_at"].cast("date").delta(ibis.date(today), unit="day")
    # What is ahead stands before what is over: the nearest of either kind comes first.
    rows = rows.mutate(over=(away < 0).cast("int8"), away=away.abs())
    first = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=["over", "away", "event_id"]))
    return rows.mutate(place=first).filter(lambda row: row["place"] == 0).select("customer_id", "event_id", "guests")


def _named(tables: Mapping[str, ibis.Table]) -> ir.Table:
    """What is said of a guest, and its bytes at most: a letter of a name has three of them in Chinese."""
    people = table_of(tables, "customers")
    name = full_name(people["first_name"], people["last_name"])
    # A number that breaks at the end of a line is hard to dial.
    phone = people["phone"].strip().replace(" ", "\u00a0").nullif("")
    said = ibis.ifelse(phone.isnull(), name, name + ", " + phone)
    size = name.length() * 3 + phone.length().fill_null(0) * 2 + len(", ")
    return people.select(known="customer_id", said=said, bytes=size).filter(lambda row: row["said"].notnull())
