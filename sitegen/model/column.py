"""The words in which a customer file is declared: kinds, columns, tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column; `text` keeps what was written, so a postcode 01234 and a country NO survive."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"  # decimal(14,2), never a float
    DATE = "date"  # YYYY-MM-DD
    TIME = "time"  # timestamp without zone, in the shop's time zone unless its column says another: YYYY-MM-DD HH:MM
    YES_NO = "yes/no"
    LIST = "list"  # texts; in CSV separated by semicolons
    YEARLY = "yearly"  # a date that comes back each year: month and day count, the year may serve an age
    LUNAR = "lunar"  # MM-DD of the Chinese lunar calendar; 06L-15 is the 15th of the leap sixth month


@dataclass(frozen=True, slots=True)
class Column:
    """One column. An empty cell is an unknown value, and only a `required` column may not have one.

    `unit` is what a number counts (`currency` is the shop's). `source` quotes the sentence that asks for the
    column, and is empty where the product itself needs it. `allowed` lists the only texts that a cell may
    hold; empty: any. `refers_to` names the table whose single key the cell repeats; the row there is reached
    under the column's name without `_id` (`order_lines.product_id` leads to `product.group`). What is `personal`
    says who somebody is or how they live: it is shown only to those who ask for it.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    source: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()
    refers_to: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `key` names the columns that together are unique; only a `required` table must be there.

    `day` is the path from a row to the day on which it happened (`order.ordered_at`), "" where rows have none;
    `customer` the path to the customer whom it belongs to, "" where it belongs to nobody. A table with a customer
    is one over which rules may count and add up.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    customer: str = ""
    day: str = ""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the table has none."""
        return {column.name: column for column in self.columns}[name]
