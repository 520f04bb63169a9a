"""Say whether a concession is for a customer, and select the customers for whom it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sitegen.model.concession import Who
from sitegen.model.segment import EVERYONE

if TYPE_CHECKING:
    import ibis


def is_for(who: Who, tier: str | None, segments: Collection[str]) -> bool:
    """Whether it is for a customer of that tier (None: of no tier yet) who is in those segments."""
    in_tier = not who.tiers or tier in who.tiers
    return in_tier and (who.audience == EVERYONE or who.audience in segments)


def chosen(who: Who, facts: ibis.Table, members: ibis.Table) -> ibis.Table | None:
    """The ids of those for whom it is, as a table of `customer_id`; None where it is for everyone.

    `facts` has the column `tier`, `members` a yes or no for each segment, both a row for each customer.
    """
    found = None
    if who.tiers:
        found = facts.filter(facts["tier"].isin(who.tiers)).select("customer_id")
    if who.audience != EVERYONE:
        inside = members.filter(members[who.audience]).select("customer_id")
        found = inside if found is None else found.semi_join(inside, "customer_id")
    return found
