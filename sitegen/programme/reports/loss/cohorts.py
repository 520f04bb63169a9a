"""Follow customers by the quarter of their first order: how many ordered again in each quarter after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import ibis

from sitegen.model.report import Window
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.purchases import purchases

COHORTS = 12


@dataclass(frozen=True, slots=True)
class Cohort:
    """Customers whose first order lies in one quarter. `again`: how many of them ordered in the first quarter after it,
    the second, and so on, as far as these are over."""

    first: date
    customers: int
    again: tuple[int, ...]

    @property
    def name(self) -> str:
        """`2026 Q1`."""
        return f"{self.first.year} Q{(self.first.month + 2) // 3}"

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """The same in per cent of the customers."""
        return tuple(per_cent(several, self.customers) for several in self.again)


def cohorts_window(today: date) -> Window:
    """From the first quarter that may be a cohort to the end of the last quarter that is over."""
    over = _quarter(today + timedelta(days=1))
    return Window(_first_day(over) - timedelta(days=1), _first_day(over - 1 - COHORTS))


def cohorts(ground: Ground) -> tuple[Cohort, ...]:
    """The cohorts of the last COHORTS quarters before the last one that is over, the oldest first; none of nobody."""
    window = cohorts_window(ground.today)
    assert window.first is not None
    orders = purchases(ground)
    orders = orders.filter(orders["day"] <= ibis.date(window.last))
    quarter = (orders["day"].year() * 4 + (orders["day"].month() - 1) // 3).cast("int64")
    rows = orders.select("customer_id", quarter=quarter).distinct()
    rows = rows.mutate(cohort=rows["quarter"].min().over(group_by="customer_id"))
    first, last = _quarter(window.first), _quarter(window.last)
    rows = rows.filter(rows["cohort"].between(first, last - 1))
    counted = rows.group_by("cohort", "quarter").aggregate(customers=rows.count())
    found = {(row["cohort"], row["quarter"]): row["customers"] for row in ground.ask(counted)}
    return tuple(
        Cohort(_first_day(one), found[one, one], tuple(found.get((one, late), 0) for late in range(one + 1, last + 1)))
        for one in range(first, last)
        if (one, one) in found
    )


def together(several: tuple[Cohort, ...]) -> tuple[Decimal | None, ...]:
    """Per cent of all these customers who ordered again in the first quarter after their own, the second, and so on.

    Each place counts only the cohorts for which that quarter is over.
    """
    longest = max((len(cohort.again) for cohort in several), default=0)
    rates = []
    for place in range(longest):
        those = [cohort for cohort in several if len(cohort.again) > place]
        rates.append(per_cent(sum(of.again[place] for of in those), sum(of.customers for of in those)))
    return tuple(rates)


def _quarter(day: date) -> int:
    """Quarters are numbered on from the year 0."""
    return day.year * 4 + (day.month - 1) // 3


def _first_day(quarter: int) -> date:
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)
