"""Find what waits for advisers: duties, promises and appointments, each with the adviser whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.audience.plan.leaving import TIME_ZONES
from sitegen.model.duty import Desk
from sitegen.model.table import STANDARD, Schema
from sitegen.programme.service.promises import open_promises

WHO = ("name", "language", "phone", "email", "city", "country", "zones", "store_id", "region")
"""What a line says of its customer; `region` is that of the home store, `zones` where it may be quiet."""
APPOINTMENT = ("contact_id", "customer_id", "adviser_id", "appointment_at", "subject", "note", "washing_question")


def waiting(duties: ibis.Table) -> ibis.Table:
    """The duties that are neither done nor excused nor void: INSTANCE_COLUMNS."""
    return duties.filter(duties["done_on"].isnull(), duties["excused_on"].isnull(), duties["void"].isnull())


def with_people(rows: ibis.Table, tables: Mapping[str, ibis.Table], schema: Schema = STANDARD) -> ibis.Table:
    """The rows with WHO of their customers, null where a row names none."""
    there = people(tables, schema).rename(whose="customer_id")
    joined = rows.left_join(there, rows["customer_id"] == there["whose"])
    return joined.select(*rows.columns, *WHO)


def people(tables: Mapping[str, ibis.Table], schema: Schema = STANDARD) -> ibis.Table:
    """customer_id and WHO of every customer."""
    rows = rows_with(tables, "customers", ("store.region",), schema)
    zones = rows[TIME_ZONES] if TIME_ZONES in rows.columns else rows["time_zone"]
    said = {
        "name": ibis.coalesce(full_name(rows["first_name"], rows["last_name"]), rows["customer_id"]),
        "zones": zones,
        "region": rows["store.region"],
    }
    plain = {name: rows[name] for name in WHO if name not in said}
    return rows.select("customer_id", **{name: (plain | said)[name] for name in WHO})


def escalated_rows(lines: ibis.Table, today: date, desk: Desk) -> ibis.Table:
    """The lines so late that the region sees them, with `days_late`, and `house` where the head office does."""
    region, house = (
        ibis.date(today - timedelta(days=days)) for days in (desk.escalation.region, desk.escalation.head_office)
    )
    late = lines.filter(lines["due"] < region)
    days = ibis.literal(today).delta(late["due"], unit="day").cast("int64")
    return late.mutate(days_late=days, house=late["due"] < house)


def promised(tables: Mapping[str, ibis.Table], today: date, ahead: int) -> ibis.Table:
    """The promises that are late, or due within so many days: `service.promises.COLUMNS`, "" for no adviser."""
    rows = open_promises(tables, today)
    return rows.filter(rows["due_on"] <= ibis.date(today + timedelta(days=ahead)))


def appointments(tables: Mapping[str, ibis.Table], today: date, ahead: int, schema: Schema = STANDARD) -> ibis.Table:
    """APPOINTMENT of the times that were arranged for today or one of so many days after it; "" for no adviser.

    Where the contact names nobody, it is the customer's own adviser.
    Source: "If ... cannot be answered, a time must be arranged".
    """
    rows = rows_with(tables, "contacts", ("customer.adviser_id",), schema)
    begins = ibis.timestamp(datetime(today.year, today.month, today.day))  # noqa: DTZ001 - the file's own clock
    ends = begins + ibis.interval(days=ahead + 1)
    rows = rows.filter(
        rows["at"].cast("date") <= ibis.date(today), rows["appointment_at"] >= begins, rows["appointment_at"] < ends
    )
    whose = ibis.coalesce(rows["adviser_id"].nullif(""), rows["customer.adviser_id"].nullif("")).fill_null("")
    return rows.mutate(adviser_id=whose).select(*APPOINTMENT)


def unowned(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """customer_id of the customers for whom nobody is responsible."""
    rows = table_of(tables, "customers")
    known = table_of(tables, "advisers").select(known="adviser_id")
    joined = rows.left_join(known, rows["adviser_id"] == known["known"])
    return joined.filter(joined["known"].isnull()).select("customer_id")
