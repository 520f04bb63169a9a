"""Reckon what a member can look forward to: a gathering that they accepted, coupons that count, promises to be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import rows_with, table_of

EVENT = {"next_event": "string", "next_event_on": "date", "next_event_place": "string"}
COUPON = {"coupons": "string", "coupons_until": "date"}
PROMISE = {"promises": "string", "promises_due": "date"}
OFFERS = {**EVENT, **COUPON, **PROMISE}
"""The columns, with the engine's types."""
MOST = 5
"""Coupons of one customer: a slot of the keyrings has an end, and who has more takes the first to the till first."""
MOST_PROMISES = 3
LONGEST = 45
"""Characters of one promise: three of these in Chinese are about 400 bytes of a slot."""


def offers(tables: Mapping[str, ibis.Table], today: date, wanted: Collection[str]) -> Iterator[ibis.Table]:
    """Tables with customer_id and columns of OFFERS, as of the day, for those customers who have any."""
    if EVENT.keys() & set(wanted):
        yield _next_event(tables, today)
    if COUPON.keys() & set(wanted):
        yield _coupons(tables, today)
    if PROMISE.keys() & set(wanted):
        yield _promises(tables, today)


def _next_event(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    rows = rows_with(tables, "attendances", ("event.title", "event.starts_at", "event.place"))
    day = rows["event.starts_at"].cast("date")
    rows = rows.filter(rows["status"] == "accepted", day >= ibis.date(today))
    rows = _first(rows, (rows["event.starts_at"], rows["event_id"]), 1)
    return rows.select(
        "customer_id",
        next_event=rows["event.title"],
        next_event_on=rows["event.starts_at"].cast("date"),
        next_event_place=rows["event.place"],
    )


def _coupons(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """Those that end first, in the order of their codes."""
    rows, day = table_of(tables, "coupons"), ibis.date(today)
    begun, unused = (rows["valid_from"] <= day).fill_null(True), (rows["used_on"] > day).fill_null(True)
    rows = rows.filter(begun, unused, (rows["valid_until"] >= day).fill_null(True))
    end = rows["valid_until"].fill_null(ibis.date(date.max))
    rows = _first(rows, (end, rows["code"]), MOST)
    said = rows["code"] + " (" + rows["gives"] + ")"
    return rows.group_by("customer_id").aggregate(
        coupons=said.collect().sort().join(", "), coupons_until=rows["valid_until"].min()
    )


def _promises(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """Those that are due first, in alphabetical order, long ones cut."""
    rows, day = table_of(tables, "promises"), ibis.date(today)
    rows = rows.filter(rows["made_on"] <= day, (rows["kept_on"] > day).fill_null(True))
    rows = _first(rows, (rows["due_on"], rows["promise_id"]), MOST_PROMISES)
    promise = rows["promise"].strip()
    said = ibis.ifelse(promise.length() > LONGEST, promise.left(LONGEST - 1) + "…", promise)
    return rows.group_by("customer_id").aggregate(
        promises=said.collect().sort().join("; "), promises_due=rows["due_on"].min()
    )


def _first(rows: ibis.Table, order: tuple[ibis.Value, ...], most: int) -> ibis.Table:
    """The first rows of each customer."""
    number = ibis.row_number().over(group_by="customer_id", order_by=order)
    return rows.mutate(number=number).filter(lambda row: row["number"] < most).drop("number")
