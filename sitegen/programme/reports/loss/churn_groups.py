"""Count by group who of the customers of a year ago is lost today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import ibis

from sitegen.audience.calendar.spans import shift
from sitegen.audience.facts.rows import table_of
from sitegen.model.rule import Unit
from sitegen.programme.reports.compared import known
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.purchases import exact, purchases
from sitegen.programme.reports.spells import YEAR, held

NEW, OLD = "new", "old"
FINAL, INTERMEDIATE = "final", "intermediate"
AGES = (("under 30", 0), ("30 to 44", 30), ("45 to 59", 45), ("60 and over", 60))
"""Bands of age with the years at which each begins. Source: "elderly vs young"."""

KINDS = ("history", "trade", "tier", "region", "store", "age", "gender")
"""How customers are grouped. Source: "new vs old; intermediate vs final; elderly vs young; men vs women"."""


@dataclass(frozen=True, slots=True)
class Group:
    """Customers of a year ago with something in common, and how many of them are lost today."""

    kind: str
    name: str
    held: int
    lost: int

    @property
    def rate(self) -> Decimal | None:
        """Per cent lost."""
        return per_cent(self.lost, self.held)


def groups(ground: Ground) -> tuple[Group, ...]:
    """All groups, whatever their size, in the order of KINDS and of their names; who has none in a kind is in none."""
    columns = _grouped(ground)
    parts = [columns.select("lost", kind=ibis.literal(kind), name=columns[kind].cast("string")) for kind in KINDS]
    rows = ibis.union(*(part.filter(part["name"].notnull()) for part in parts))
    counted = rows.group_by("kind", "name").aggregate(held=rows.count(), gone=rows.count(where=rows["lost"]))
    found = [Group(row["kind"], row["name"], row["held"], row["gone"]) for row in ground.ask(counted)]
    order = _order(ground)
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), order.get(one.name, 0), one.name)))


def _order(ground: Ground) -> Mapping[str, int]:
    """Groups that don't stand in the order of the alphabet."""
    tiers = [BELOW, *(tier.name for tier in ground.programme.tiers)]
    return {name: place for names in (tiers, [age for age, _ in AGES], (NEW, OLD)) for place, name in enumerate(names)}


BELOW = "below the first tier"


def _grouped(ground: Ground) -> ibis.Table:
    """The customers of a year ago: `lost`, and a column for each of KINDS."""
    window = ground.last(YEAR)
    assert window.first is not None
    rows = held(ground, window)
    customers = table_of(ground.tables, "customers", ground.schema)
    people = customers.select("type", "store_id", "birthday", "gender", whose="customer_id")
    stores = table_of(ground.tables, "stores", ground.schema)
    stores = stores.select(number="store_id", region="region", store="name")
    rows = rows.left_join(people, rows["customer_id"] == people["whose"])
    rows = rows.left_join(stores, rows["store_id"] == stores["number"])
    rows = _with_tier(ground, rows)
    fresh = rows["since"] >= ibis.date(window.first - timedelta(days=YEAR))
    return rows.select(
        "lost",
        "tier",
        "region",
        "store",
        "gender",
        history=ibis.ifelse(fresh, NEW, OLD),
        trade=ibis.cases((rows["type"] == FINAL, FINAL), (rows["type"].notnull(), INTERMEDIATE)),
        age=_age(ground, rows["birthday"]),
    )


def _age(ground: Ground, birthday: ibis.Value) -> ibis.Value:
    """The band of age today; null where the birthday is unknown."""
    born = [(shift(ground.today, -years, Unit.YEARS), name) for name, years in AGES if years]
    old = [(known(birthday, last), ibis.literal(name)) for last, name in reversed(born)]
    return ibis.cases(*old, (birthday.notnull(), ibis.literal(AGES[0][0])))


def _with_tier(ground: Ground, rows: ibis.Table) -> ibis.Table:
    """The rows with `tier`: the highest one that the customer's orders had reached a year ago."""
    tiers = ground.programme.tiers
    if not tiers:
        return rows.mutate(tier=ibis.null("string"))
    first = ground.last(YEAR).first
    assert first is not None
    orders = purchases(ground)
    orders = orders.filter(orders["day"] < ibis.date(first))
    spent = orders.group_by(buyer="customer_id").aggregate(spent=exact(orders["amount"].sum()))
    rows = rows.left_join(spent, rows["customer_id"] == spent["buyer"])
    reached = [
        (rows["spent"] >= ibis.literal(tier.threshold, "decimal(22, 6)"), ibis.literal(tier.name))
        for tier in reversed(tiers)
    ]
    return rows.mutate(tier=ibis.cases(*reached, else_=BELOW))
