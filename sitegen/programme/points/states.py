"""Add up the points ledger: what each customer earned, and in which state it is on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.rows import table_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

ACTIVE = ("earned", "active", "corrected", "spent", "expired")
"""Kinds of rows that change how many points may be spent, by their own sign."""
EARNED = ("earned", "pending", "corrected")
"""Kinds of rows that change how many points there ever were. Rows of the kind active only move pending ones."""


def states(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """One row for each customer of the ledger: customer_id, earned, active, pending, spent, expired, until `today`.

    earned = active + pending + spent + expired, at every date: `earned` is what corrections left of it. `spent` and
    `expired` are not below zero. Source: "long-term points, and points for the gift".
    """
    ledger = table_of(tables, "points")
    return totals(ledger.filter(ledger["day"] <= ibis.date(today)))


def totals(ledger: ibis.Table) -> ibis.Table:
    """The states of all rows of a ledger, as `states` gives them."""
    return ledger.group_by("customer_id").aggregate(
        earned=_sum(ledger, *EARNED),
        active=active_points(ledger),
        pending=_sum(ledger, "pending") - _sum(ledger, "active"),
        spent=-_sum(ledger, "spent"),
        expired=-_sum(ledger, "expired"),
    )


def balances(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """One row for each customer of the ledger: customer_id and points, those that may be spent on `today`."""
    ledger = table_of(tables, "points")
    known = ledger.filter(ledger["day"] <= ibis.date(today))
    return known.group_by("customer_id").aggregate(points=active_points(known))


def active_points(ledger: ibis.Table) -> ir.IntegerScalar:
    """How many points may be spent."""
    return _sum(ledger, *ACTIVE)


def whole(total: ir.IntegerValue) -> ir.IntegerValue:
    """A sum as the number that it is."""
    # To Ibis a sum of numbers has their type, in engines a wider one: without the detour no cast is written.
    return total.cast("decimal(38, 0)").cast("int64")


def _sum(ledger: ibis.Table, *kinds: str) -> ir.IntegerScalar:
    return whole(ledger["points"].sum(where=ledger["kind"].isin(kinds)).fill_null(0))
