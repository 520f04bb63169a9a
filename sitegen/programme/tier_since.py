"""Find the day on which each customer reached the tier that they are in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.model.programme import Tier

_MONEY = "decimal(14, 2)"


def tier_since(tables: Mapping[str, ibis.Table], tiers: tuple[Tier, ...], today: date) -> ibis.Table:
    """One row for each customer: customer_id and tier_since, the first day by whose end all that they had bought until
    then, of what still stands, came to the threshold of their present tier. Null below the first tier.

    Who is in a tier that asks for nothing is in it since they are members. `tiers` stand in ascending order of their
    thresholds.
    """
    customers = tables["customers"].select("customer_id", "member_since")
    if not tiers:
        return customers.select("customer_id", tier_since=ibis.null("date"))
    joined = customers.left_join(_reached(tables, tiers, today), "customer_id").drop("customer_id_right")
    spent = joined["spent"].fill_null(ibis.literal(Decimal(0), _MONEY))
    branches = (
        (spent >= _money(tier), joined[f"since {number}"] if tier.threshold > 0 else joined["member_since"])
        for number, tier in reversed([*enumerate(tiers)])
    )
    return joined.select("customer_id", tier_since=ibis.cases(*branches, else_=ibis.null("date")))


def _reached(tables: Mapping[str, ibis.Table], tiers: tuple[Tier, ...], today: date) -> ibis.Table:
    """What each buyer bought, all together, and for each tier the day on which it was enough."""
    bought = purchases(tables, today)
    days = bought.group_by("customer_id", day=bought["ordered_at"].cast("date")).aggregate(
        amount=bought["amount"].sum()
    )
    so_far = ibis.window(group_by="customer_id", order_by="day", preceding=None, following=0)
    days = days.mutate(total=days["amount"].sum().over(so_far))
    # Tiers by their numbers: an engine's names of columns are short, and know no capitals.
    firsts = {
        f"since {number}": days["day"].min(where=days["total"] >= _money(tier)) for number, tier in enumerate(tiers)
    }
    return days.group_by("customer_id").aggregate(spent=days["amount"].sum(), **firsts)


def _money(tier: Tier) -> ibis.Value:
    return ibis.literal(tier.threshold, _MONEY)
