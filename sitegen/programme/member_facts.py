"""Gather what the programme knows of each customer: tier and points, as one table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import with_columns
from sitegen.model.programme import Programme
from sitegen.programme.gatherings.directory import directory_rows
from sitegen.programme.points.facts import EXPIRING, point_facts
from sitegen.programme.points.next_gift import NEXT_GIFT, with_next_gift
from sitegen.programme.tier_since import tier_since
from sitegen.programme.tiers import tier_facts


def member_facts(
    tables: Mapping[str, ibis.Table], programme: Programme, today: date, wanted: Collection[str]
) -> ibis.Table:
    """One row for each customer: customer_id, what `tier_facts` answers, and what is wanted of `point_facts`,
    `with_next_gift`, `tier_since` and `directory_rows`.
    """
    members = tier_facts(tables, programme.tiers, today)
    points = programme.points
    parts = []
    if of_points := {"points_pending", *EXPIRING} & set(wanted):
        parts.append(point_facts(tables, points.expiry if points else None, today, of_points))
    if "tier_since" in wanted:
        parts.append(tier_since(tables, programme.tiers, today))
    if "circle" in wanted:
        parts.append(directory_rows(tables, today))
    members = with_columns(members, parts) if parts else members
    if not {*NEXT_GIFT} & set(wanted):
        return members
    return with_next_gift(members, points.gifts if points else (), today)
