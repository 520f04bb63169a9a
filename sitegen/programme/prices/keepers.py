"""Say for whom goods are kept: today, and on whatever day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sitegen.model.concession import ANYBODY, Who
from sitegen.model.prices import Exclusive
from sitegen.model.product import Product
from sitegen.programme.prices.members import exclusive_to

Keepers = tuple[Who, ...]
"""Those by one of whom one must be meant to see a product, in a fixed order; empty: it is for all."""


def keepers(product: Product, exclusive: Iterable[Exclusive], on: date) -> Keepers:
    """Those for whom a product is kept on a day."""
    return _in_order(exclusive_to(product, exclusive, on))


def possible_keepers(exclusive: Collection[Exclusive], product_id: str, groups: Iterable[str]) -> tuple[Keepers, ...]:
    """Those for whom a product of one of the groups may be kept on any day, each once; nobody first of all.

    Which group it is of, the customer file knows.
    """
    found: dict[Keepers, None] = {(): None}
    for day in _turns(exclusive):
        for group in groups:
            open_lines = (one for one in exclusive if one.days.contains(day) and one.goods.hold(product_id, group))
            found[_in_order(one.who for one in open_lines)] = None
    return tuple(found)


def _turns(exclusive: Iterable[Exclusive]) -> list[date]:
    """The days on which something begins to be kept, or no longer is."""
    turns = {date.min}
    for one in exclusive:
        turns |= {one.days.first} if one.days.first else set()
        turns |= {one.days.last + timedelta(days=1)} if one.days.last and one.days.last < date.max else set()
    return sorted(turns)


def _in_order(who: Iterable[Who]) -> Keepers:
    meant = set(who)
    return () if ANYBODY in meant else tuple(sorted(meant, key=lambda one: (one.tiers, one.audience)))
