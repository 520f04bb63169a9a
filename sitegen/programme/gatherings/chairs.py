"""Give chairs to those who said yes, in the order of their answers, and count what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.gathering import Gathering

if TYPE_CHECKING:
    import ibis.expr.types as ir

COMING = ("accepted", "attended")
"""What an answer says that takes a chair; who missed it left it empty."""
COLUMNS = ("title", "starts_at", "theme", "store_id", "place", "vip", "sales", "seats", "speaker_id")


def guest_rows(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    """One row for each yes that is known on a day: event_id, customer_id, turn (from 1), party (people) and seated.

    Chairs are given in the order of the answers: by day, those without a day last, and within a day by customer id.
    Who comes with more people than chairs are left waits, and so does everybody behind them.
    """
    rows = table_of(tables, "attendances")
    known = (rows["answered_on"] <= ibis.date(today)).fill_null(True)
    rows = rows.filter(rows["status"].isin(COMING).fill_null(False) & known)
    rows = rows.select("event_id", "customer_id", "answered_on", party=rows["party"].fill_null(1).clip(lower=1))
    events = table_of(tables, "events").select("seats", held="event_id")
    rows = rows.inner_join(events, rows["event_id"] == events["held"])
    # A day that nobody knows sorts last in every engine, whatever it thinks of nulls.
    asked = rows.mutate(day=rows["answered_on"].fill_null(ibis.date(date.max)))
    before = ibis.cumulative_window(group_by="event_id", order_by=["day", "customer_id"])
    taken = asked["party"].sum().over(before)
    seated = (taken <= asked["seats"]).fill_null(True)
    turn = ibis.row_number().over(ibis.window(group_by="event_id", order_by=["day", "customer_id"])) + 1
    return asked.select("event_id", "customer_id", turn=turn, party=asked["party"].cast("int64"), seated=seated)


def gathering_rows(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    """One row for each event: event_id, its columns, and how many people are coming and waiting; by their days."""
    guests = guest_rows(tables, today)
    counted = guests.group_by(counted="event_id").aggregate(
        coming=guests["party"].sum(where=guests["seated"]), waiting=guests["party"].sum(where=~guests["seated"])
    )
    events = table_of(tables, "events").select("event_id", *COLUMNS)
    joined = events.left_join(counted, events["event_id"] == counted["counted"])
    # An engine adds up in wider numbers than Ibis tells of, so a cast to what it tells would be left out.
    numbers = {name: joined[name].cast("int32").fill_null(0) for name in ("coming", "waiting")}
    return joined.select("event_id", *COLUMNS, **numbers).order_by("starts_at", "event_id")


def gathering(row: Mapping[str, Any]) -> Gathering:
    """A row of `gathering_rows` as a value."""
    return Gathering(**{"id" if name == "event_id" else name: value for name, value in row.items()})
