"""Gather what the programme knows of each customer: tier and points, as one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import with_columns
from sitegen.model.programme import Programme
from sitegen.programme.points.facts import EXPIRING, point_facts
from sitegen.programme.tiers import tier_facts


def member_facts(
    tables: Mapping[str, ibis.Table], programme: Programme, today: date, wanted: Collection[str]
) -> ibis.Table:
    """One row for each customer: customer_id, what `tier_facts` answers, and what is wanted of `point_facts`."""
    tiers = tier_facts(tables, programme.tiers, today)
    of_points = {"points_pending", *EXPIRING} & set(wanted)
    if not of_points:
        return tiers
    expiry = programme.points.expiry if programme.points else None
    return with_columns(tiers, [point_facts(tables, expiry, today, of_points)])
