"""Reckon the facts of each customer, as one table expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.care_facts import CARE, care_facts
from sitegen.audience.facts.offers import OFFERS, offers
from sitegen.audience.facts.own_fact_values import Measure, own_measure, rows_for
from sitegen.audience.facts.repeat_facts import REPEAT, repeat_facts
from sitegen.audience.facts.rows import rows_with, table_of, with_columns
from sitegen.audience.language.catalogue import UNDONE
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD, Schema

MONEY = "decimal(18, 2)"

PROGRAMME = {
    "tier": "string",
    "tier_benefit": "string",
    "next_tier": "string",
    "to_next_tier": MONEY,
    "points": "int64",
    "points_pending": "int64",
    "points_expiring": "int64",
    "points_expire_on": "date",
    "next_gift": "string",
    "points_to_next_gift": "int64",
    "tier_since": "date",
    "circle": "string",
}
"""What the members' programme adds, null where there is no programme."""

NEAR = {
    "store_name": "store.name",
    "store_city": "store.city",
    "adviser_name": "adviser.full name",
    "adviser_first_name": "adviser.first_name",
    "adviser_title": "adviser.title",
    "adviser_phone": "adviser.phone",
    "adviser_email": "adviser.email",
    "adviser_signature": "adviser.signature",
    "adviser_photo": "adviser.photo",
}
"""What stands in the rows of the customer's own store and adviser."""

ADVISER = frozenset(
    {"adviser_id", "adviser_name", *(name for name, path in NEAR.items() if path.startswith("adviser."))}
)
"""What depends on who the customer's adviser is."""

SUMS = ("total_spent", "total_profit", "spent_last_year", "profit_last_year")
TRADE = ("orders", *SUMS, "first_order", "last_order", "average_order")
"""What is reckoned over the orders."""

ZERO = ("orders", *SUMS, "complaints_open", "children")
"""Counts and sums: 0 where there is nothing."""

YEAR = 365


@dataclass(frozen=True, slots=True)
class Scope:
    """Which columns of facts are wanted (None: all of them), and which tables and columns the shop has."""

    wanted: frozenset[str] | None = None
    schema: Schema = STANDARD

    def of(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Those of the columns that are wanted."""
        return tuple(column for column in columns if self.wanted is None or column in self.wanted)


def facts(
    tables: Mapping[str, ibis.Table],
    own: tuple[FactSpec, ...],
    extra: ibis.Table | None,
    today: date,
    scope: Scope = Scope(),
) -> ibis.Table:
    """One row for each customer: customer_id, the columns of the customer file and every fact, if they are wanted.

    What happens after `today` is not known yet, and orders that were returned or cancelled are no purchases. Counts
    and sums are 0 where there is nothing, averages and days are null. `extra` has the columns of PROGRAMME and any
    others, at most one row for each customer_id. An own fact takes the place of a reckoned one of that column.
    """
    parts = [*_reckoned(tables, own, today, scope)]
    if extra is not None:
        parts.append(extra.select("customer_id", *scope.of(name for name in extra.columns if name != "customer_id")))
    table = with_columns(_people(tables, scope), parts)
    counted = dict.fromkeys((*ZERO, *(fact.column for fact in own)))
    zero = {name: table[name].fill_null(0) for name in scope.of(counted)}
    absent = {name: ibis.null(PROGRAMME[name]) for name in scope.of(PROGRAMME) if name not in table.columns}
    # PostgreSQL can't tell of what kind a list is that has never had anything in it.
    nothing = ibis.array([""]).remove("")
    groups = {name: table[name].fill_null(nothing) for name in scope.of(["products_bought"])}
    return table.mutate(**zero, **absent, **groups)


def _people(tables: Mapping[str, ibis.Table], scope: Scope) -> ibis.Table:
    """What the customer file says of the customers, and what their own stores and advisers are called."""
    near = {name: NEAR[name] for name in scope.of(NEAR)}
    advisers = table_of(tables, "advisers", scope.schema)
    # There are few advisers, and a name costs a look at its signs.
    named = advisers.mutate(**{"full name": full_name(advisers["first_name"], advisers["last_name"])})
    rows = rows_with({**tables, "advisers": named}, "customers", near.values(), scope.schema)
    columns = {column.name: rows[column.name] for column in scope.schema.table("customers").columns}
    columns |= {"joined": rows["member_since"], **{name: rows[path] for name, path in near.items()}}
    return rows.select({name: columns[name] for name in dict.fromkeys(("customer_id", *scope.of(columns)))})


def _reckoned(
    tables: Mapping[str, ibis.Table], own: tuple[FactSpec, ...], today: date, scope: Scope
) -> Iterator[ibis.Table]:
    """The tables of reckoned facts, each with customer_id and at least one wanted column."""
    if scope.of(["products_bought"]):
        yield _bought(tables, today)
    if scope.of(["complaints_open"]):
        yield _complaints(tables, today)
    if scope.of(["satisfaction"]):
        yield _satisfaction(tables, today)
    if scope.of(["children"]):
        yield _children(tables)
    if care := scope.of(CARE):
        yield care_facts(tables, today, care)
    if scope.of(REPEAT):
        yield repeat_facts(tables, today)
    yield from offers(tables, today, scope.of(OFFERS))
    yield from _counted(tables, tuple(fact for fact in own if scope.of([fact.column])), today, scope)


def _counted(
    tables: Mapping[str, ibis.Table], own: tuple[FactSpec, ...], today: date, scope: Scope
) -> Iterator[ibis.Table]:
    """What is counted or added up over the rows of a table, in one aggregation for each table."""
    trade = scope.of(TRADE)
    by_table: dict[str, tuple[FactSpec, ...]] = {"orders": ()} if trade else {}
    for fact in own:
        assert fact.definition is not None
        by_table[fact.definition.table] = (*by_table.get(fact.definition.table, ()), fact)
    for name, over in by_table.items():
        rows, customer = rows_for(tables, name, over, scope.schema)
        measures = {fact.column: own_measure(rows, fact, today, scope.schema) for fact in over}
        if name == "orders":
            measures = {**_trade(rows, trade, today), **measures}
        # Ibis expressions can't be compared with ==, their operations can.
        counts = reduce(or_, {measure.counts.op(): measure.counts for measure in measures.values()}.values())
        kept = rows.filter(customer.notnull(), counts)
        yield kept.group_by(customer_id=customer).aggregate(
            {column: measure.value for column, measure in measures.items()}
        )


def _trade(orders: ibis.Table, wanted: tuple[str, ...], today: date) -> dict[str, Measure]:
    """The facts of TRADE that are wanted, over the orders that are known on that day and still stand."""
    amount, profit, day = orders["amount"], orders["profit"], orders["ordered_at"].cast("date")
    stands = _stands(orders, today)
    last_year = stands & (day >= ibis.date(shift_days(today, -YEAR)))
    values = {
        "orders": orders["customer_id"].count(where=stands),
        "total_spent": amount.sum(where=stands).cast(MONEY),
        "total_profit": profit.sum(where=stands).cast(MONEY),
        "spent_last_year": amount.sum(where=last_year).cast(MONEY),
        "profit_last_year": profit.sum(where=last_year).cast(MONEY),
        "first_order": day.min(where=stands),
        "last_order": day.max(where=stands),
        "average_order": _average(amount.sum(where=stands), amount.count(where=stands)).cast(MONEY),
    }
    return {name: Measure(values[name], stands) for name in wanted}


def _stands(orders: ibis.Table, today: date) -> ibis.Value:
    """Whether an order is known on that day and still stands: never null, since every order has a day."""
    return ~orders["status"].isin(UNDONE).fill_null(False) & (orders["ordered_at"].cast("date") <= ibis.date(today))


def purchases(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The orders that are known on that day and still stand."""
    orders = table_of(tables, "orders")
    return orders.filter(_stands(orders, today))


def full_name(first: ibis.Value, last: ibis.Value) -> ibis.Value:
    """Given and family name as people write them: in Chinese characters the family name first, without a space."""
    first, last = first.strip().fill_null(""), last.strip().fill_null("")
    chinese = (last + first).re_search("[\u3400-\u9fff]")
    return ibis.ifelse(chinese, last + first, (first + " " + last).strip()).nullif("")


def _bought(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The groups of the goods, each once, in alphabetical order."""
    orders = purchases(tables, today).select("order_id", "customer_id")
    lines = rows_with(tables, "order_lines", ("product.group",))
    lines = lines.select("order_id", group=lines["product.group"]).filter(lambda row: row["group"].notnull())
    groups = orders.inner_join(lines, "order_id").select("customer_id", "group").distinct()
    return groups.group_by("customer_id").aggregate(products_bought=groups["group"].collect().sort())


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
    return rows.group_by("customer_id").aggregate(
        satisfaction=_average(rows["score"].sum(), rows["score"].count()).cast("decimal(4, 2)")
    )


def _average(total: ibis.Value, count: ibis.Value) -> ibis.Value:
    """The total shared out, to the hundredth, a half upwards; null where nothing is counted."""
    # Engines divide decimals by way of floats or by rules of their own; whole hundredths are the same in all of them.
    hundredths, several = (total * 100).cast("int64"), count.nullif(0)
    return ((2 * hundredths + several) // (2 * several)).cast(MONEY) / 100


def _children(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    rows = table_of(tables, "children")
    return rows.group_by("customer_id").aggregate(children=rows.count())
