"""Reckon what a customer may know of their points beside the balance: what waits, and what goes soon."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import with_columns
from sitegen.model.points import Expiry
from sitegen.programme.points.expiring import expiring
from sitegen.programme.points.states import states

EXPIRING = ("points_expiring", "points_expire_on")


def point_facts(
    tables: Mapping[str, ibis.Table], expiry: Expiry | None, today: date, wanted: Collection[str]
) -> ibis.Table:
    """One row for each customer: customer_id and those of points_pending, points_expiring, points_expire_on that are
    wanted. Counts are 0 where there is nothing, the day is null. Without an expiry no points ever go.
    """
    parts = []
    if "points_pending" in wanted:
        parts.append(states(tables, today).select("customer_id", points_pending="pending"))
    soon = [name for name in EXPIRING if name in wanted]
    if soon and expiry:
        parts.append(expiring(tables, expiry, today).select("customer_id", *soon))
    table = with_columns(tables["customers"].select("customer_id"), parts)
    columns = {}
    for name in ("points_pending", "points_expiring"):
        if name in wanted:
            columns[name] = table[name].fill_null(0) if name in table.columns else ibis.literal(0, "int64")
    if "points_expire_on" in wanted and "points_expire_on" not in table.columns:
        columns["points_expire_on"] = ibis.null("date")
    return table.mutate(**columns)
