"""Find the promises that wait to be kept, those that are late, and those that were kept without proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import table_of

COLUMNS = ("adviser_id", "due_on", "days_late", "customer_id", "promise_id", "promise", "order_id", "made_on")
"""What a work list of promises says, in its order: days_late is negative while there is time."""


def open_promises(tables: Mapping[str, ibis.Table], on: date) -> ibis.Table:
    """COLUMNS of each promise made by that day and not kept by then, by adviser, then by the day it is due.

    Where nobody is named who promised, it is the customer's own adviser; promises of nobody come first.
    Source: "conscientiously fulfill the 'promise service'".
    """
    rows = _with_adviser(tables)
    day = ibis.date(on)
    waiting = rows.filter(rows["made_on"] <= day, (rows["kept_on"] > day).fill_null(True))
    late = ibis.literal(on).delta(waiting["due_on"], unit="day")
    listed = waiting.mutate(days_late=late.cast("int64"), adviser_id=waiting["adviser_id"].fill_null(""))
    return listed.select(*COLUMNS).order_by("adviser_id", "due_on", "promise_id")


def overdue(tables: Mapping[str, ibis.Table], on: date) -> ibis.Table:
    """Those of them that were due before that day."""
    waiting = open_promises(tables, on)
    return waiting.filter(waiting["days_late"] > 0).order_by("adviser_id", "due_on", "promise_id")


def without_proof(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """Promise_id of each promise that is said to be kept, and of which nobody wrote down how one knows."""
    rows = table_of(tables, "promises")
    silent = rows["proof"].strip().nullif("").isnull()
    return rows.filter(rows["kept_on"].notnull(), silent).select("promise_id").order_by("promise_id")


def _with_adviser(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    rows = table_of(tables, "promises")
    own = table_of(tables, "customers").select(whose="customer_id", closest="adviser_id")
    joined = rows.left_join(own, rows["customer_id"] == own["whose"])
    named = ibis.coalesce(joined["adviser_id"].nullif(""), joined["closest"].nullif(""))
    return joined.mutate(adviser_id=named).select(*rows.columns)
