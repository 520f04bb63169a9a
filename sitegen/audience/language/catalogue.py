"""List what a rule may ask about a customer: the facts, and the columns that a path leads to."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model.column import Column, Kind
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD, Schema

UNDONE = ("returned", "cancelled")
"""States of an order that is no purchase."""


def with_facts(catalogue: Mapping[str, FactSpec], own: tuple[FactSpec, ...]) -> dict[str, FactSpec]:
    """The catalogue with a shop's own facts; they replace facts of the same name."""
    return {**catalogue, **{fact.name: fact for fact in own}}


def column_at(schema: Schema, table: str, path: str) -> Column | None:
    """The column to which a path leads from a row (`product.group`), or None."""
    step, _, rest = path.partition(".")
    columns = {column.name: column for column in schema.table(table).columns}
    if not rest:
        return columns.get(step)
    reference = columns.get(f"{step}_id")
    return column_at(schema, reference.refers_to, rest) if reference and reference.refers_to else None


def paths_from(schema: Schema, table: str) -> tuple[str, ...]:
    """The paths that a `where:` over that table may name: its columns, and those of the rows it refers to."""
    own = schema.table(table).columns
    reached = (
        f"{reference_word(column)}.{there.name}"
        for column in own
        if column.refers_to
        for there in schema.table(column.refers_to).columns
    )
    return (*(column.name for column in own), *reached)


def reference_word(column: Column) -> str:
    """The word under which a path reaches the row that a column refers to: "store" for `store_id`."""
    return column.name.removesuffix("_id")


def customer_facts(schema: Schema) -> tuple[FactSpec, ...]:
    """One fact for each column of the customers, named in words: `store_id` is "store"."""
    columns = schema.table("customers").columns
    named = ((reference_word(column) if column.refers_to else column.name, column) for column in columns)
    return tuple(
        FactSpec(
            name.replace("_", " "),
            column.kind,
            column.name,
            column.meaning,
            allowed=column.allowed,
            personal=column.personal,
        )
        for name, column in named
    )


CUSTOMER_FACTS = customer_facts(STANDARD)
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
    FactSpec("second order", Kind.DATE, "second_order", "day of the second order"),
    FactSpec("days to second order", Kind.INTEGER, "days_to_second_order", "days from the first order to the second"),
    FactSpec("average order", Kind.MONEY, "average_order", "amount of an order on average"),
    FactSpec("products bought", Kind.LIST, "products_bought", "groups of the goods bought: linen, beads"),
    FactSpec("points", Kind.INTEGER, "points", "points that can be spent"),
    FactSpec("points pending", Kind.INTEGER, "points_pending", "points that are earned and can't be spent yet"),
    FactSpec("points expiring", Kind.INTEGER, "points_expiring", "points that go within the days of notice"),
    FactSpec("points expire on", Kind.DATE, "points_expire_on", "day on which the first of them no longer count"),
    FactSpec("points to next gift", Kind.INTEGER, "points_to_next_gift", "points that the next gift still needs"),
    FactSpec("tier", Kind.TEXT, "tier", "name of the tier"),
    FactSpec("tier since", Kind.DATE, "tier_since", "day on which the customer reached that tier"),
    FactSpec("complaints open", Kind.INTEGER, "complaints_open", "complaints without a result"),
    FactSpec("satisfaction", Kind.MONEY, "satisfaction", "average score, 1 to 5, of the latest survey day"),
    FactSpec("children", Kind.INTEGER, "children", "children on the way or growing up", personal=True),
    FactSpec(
        "review",
        Kind.TEXT,
        "review",
        "the latest evaluation in stars (4 and 5 are positive, 1 and 2 negative), silent where the customer ordered and"
        " never gave one; an open complaint is negative",
        allowed=("positive", "neutral", "negative", "silent"),
    ),
    FactSpec(
        "sharer",
        Kind.YES_NO,
        "sharer",
        "has parcels sent to work, or leaves a salutation for a name or a telephone with an extension: likes to share",
    ),
    FactSpec("lost", Kind.YES_NO, "lost", "has said goodbye: the day of 'lost on' has come"),
    FactSpec(
        "pregnancy month",
        Kind.INTEGER,
        "pregnancy_month",
        "1 to 10, of 28 days each, until the child on the way has come",
        personal=True,
    ),
    FactSpec(
        "youngest child month",
        Kind.INTEGER,
        "youngest_child_month",
        "age of the youngest child in whole months",
        personal=True,
    ),
    FactSpec("next due", Kind.DATE, "next_due", "day on which the child on the way is due", personal=True),
    FactSpec("last contact", Kind.DATE, "last_contact", "day of the last contact with anybody, by either side"),
    FactSpec("last called", Kind.DATE, "last_called", "day of the last call by the shop that reached the customer"),
    FactSpec("times referred", Kind.INTEGER, "times_referred", "number of new customers that the customer brought"),
    FactSpec("promises open", Kind.INTEGER, "promises_open", "promises of the shop that wait to be kept"),
    FactSpec("store region", Kind.TEXT, "store_region", "sales region of the home store"),
    FactSpec(
        "weather",
        Kind.TEXT,
        "weather",
        "today's weather at the home store",
        allowed=STANDARD.table("weather").column("condition").allowed,
    ),
)
"""What sitegen reckons from the other tables. Returned and cancelled orders do not count."""


def catalogue_of(schema: Schema) -> Mapping[str, FactSpec]:
    """The facts of a shop by name: what its customer file says, and what sitegen reckons."""
    return {fact.name: fact for fact in (*customer_facts(schema), *RECKONED_FACTS)}


CATALOGUE = catalogue_of(STANDARD)
"""The facts of a shop without columns of its own."""
