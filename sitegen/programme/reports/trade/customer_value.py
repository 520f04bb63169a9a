"""Reckon what a customer is worth: of those who are new, those who are old, and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis

from sitegen.programme.reports.arithmetic import lifetime_value, profit_of
from sitegen.programme.reports.ground import Ground, Row
from sitegen.programme.reports.purchases import cents, exact, purchases, within

YEAR = 365
_TWO = Decimal("0.01")
_NOTHING = Decimal(0)
_SUMS = ("spent", "named", "named_profit")


@dataclass(frozen=True, slots=True)
class Trade:
    """What so many customers did in a year. `named` is the part of `spent` whose orders name their profit, and
    `named_profit` that profit; `usual` the margin in per cent of all other orders; `years` a customer's time."""

    customers: int
    orders: int
    spent: Decimal
    named: Decimal
    named_profit: Decimal
    usual: Decimal
    years: int

    @property
    def margin(self) -> Decimal:
        """Profit in per cent of the amount, as the orders name it; else as the shop sets it."""
        return self.named_profit * 100 / self.named if self.named else self.usual

    @property
    def per_order(self) -> Decimal | None:
        """The average order."""
        return cents(self.spent / self.orders) if self.orders else None

    @property
    def orders_a_year(self) -> Decimal | None:
        """Orders of one customer, to the hundredth."""
        return (Decimal(self.orders) / self.customers).quantize(_TWO, "ROUND_HALF_UP") if self.customers else None

    @property
    def per_year(self) -> Decimal | None:
        """What one customer spends in a year, not rounded."""
        return self.spent / self.customers if self.customers else None

    @property
    def profit_a_year(self) -> Decimal | None:
        """What one customer brings in a year, not rounded."""
        return None if self.per_year is None else profit_of(self.per_year, self.margin)

    @property
    def value(self) -> Decimal | None:
        """What one customer spends over the years."""
        if not self.customers:
            return None
        visits = Decimal(self.orders) / self.customers
        return cents(lifetime_value(self.spent / self.orders, visits, self.years))

    @property
    def profit(self) -> Decimal | None:
        """What one customer brings over the years."""
        return None if self.profit_a_year is None else cents(self.profit_a_year * self.years)


@dataclass(frozen=True, slots=True)
class Trades:
    """New customers: their first order lies in the last 365 days; old ones: it lies before; `everybody`: both."""

    new: Trade
    old: Trade
    everybody: Trade


def trades(ground: Ground) -> Trades:
    """What the customers of the year up to the day ordered in it."""
    found = {row["new"]: row for row in ground.ask(_by_history(ground))}
    usual, years = ground.setting.margin, ground.setting.years

    def trade(rows: Sequence[Row]) -> Trade:
        customers, orders = (sum(int(row[name]) for row in rows) for name in ("customers", "orders"))
        sums = [sum((row[name] or _NOTHING for row in rows), _NOTHING) for name in _SUMS]
        return Trade(customers, orders, sums[0], sums[1], sums[2], usual, years)

    new, old = ([found[new]] if new in found else [] for new in (True, False))
    return Trades(trade(new), trade(old), trade([*new, *old]))


def _by_history(ground: Ground) -> ibis.Table:
    """At most two rows: new, customers, orders, and _SUMS."""
    window = ground.last(YEAR)
    orders = purchases(ground)
    here = within(orders["day"], window)
    rows = orders.group_by("customer_id").aggregate(
        first=orders["day"].min(),
        orders=orders.count(where=here),
        spent=exact(orders["amount"].sum(where=here)),
        named=exact(orders["amount"].sum(where=here & orders["named"])),
        named_profit=exact(orders["profit"].sum(where=here & orders["named"])),
    )
    rows = rows.filter(rows["orders"] > 0)
    sums = {name: exact(rows[name].sum()) for name in _SUMS}
    is_new = within(rows["first"], window)
    return rows.group_by(new=is_new).aggregate(customers=rows.count(), orders=rows["orders"].sum(), **sums)
