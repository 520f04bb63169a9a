"""A shop on a day as the oracle of duties sees it: rows of tables, and ways to what they refer to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from sitegen.model.duty import Desk
from sitegen.model.rule import Condition
from sitegen.model.table import STANDARD, Schema
from tests.audience.oracle.own_facts import value_at
from tests.audience.oracle.rules import condition_holds

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Shop:
    """A shop on a day: the rows of its tables, typed; who is in which segment; what left the house."""

    tables: Mapping[str, Sequence[Row]]
    desk: Desk
    today: date
    members: Mapping[str, set[str]] = field(default_factory=dict)
    deliveries: Sequence[Row] = ()
    schema: Schema = STANDARD

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table that the shop may not have."""
        return self.tables.get(table, ())

    def at(self, path: str, row: Row, table: str) -> Any:
        """The value to which a path leads."""
        return value_at(path, row, table, (self.tables, self.schema))

    def customer(self, customer_id: str | None) -> Row | None:
        """The customer of that number."""
        return self._customers.get(customer_id or "")

    @cached_property
    def _customers(self) -> Mapping[str, Row]:
        return {row["customer_id"]: row for row in self.rows("customers")}

    @cached_property
    def contacts(self) -> Mapping[str, Sequence[Row]]:
        """The contacts with each customer."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows("contacts"):
            found[row["customer_id"]].append(row)
        return found

    @cached_property
    def regions(self) -> Mapping[str, str | None]:
        """The region of each store."""
        return {row["store_id"]: row["region"] for row in self.rows("stores")}

    @cached_property
    def advisers(self) -> set[str]:
        """Whom the house knows."""
        return {row["adviser_id"] for row in self.rows("advisers")}

    @cached_property
    def told(self) -> set[tuple[date, str, str]]:
        """The weather: day, store, condition."""
        return {(row["day"], row["store_id"], row["condition"]) for row in self.rows("weather")}


@dataclass(slots=True)
class Begun:
    """A duty as its trigger made it."""

    subject: str
    customer: Row
    day: date
    amount: Decimal | None = None
    row: Row | None = None
    void: str | None = None


def holds(shop: Shop, conditions: Sequence[Condition], row: Row, table: str) -> bool:
    values = {one.fact.column: shop.at(one.fact.column, row, table) for one in conditions}
    return all(condition_holds(one, values, (), shop.today) is True for one in conditions)


def day_of(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value
