"""Find the tier of each customer, and how far the next one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.model.programme import Tier
from sitegen.programme.points.states import balances

if TYPE_CHECKING:
    import ibis.expr.types as ir

_MONEY = "decimal(14, 2)"


def tier_facts(tables: Mapping[str, ibis.Table], tiers: tuple[Tier, ...], today: date) -> ibis.Table:
    """One row for each customer: customer_id, tier, tier_benefit, next_tier, to_next_tier (money), points.

    A tier is reached by what the customer bought until `today`, all together: "total of 1000 yuan, enjoy 2% off
    … 3000 enjoy 5% off". Below the first tier `tier` is unknown; on the last one `next_tier` is. `tiers` stand in
    ascending order of their thresholds.
    """
    customers = tables["customers"].select("customer_id")
    joined = (
        customers.left_join(_spending(tables, today), "customer_id")
        .drop("customer_id_right")
        .left_join(balances(tables, today), "customer_id")
        .drop("customer_id_right")
    )
    spent = joined.spent.fill_null(ibis.literal(Decimal(0), _MONEY))
    missing = _next(spent, tiers, lambda tier: _money(tier.threshold) - spent, _MONEY)
    return joined.select(
        "customer_id",
        tier=_reached(spent, tiers, lambda tier: tier.name),
        tier_benefit=_reached(spent, tiers, lambda tier: tier.benefit),
        next_tier=_next(spent, tiers, lambda tier: ibis.literal(tier.name), "string"),
        to_next_tier=missing.cast(_MONEY),
        points=joined.points.fill_null(0),
    )


def _spending(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """What each customer bought, all together."""
    bought = purchases(tables, today)
    return bought.group_by("customer_id").aggregate(spent=bought["amount"].sum())


def _reached(spent: ir.DecimalValue, tiers: tuple[Tier, ...], say: Callable[[Tier], str]) -> ir.Value:
    """What to say of the highest tier that is reached, unknown below the first."""
    unknown = ibis.null("string")
    if not tiers:
        return unknown
    branches = [(spent >= _money(tier.threshold), ibis.literal(say(tier))) for tier in reversed(tiers)]
    return ibis.cases(*branches, else_=unknown)


def _next(spent: ir.DecimalValue, tiers: tuple[Tier, ...], say: Callable[[Tier], ir.Value], kind: str) -> ir.Value:
    """What to say of the lowest tier that is not yet reached, unknown on the last."""
    unknown = ibis.null(kind)
    if not tiers:
        return unknown
    return ibis.cases(*((spent < _money(tier.threshold), say(tier)) for tier in tiers), else_=unknown)


def _money(amount: Decimal) -> ir.DecimalScalar:
    return ibis.literal(amount, _MONEY)
