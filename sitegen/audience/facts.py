"""Reckon the facts of each customer, as one table expression."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.catalogue import UNDONE
from sitegen.audience.own_fact_values import own_fact
from sitegen.audience.rows import rows_with, table_of, with_columns
from sitegen.audience.spans import shift_days
from sitegen.model.rule import FactSpec

MONEY = "decimal(18, 2)"
PROGRAMME = {
    "tier": "string",
    "tier_benefit": "string",
    "next_tier": "string",
    "to_next_tier": MONEY,
    "points": "int64",
}
"""What the members' programme adds, null where there is no programme."""

ZERO = (
    "orders",
    "total_spent",
    "total_profit",
    "spent_last_year",
    "profit_last_year",
    "complaints_open",
    "children",
)
"""Counts and sums."""

YEAR = 365


def facts(
    tables: Mapping[str, ibis.Table], own: tuple[FactSpec, ...], extra: ibis.Table | None, today: date
) -> ibis.Table:
    """One row for each customer: the columns of the customer file and of every fact in the catalogue and in `own`.

    What happens after `today` is not known yet, and orders that were returned or cancelled are no purchases. Counts
    and sums are 0 where there is nothing, averages and days are null. `extra` has the columns of PROGRAMME and any
    others, at most one row for each customer_id.
    """
    parts = [
        _people(tables),
        _trade(tables, today),
        _bought(tables, today),
        _complaints(tables, today),
        _satisfaction(tables, today),
        _children(tables),
        *([] if extra is None else [extra]),
        *(own_fact(tables, fact, today) for fact in own),
    ]
    table = with_columns(table_of(tables, "customers"), parts)
    absent = {name: ibis.null(type_) for name, type_ in PROGRAMME.items() if name not in table.columns}
    zero = {name: table[name].fill_null(0) for name in (*ZERO, *(fact.column for fact in own))}
    nothing = ibis.literal([], type="array<string>")
    return table.mutate(**zero, **absent, products_bought=table["products_bought"].fill_null(nothing))


def _people(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """What the customer's own store and adviser are called."""
    paths = ("store.name", "store.city", "adviser.first_name", "adviser.last_name")
    rows = rows_with(tables, "customers", paths)
    return rows.select(
        "customer_id",
        joined=rows["member_since"],
        store_name=rows["store.name"],
        store_city=rows["store.city"],
        adviser_name=full_name(rows["adviser.first_name"], rows["adviser.last_name"]),
    )


def full_name(first: ibis.Value, last: ibis.Value) -> ibis.Value:
    """Given and family name as people write them: in Chinese characters the family name first, without a space."""
    first, last = first.strip().fill_null(""), last.strip().fill_null("")
    chinese = (last + first).re_search("[\u3400-\u9fff]")
    return ibis.ifelse(chinese, last + first, (first + " " + last).strip()).nullif("")


def purchases(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The orders that are known on that day and still stand."""
    orders = table_of(tables, "orders")
    stands = ~orders["status"].isin(UNDONE).fill_null(False)
    return orders.filter(stands, orders["ordered_at"].cast("date") <= ibis.date(today))


def _trade(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    orders = purchases(tables, today)
    amount, profit, day = orders["amount"], orders["profit"], orders["ordered_at"].cast("date")
    last_year = day >= ibis.date(shift_days(today, -YEAR))
    return orders.group_by("customer_id").aggregate(
        orders=orders.count(),
        total_spent=amount.sum().cast(MONEY),
        total_profit=profit.sum().cast(MONEY),
        spent_last_year=amount.sum(where=last_year).cast(MONEY),
        profit_last_year=profit.sum(where=last_year).cast(MONEY),
        first_order=day.min(),
        last_order=day.max(),
        average_order=(amount.sum() / amount.count()).round(2).cast(MONEY),
    )


def _bought(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The groups of the goods, each once, in alphabetical order."""
    orders = purchases(tables, today).select("order_id", "customer_id")
    lines = rows_with(tables, "order_lines", ("product.group",))
    lines = lines.select("order_id", group=lines["product.group"]).filter(lambda row: row["group"].notnull())
    groups = orders.inner_join(lines, "order_id").select("customer_id", "group").distinct()
    return groups.group_by("customer_id").aggregate(
        products_bought=groups["group"].collect(order_by=groups["group"].asc())
    )


def _complaints(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    rows = table_of(tables, "complaints")
    day = ibis.date(today)
    open_now = rows.filter(rows["opened_on"] <= day, (rows["solved_on"] > day).fill_null(True))
    return open_now.group_by("customer_id").aggregate(complaints_open=open_now.count())


def _satisfaction(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The average score of the latest day on which the customer answered with scores."""
    rows = table_of(tables, "survey_answers")
    rows = rows.filter(rows["answered_on"] <= ibis.date(today), rows["score"].notnull())
    latest = rows["answered_on"].max().over(group_by="customer_id")
    rows = rows.mutate(latest=latest).filter(lambda row: row["answered_on"] == row["latest"])
    return rows.group_by("customer_id").aggregate(satisfaction=rows["score"].mean().round(2).cast("decimal(4, 2)"))


def _children(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    rows = table_of(tables, "children")
    return rows.group_by("customer_id").aggregate(children=rows.count())
