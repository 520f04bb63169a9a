"""Say which tables a customer file may have, in the order in which people read them."""

from __future__ import annotations

from sitegen.model.care_tables import (
    ATTENDANCES,
    COMPLAINTS,
    CONTACTS,
    EVENTS,
    PROMISES,
    SUGGESTIONS,
    SURVEY_ANSWERS,
)
from sitegen.model.column import Column, Kind, Table
from sitegen.model.people_tables import ADVISERS, CHILDREN, CUSTOMERS, STORES
from sitegen.model.permission_tables import CONSENTS, RESPONSES, SUPPRESSIONS
from sitegen.model.trade_tables import LOANS, ORDER_LINES, ORDERS, POINTS, PRODUCTS, REFERRALS

__all__ = ["TABLES", "Column", "Kind", "Table", "table"]


def table(name: str) -> Table:
    """The declared table of that name; KeyError where there is none."""
    return {declared.name: declared for declared in TABLES}[name]


TABLES: tuple[Table, ...] = (
    CUSTOMERS,
    ORDERS,
    ORDER_LINES,
    PRODUCTS,
    CONTACTS,
    ADVISERS,
    STORES,
    EVENTS,
    ATTENDANCES,
    COMPLAINTS,
    SURVEY_ANSWERS,
    SUGGESTIONS,
    REFERRALS,
    POINTS,
    RESPONSES,
    CONSENTS,
    SUPPRESSIONS,
    PROMISES,
    LOANS,
    CHILDREN,
)
