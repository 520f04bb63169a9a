"""Tell of each row of the points ledger on which day its points were earned, or that it uses some up."""

from __future__ import annotations

import ibis

from sitegen.programme.points.states import EARNED

USED = ("spent", "expired")
_ORDER = ("customer_id", "order_id")


def dated(ledger: ibis.Table) -> ibis.Table:
    """customer_id, earned_on, points: what was earned on a day; earned_on is null for what was used up.

    Rows of the kind active earn nothing and use nothing, so they are left out. What was taken back for an order is
    dated like the order's points, so that it shortens them and no others; other corrections below zero count as used.
    Whoever adds up uses points in the order in which they go, whether they were still pending then or not.
    """
    rows = ledger.filter(ledger["kind"] != "active")
    earns = rows["kind"].isin(EARNED)
    taken = rows.filter(earns, rows["points"] < 0, rows["order_id"].notnull()).select(*_ORDER).distinct()
    given = rows.filter(earns, rows["points"] > 0, rows["order_id"].notnull())
    origins = given.semi_join(taken, _ORDER)
    origins = origins.group_by(whose=origins["customer_id"], order=origins["order_id"]).aggregate(
        first_day=origins["day"].min()
    )
    joined = rows.left_join(origins, [rows["customer_id"] == origins["whose"], rows["order_id"] == origins["order"]])
    earned_on = ibis.cases(
        (joined["kind"].isin(EARNED) & (joined["points"] > 0), joined["day"]),
        (joined["kind"].isin(EARNED), joined["first_day"]),
        else_=ibis.null("date"),
    )
    return joined.select("customer_id", earned_on=earned_on, points=joined["points"])
