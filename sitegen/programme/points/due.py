"""Make the rows that a day adds to the points ledger: what is taken back, becomes active, goes, and is earned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.rows import TYPES, table_of
from sitegen.audience.language.catalogue import UNDONE
from sitegen.model.points import Expiry, Points
from sitegen.model.programme import Tier
from sitegen.model.trade_tables import POINTS
from sitegen.programme.points.earning import newly_earned
from sitegen.programme.points.expiring import expired_by
from sitegen.programme.points.expiry import last_expired
from sitegen.programme.points.states import EARNED, totals, whole

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = tuple(column.name for column in POINTS.columns)
_TYPES = {column.name: TYPES[column.kind] for column in POINTS.columns}
_STEPS = ("taken from pending", "active", "expired", "earned", "taken back")
"""In this order a customer's new rows stand, so that no balance is ever below zero and a second look finds nothing."""


def due_rows(tables: Mapping[str, ibis.Table], points: Points, tiers: tuple[Tier, ...], today: date) -> ibis.Table:
    """The new rows of the ledger, in its columns, without an order: numbered on from each customer's last one.

    What is in the ledger already is not due again, so a day that has been booked adds nothing. Days that were left out
    are caught up: their rows are of `today`. Points of an order that was returned or cancelled are taken back as long
    as they have not gone; what was spent of them is taken from the customer's next ones.
    """
    ledger = table_of(tables, "points").select(COLUMNS)
    waiting = _part(_taken_from_pending(_undone(tables, ledger, points.expiry, today)), "taken from pending", "pending")
    after = _with(ledger, waiting, today)
    ripe = _part(_ripe(after, shift_days(today, -points.pending)), "active", "active")
    parts = [waiting, ripe]
    if points.expiry:
        parts.append(_part(_gone(_with(after, ripe, today), points.expiry, today), "expired", "expired"))
    kind = "pending" if points.pending else "earned"
    parts += [_part(new, "earned", kind) for new in newly_earned(tables, points, tiers, today)]
    # What is earned today may already pay for what could not be taken back before.
    after = _with(ledger, ibis.union(*parts), today)
    back = _taken_back(after, _undone(tables, after, points.expiry, today))
    return _numbered(ledger, ibis.union(*parts, _part(back, "taken back", "corrected")), today)


def _part(rows: ibis.Table, step: str, kind: str) -> ibis.Table:
    """Rows to be: customer_id, step (its place in the order), points, kind, reason, order_id."""
    return rows.select(
        customer_id=rows["customer_id"],
        step=ibis.literal(_STEPS.index(step), "int64"),
        points=rows["points"].cast("int64"),
        kind=ibis.literal(kind, "string"),
        reason=rows["reason"].cast("string"),
        order_id=rows["order_id"].cast("string"),
    )


def _with(ledger: ibis.Table, rows: ibis.Table, today: date) -> ibis.Table:
    """The ledger as it is once these rows are added; how they are numbered does not matter yet."""
    added = rows.mutate(entry=ibis.null("int64"), day=ibis.date(today))
    return ledger.cast(_TYPES).union(added.select(COLUMNS).cast(_TYPES))


def _undone(tables: Mapping[str, ibis.Table], ledger: ibis.Table, expiry: Expiry | None, today: date) -> ibis.Table:
    """What the ledger holds of orders that were returned or cancelled, as long as their points have not gone.

    customer_id, order_id, reason (returned or cancelled), pending, active.
    """
    orders = table_of(tables, "orders")
    undone = orders.filter(orders["status"].isin(UNDONE)).select(undone="order_id", status="status")
    rows = ledger.inner_join(undone, ledger["order_id"] == undone["undone"])
    grouped = rows.group_by(["customer_id", "order_id"]).aggregate(
        reason=rows["status"].min(),
        pending=_sum(rows, "pending") - _sum(rows, "active"),
        active=_sum(rows, "earned", "active", "corrected"),
        earned_on=rows["day"].min(where=rows["kind"].isin(EARNED) & (rows["points"] > 0)),
    )
    return grouped.filter(grouped["earned_on"] > ibis.date(last_expired(today, expiry))) if expiry else grouped


def _taken_from_pending(undone: ibis.Table) -> ibis.Table:
    return undone.filter(undone["pending"] > 0).mutate(points=-undone["pending"])


def _taken_back(ledger: ibis.Table, undone: ibis.Table) -> ibis.Table:
    """Active points of the orders, no more than there are."""
    booked = undone.filter(undone["active"] > 0).rename(wanted="active").drop("pending")
    taken = _within(booked, totals(ledger).select("customer_id", limit="active"), ("order_id",))
    return taken.mutate(points=-taken["points"])


def _ripe(ledger: ibis.Table, last: date) -> ibis.Table:
    """Pending points of rows until `last` become active: by orders, and where they have none, by reasons."""
    rows = ledger.filter(ledger["kind"].isin(["pending", "active"]))
    of = ibis.ifelse(rows["order_id"].notnull(), rows["order_id"], ibis.literal(""))
    why = ibis.ifelse(rows["order_id"].notnull(), ibis.literal(""), rows["reason"].fill_null(""))
    is_ripe = (rows["day"] <= ibis.date(last)) | (rows["points"] < 0)
    grouped = rows.group_by(customer_id=rows["customer_id"], of=of, why=why).aggregate(
        wanted=_sum(rows, "pending", where=is_ripe) - _sum(rows, "active"),
        reason=rows["reason"].min(where=rows["points"] > 0),
        order_id=rows["order_id"].min(),
    )
    limits = totals(ledger).select("customer_id", limit="pending")
    return _within(grouped.filter(grouped["wanted"] > 0), limits, ("of", "why"))


def _gone(ledger: ibis.Table, expiry: Expiry, today: date) -> ibis.Table:
    rows = expired_by(ledger, last_expired(today, expiry))
    reason = ibis.literal(f"after {expiry.months} months")
    return rows.mutate(points=-rows["points"], reason=reason, order_id=ibis.null("string"))


def _within(rows: ibis.Table, limits: ibis.Table, order: tuple[str, ...]) -> ibis.Table:
    """The rows with `points`: what is `wanted`, row by row, as long as the customer's `limit` lasts."""
    running = ibis.window(group_by="customer_id", order_by=order, preceding=None, following=0)
    rows = rows.mutate(so_far=whole(rows["wanted"].sum().over(running)))
    limits = limits.select(whose="customer_id", limit="limit")
    joined = rows.left_join(limits, rows["customer_id"] == limits["whose"]).drop("whose")
    left = ibis.greatest(joined["limit"].fill_null(0) - (joined["so_far"] - joined["wanted"]), 0)
    return joined.mutate(points=ibis.least(joined["wanted"], left)).filter(lambda row: row["points"] > 0)


def _numbered(ledger: ibis.Table, rows: ibis.Table, today: date) -> ibis.Table:
    last = ledger.group_by(whose=ledger["customer_id"]).aggregate(
        entries=ledger["entry"].max(), until=ledger["day"].max()
    )
    joined = rows.left_join(last, rows["customer_id"] == last["whose"])
    order = [joined["step"], joined["order_id"], joined["reason"], joined["kind"], joined["points"]]
    number = ibis.row_number().over(ibis.window(group_by="customer_id", order_by=order))
    # A row never stands before one of an earlier day, also where the ledger knows more than today.
    day = ibis.greatest(joined["until"].fill_null(ibis.date(today)), ibis.date(today))
    entry = joined["entries"].fill_null(0) + number + 1
    columns = {name: joined[name] for name in COLUMNS if name not in ("entry", "day")}
    full = joined.select(**columns, entry=entry, day=day)
    return full.select({name: full[name].cast(_TYPES[name]) for name in COLUMNS})


def _sum(rows: ibis.Table, *kinds: str, where: ir.BooleanValue | bool = True) -> ir.IntegerScalar:
    return whole(rows["points"].sum(where=rows["kind"].isin(kinds) & where).fill_null(0))
