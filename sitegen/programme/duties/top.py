"""One duty a year for the customers who come first by a sum of the calendar year that ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce

import ibis

from sitegen.audience.calendar.spans import in_year
from sitegen.audience.facts.rows import rows_with
from sitegen.model.duty import Duty, Top
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.begun import Said, begun
from sitegen.programme.duties.standing_rows import summed_rows

GROUPS = {"store": "store_id", "region": "store.region"}
"""The path from a customer to the group in which they rank."""


def top(tables: Mapping[str, ibis.Table], duty: Duty, trigger: Top, asked: Asked) -> ibis.Table | None:
    """BEGUN_TYPES: who came first in each year whose day has come since the desk began; None where none has.

    Sums above 0 rank; among equal ones the customer's number decides.
    """
    years = [
        year
        for year in range(asked.desk.since.year - 1, asked.today.year)
        if asked.desk.since <= _day(year, trigger) <= asked.today
    ]
    rows = summed_rows(tables, trigger.sum, asked)
    found = (_of_year(tables, rows, year, trigger, asked) for year in years)
    parts = [begun(first, _said(first, year, trigger), duty, asked) for year, first in zip(years, found, strict=True)]
    return reduce(lambda one, other: one.union(other), parts) if parts else None


def _day(year: int, trigger: Top) -> date:
    return in_year(year + 1, trigger.month, trigger.day)


def _said(first: ibis.Table, year: int, trigger: Top) -> Said:
    return Said(first["customer_id"] + f"@{year}", first["customer_id"], ibis.date(_day(year, trigger)), first["sum"])


def _of_year(tables: Mapping[str, ibis.Table], rows: ibis.Table, year: int, trigger: Top, asked: Asked) -> ibis.Table:
    """customer_id and sum of those who came first in the year, in each group where there are groups."""
    rows = rows.filter(rows["day"].between(ibis.date(date(year, 1, 1)), ibis.date(date(year, 12, 31))))
    sums = rows.group_by("customer_id").aggregate(sum=rows["value"].sum().cast("decimal(18, 2)"))
    sums = sums.filter(sums["sum"] > 0)
    if not trigger.per:
        return sums.order_by(sums["sum"].desc(), sums["customer_id"]).limit(trigger.count)
    path = GROUPS[trigger.per]
    customers = rows_with(tables, "customers", (path,), asked.schema)
    homes = customers.filter(customers[path].notnull()).select(whose=customers["customer_id"], home=customers[path])
    housed = sums.inner_join(homes, sums["customer_id"] == homes["whose"])
    place = ibis.row_number().over(group_by=housed["home"], order_by=[housed["sum"].desc(), housed["customer_id"]])
    ranked = housed.select("customer_id", "sum", place=place)
    return ranked.filter(ranked["place"] < trigger.count).drop("place")
