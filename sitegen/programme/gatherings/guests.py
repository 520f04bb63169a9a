"""List the guests of events to come: who has a chair, who waits for one, and who is reminded today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import table_of
from sitegen.programme.gatherings.chairs import guest_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = ("event_id", "title", "starts_at", "turn", "customer_id", "name", "phone", "party", "seated", "remind")


def coming_rows(tables: Mapping[str, ibis.Table], reminders: Collection[int], today: date) -> ir.Table:
    """One row with COLUMNS for each guest of an event from `today` on: by event, in the order of their answers.

    `reminders` are days before an event on which its guests hear of it again; `remind` says whether today is one of
    them. Who waits for a chair is not reminded.
    """
    events = table_of(tables, "events").select("title", "starts_at", held="event_id")
    day = events["starts_at"].cast("date")
    events = events.mutate(before=day.delta(ibis.date(today), unit="day")).filter(lambda row: row["before"] >= 0)
    guests = guest_rows(tables, today)
    found = guests.inner_join(events, guests["event_id"] == events["held"])
    people = table_of(tables, "customers")
    named = people.select(guest="customer_id", name=full_name(people["first_name"], people["last_name"]), phone="phone")
    found = found.inner_join(named, found["customer_id"] == named["guest"])
    today_is = found["before"].isin(sorted(reminders)) if reminders else ibis.literal(False)
    return found.mutate(remind=found["seated"] & today_is).select(COLUMNS).order_by("starts_at", "event_id", "turn")
