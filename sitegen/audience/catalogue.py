"""List what a rule may ask about a customer: the facts, and the tables over which a shop reckons its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model.column import Column, Kind
from sitegen.model.rule import FactSpec
from sitegen.model.table import table


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table whose rows belong to customers: paths from a row to the customer's id and to the row's day."""

    customer: str
    day: str


EVENT_TABLES: Mapping[str, EventTable] = {
    "orders": EventTable("customer_id", "ordered_at"),
    "order_lines": EventTable("order.customer_id", "order.ordered_at"),
    "contacts": EventTable("customer_id", "at"),
    "attendances": EventTable("customer_id", "event.starts_at"),
    "complaints": EventTable("customer_id", "opened_on"),
    "survey_answers": EventTable("customer_id", "answered_on"),
    "suggestions": EventTable("customer_id", "given_on"),
    "referrals": EventTable("referrer_id", "day"),
    "points": EventTable("customer_id", "day"),
    "responses": EventTable("customer_id", "day"),
    "consents": EventTable("customer_id", "given_on"),
    "promises": EventTable("customer_id", "made_on"),
    "loans": EventTable("customer_id", "lent_on"),
    "children": EventTable("customer_id", "born_on"),
}


UNDONE = ("returned", "cancelled")
"""States of an order that is no purchase."""


def with_facts(catalogue: Mapping[str, FactSpec], own: tuple[FactSpec, ...]) -> dict[str, FactSpec]:
    """The catalogue with a shop's own facts; they replace facts of the same name."""
    return {**catalogue, **{fact.name: fact for fact in own}}


def column_at(table_name: str, path: str) -> Column | None:
    """The column to which a path leads from a row (`product.group`), or None."""
    step, _, rest = path.partition(".")
    columns = {column.name: column for column in table(table_name).columns}
    if not rest:
        return columns.get(step)
    reference = columns.get(f"{step}_id")
    return column_at(reference.refers_to, rest) if reference and reference.refers_to else None


def paths_from(table_name: str) -> tuple[str, ...]:
    """The paths that a `where:` over that table may name: its columns, and those of the rows it refers to."""
    own = table(table_name).columns
    reached = (
        f"{column.name.removesuffix('_id')}.{there.name}"
        for column in own
        if column.refers_to
        for there in table(column.refers_to).columns
    )
    return (*(column.name for column in own), *reached)


def _customer_facts() -> tuple[FactSpec, ...]:
    """One fact for each column of the customer file, named in words: `store_id` is "store"."""
    columns = table("customers").columns
    named = ((column.name.removesuffix("_id") if column.refers_to else column.name, column) for column in columns)
    return tuple(
        FactSpec(name.replace("_", " "), column.kind, column.name, column.meaning, allowed=column.allowed)
        for name, column in named
    )


CUSTOMER_FACTS = _customer_facts()
"""What the customer file itself says."""

RECKONED_FACTS = (
    FactSpec("joined", Kind.DATE, "joined", "first day as a member, as a date that does not come back"),
    FactSpec("store name", Kind.TEXT, "store_name", "name of the home store"),
    FactSpec("store city", Kind.TEXT, "store_city", "town of the home store"),
    FactSpec("adviser name", Kind.TEXT, "adviser_name", "name of the adviser who knows the customer best"),
    FactSpec("orders", Kind.INTEGER, "orders", "number of orders"),
    FactSpec("total spent", Kind.MONEY, "total_spent", "amount of all orders"),
    FactSpec("total profit", Kind.MONEY, "total_profit", "profit of all orders"),
    FactSpec("profit last year", Kind.MONEY, "profit_last_year", "profit of the last 365 days"),
    FactSpec("spent last year", Kind.MONEY, "spent_last_year", "amount of the last 365 days"),
    FactSpec("first order", Kind.DATE, "first_order", "day of the first order"),
    FactSpec("last order", Kind.DATE, "last_order", "day of the last order"),
    FactSpec("average order", Kind.MONEY, "average_order", "amount of an order on average"),
    FactSpec("products bought", Kind.LIST, "products_bought", "groups of the goods bought: linen, beads"),
    FactSpec("points", Kind.INTEGER, "points", "points that can be spent"),
    FactSpec("tier", Kind.TEXT, "tier", "name of the tier"),
    FactSpec("complaints open", Kind.INTEGER, "complaints_open", "complaints without a result"),
    FactSpec("satisfaction", Kind.MONEY, "satisfaction", "average score, 1 to 5, of the latest survey day"),
    FactSpec("children", Kind.INTEGER, "children", "children on the way or growing up"),
)
"""What sitegen reckons from the other tables. Returned and cancelled orders do not count."""

CATALOGUE: Mapping[str, FactSpec] = {fact.name: fact for fact in CUSTOMER_FACTS + RECKONED_FACTS}
"""The facts of every shop, by name."""
