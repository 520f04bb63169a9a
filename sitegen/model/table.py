"""Say which tables a customer file may have, in the order in which people read them."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.care_tables import (
    ATTENDANCES,
    COMPLAINTS,
    CONTACTS,
    EVENTS,
    PROMISES,
    SUGGESTIONS,
    SURVEY_ANSWERS,
    WEATHER,
)
from sitegen.model.column import Column, Kind, Table
from sitegen.model.desk_tables import COMPLAINT_STEPS, DUTY_RESULTS
from sitegen.model.gift_tables import GIFTS
from sitegen.model.people_tables import ADVISERS, CHILDREN, CUSTOMERS, STORES
from sitegen.model.permission_tables import CONSENTS, RESPONSES, SUPPRESSIONS
from sitegen.model.trade_tables import COUPONS, LOANS, ORDER_LINES, ORDERS, POINTS, PRICE_CHANGES, PRODUCTS, REFERRALS

__all__ = ["STANDARD", "TABLES", "Column", "Kind", "Schema", "Table", "table"]


def table(name: str) -> Table:
    """The declared table of that name; KeyError where there is none."""
    return {declared.name: declared for declared in TABLES}[name]


TABLES: tuple[Table, ...] = (
    CUSTOMERS,
    ORDERS,
    ORDER_LINES,
    PRODUCTS,
    PRICE_CHANGES,
    CONTACTS,
    ADVISERS,
    STORES,
    EVENTS,
    ATTENDANCES,
    COMPLAINTS,
    COMPLAINT_STEPS,
    SURVEY_ANSWERS,
    SUGGESTIONS,
    REFERRALS,
    POINTS,
    COUPONS,
    GIFTS,
    RESPONSES,
    CONSENTS,
    SUPPRESSIONS,
    PROMISES,
    DUTY_RESULTS,
    LOANS,
    CHILDREN,
    WEATHER,
)


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one shop: those that every shop may have, with its own columns, and its own tables."""

    tables: tuple[Table, ...] = TABLES

    def table(self, name: str) -> Table:
        """The table of that name; KeyError where there is none."""
        return {declared.name: declared for declared in self.tables}[name]

    def events(self) -> tuple[Table, ...]:
        """The tables whose rows belong to customers."""
        return tuple(declared for declared in self.tables if declared.customer)


STANDARD = Schema()
"""A shop without columns or tables of its own."""
