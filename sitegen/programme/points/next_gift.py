"""Reckon which gift comes next for each member's points, and how many are still missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from sitegen.model.points import PointsGift
from sitegen.model.segment import EVERYONE
from sitegen.programme.points.gifts import gifts_on, said_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEXT_GIFT = ("next_gift", "points_to_next_gift")


def with_next_gift(members: ibis.Table, gifts: Iterable[PointsGift], today: date) -> ibis.Table:
    """The members with next_gift (its title) and points_to_next_gift: the cheapest gift of the day that is meant for
    their tier and beyond their points; null where all are within reach.

    `members` has the columns tier and points. Gifts for an audience are nobody's next one: who is in a segment is
    known only when the facts are.
    """
    there = [gift for gift in gifts_on(gifts, today) if gift.who.audience == EVERYONE]
    points = members["points"]
    missing = _next(members, there, [ibis.literal(gift.points, "int64") - points for gift in there], "int64")
    titles = [ibis.literal(said_of(gift.title, "")) for gift in there]
    return members.mutate(next_gift=_next(members, there, titles, "string"), points_to_next_gift=missing)


def _next(members: ibis.Table, gifts: list[PointsGift], says: list[ir.Value], kind: str) -> ir.Value:
    """What is said of the first gift that is beyond reach and meant for them."""
    unknown = ibis.null(kind)
    if not gifts:
        return unknown
    branches = ((_is_ahead(members, gift), said) for gift, said in zip(gifts, says, strict=True))
    return ibis.cases(*branches, else_=unknown)


def _is_ahead(members: ibis.Table, gift: PointsGift) -> ir.BooleanValue:
    ahead: ir.BooleanValue = members["points"] < gift.points
    if gift.who.tiers:
        ahead &= reduce(or_, (members["tier"] == tier for tier in gift.who.tiers))
    return ahead
