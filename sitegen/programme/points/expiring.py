"""Find the points that go: those of a day that has come, and those that go soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.rows import table_of
from sitegen.model.points import Expiry
from sitegen.programme.points.expiry import expiry_day, last_expired
from sitegen.programme.points.grants import dated
from sitegen.programme.points.states import totals, whole

if TYPE_CHECKING:
    import ibis.expr.types as ir


def expired_by(ledger: ibis.Table, last: date) -> ibis.Table:
    """customer_id and points: what is still there of the points that were earned until the day `last`."""
    rows = dated(ledger)
    left = rows.group_by("customer_id").aggregate(left=_old(rows, last) + _used(rows))
    now = totals(ledger)
    now = now.select(whose=now["customer_id"], active=now["active"])
    joined = left.inner_join(now, left["customer_id"] == now["whose"])
    points = ibis.least(joined["left"], joined["active"])
    return joined.select("customer_id", points=points).filter(lambda row: row["points"] > 0)


def expiring(tables: Mapping[str, ibis.Table], expiry: Expiry, today: date) -> ibis.Table:
    """customer_id, points_expiring and points_expire_on: how many points go within the days of notice, and from when.

    As the ledger's rows until `today` tell, for customers some of whose points go. The day is the first on which the
    first of them no longer count; it is `today` where some should have gone already.
    """
    ledger = table_of(tables, "points")
    ledger = ledger.filter(ledger["day"] <= ibis.date(today))
    last = last_expired(shift_days(today, expiry.notice), expiry)
    soon = expired_by(ledger, last)
    soon = soon.select(whose=soon["customer_id"], points_expiring=soon["points"])
    days = _first_days(dated(ledger), expiry, today, last)
    joined = soon.inner_join(days, soon["whose"] == days["customer_id"])
    return joined.select("customer_id", "points_expiring", "points_expire_on")


def _first_days(rows: ibis.Table, expiry: Expiry, today: date, last: date) -> ibis.Table:
    """customer_id and points_expire_on, for those of whose points some are earned until `last` and still there."""
    gone = last_expired(today, expiry)
    before = rows.group_by("customer_id").aggregate(before=_old(rows, gone) + _used(rows))
    before = before.select(whose=before["customer_id"], before=before["before"])
    old = rows.filter(rows["earned_on"] > ibis.date(gone), rows["earned_on"] <= ibis.date(last))
    by_day = old.group_by(["customer_id", "earned_on"]).aggregate(points=whole(old["points"].sum()))
    running = ibis.window(group_by="customer_id", order_by="earned_on", preceding=None, following=0)
    # Each day's points together with all that were earned before.
    so_far = by_day.mutate(so_far=whole(by_day["points"].sum().over(running)))
    joined = so_far.inner_join(before, so_far["customer_id"] == before["whose"])
    there = joined.filter(joined["so_far"] + joined["before"] > 0)
    first = there.group_by("customer_id").aggregate(earned_on=there["earned_on"].min())
    soon = first.select("customer_id", points_expire_on=expiry_day(first["earned_on"], expiry))
    late = before.filter(before["before"] > 0).select(customer_id="whose", points_expire_on=ibis.date(today))
    both = soon.union(late)
    return both.group_by("customer_id").aggregate(points_expire_on=both["points_expire_on"].min())


def _old(rows: ibis.Table, last: date) -> ir.IntegerScalar:
    """Points that were earned until a day."""
    return whole(rows["points"].sum(where=rows["earned_on"] <= ibis.date(last)).fill_null(0))


def _used(rows: ibis.Table) -> ir.IntegerScalar:
    """Points that were used up, below zero."""
    return whole(rows["points"].sum(where=rows["earned_on"].isnull()).fill_null(0))
