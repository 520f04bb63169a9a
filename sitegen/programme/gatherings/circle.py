"""Introduce guests to each other: those who were there, or are coming, and who allowed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.programme.gatherings.chairs import guest_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir


def circle_rows(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    """One row for each guest whom the others of an event may know: event_id and customer_id, in this order.

    Only who said yes to it and has a chair or came: "connect with customers, making them a bridge of friends".
    """
    guests = guest_rows(tables, today).filter(lambda guest: guest["seated"])
    said = table_of(tables, "attendances")
    willing = said.filter(said["share_contact"].fill_null(False))
    willing = willing.select(event_id="event_id", customer_id="customer_id")
    return guests.select("event_id", "customer_id").semi_join(willing, ["event_id", "customer_id"])


def friend_rows(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    """One row for each guest and each other guest whom they may know by an event: event_id, customer_id, friend_id.

    It is an exchange: who is not to be known learns of nobody.
    """
    circle = circle_rows(tables, today)
    others = circle.select(same="event_id", friend_id="customer_id")
    pairs = circle.inner_join(others, circle["event_id"] == others["same"])
    pairs = pairs.filter(pairs["customer_id"] != pairs["friend_id"])
    return pairs.select("event_id", "customer_id", "friend_id").order_by("event_id", "customer_id", "friend_id")
