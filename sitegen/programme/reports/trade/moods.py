"""Count who is satisfied and who is not, whom they brought, and who complained."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sitegen.audience.facts.care_facts import BAD, GOOD
from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.facts.rows import table_of
from sitegen.programme.reports.compared import how_often, within
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import cents, outside, purchases

YEAR = 365


@dataclass(frozen=True, slots=True)
class Moods:
    """`satisfied` and `dissatisfied` customers as of the day; of the last 365 days the `referrals`, the new customers
    among them who `ordered`, the `complaints`, and what was sold (`revenue`)."""

    satisfied: int
    dissatisfied: int
    referrals: int
    ordered: int
    complaints: int
    revenue: Decimal


def moods(ground: Ground) -> Moods:
    """What customers said of the shop until the day."""
    satisfied, dissatisfied = _satisfaction(ground)
    complaints = outside(ground, table_of(ground.tables, "complaints", ground.schema))
    opened = complaints.filter(within(complaints["opened_on"], ground.last(YEAR)))
    return Moods(satisfied, dissatisfied, *_referrals(ground), how_often(ground, opened), _revenue(ground))


def _satisfaction(ground: Ground) -> tuple[int, int]:
    """How many are satisfied, and how many are not; who said both is not."""
    rows = outside(ground, facts(ground.tables, (), None, ground.today, Scope(frozenset({"satisfaction", "review"}))))
    bad = (rows["satisfaction"] <= BAD).fill_null(False) | (rows["review"] == "negative").fill_null(False)
    good = (rows["satisfaction"] >= GOOD).fill_null(False) | (rows["review"] == "positive").fill_null(False)
    (row,) = ground.ask(rows.aggregate(good=rows.count(where=good & ~bad), bad=rows.count(where=bad)))
    return row["good"], row["bad"]


def _referrals(ground: Ground) -> tuple[int, int]:
    """Referrals of the window, and how many of the customers who came by them have ordered."""
    rows = table_of(ground.tables, "referrals", ground.schema)
    rows = rows.filter(within(rows["day"], ground.last(YEAR)))
    buyers = purchases(ground).select(buyer="customer_id").distinct()
    joined = rows.left_join(buyers, rows["referred_id"] == buyers["buyer"])
    found = joined.aggregate(referrals=joined.count(), ordered=joined["buyer"].nunique())
    (row,) = ground.ask(found)
    return row["referrals"], row["ordered"]


def _revenue(ground: Ground) -> Decimal:
    orders = purchases(ground)
    orders = orders.filter(within(orders["day"], ground.last(YEAR)))
    (row,) = ground.ask(orders.aggregate(revenue=orders["amount"].sum()))
    return cents(row["revenue"])
