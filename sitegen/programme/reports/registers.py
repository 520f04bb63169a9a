"""Name the people in a register: who the customer is, and whose."""

from __future__ import annotations

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Head
from sitegen.programme.reports.ground import Ground

FIRST = 100
"""So many rows of a register are shown."""

WHO = (
    Head("customer", "Customer", personal=True),
    Head("name", "Name", personal=True),
    Head("adviser", "Adviser"),
)
"""The columns that say who; `named` fills them."""


def named(ground: Ground, rows: ibis.Table) -> ibis.Table:
    """The rows, each of one customer, with `customer` (the number), `name` and `adviser`: null where it is unknown."""
    customers = table_of(ground.tables, "customers", ground.schema)
    people = customers.select(
        customer="customer_id",
        name=full_name(customers["first_name"], customers["last_name"]),
        whose="adviser_id",
    )
    advisers = table_of(ground.tables, "advisers", ground.schema)
    staff = advisers.select(number="adviser_id", adviser=full_name(advisers["first_name"], advisers["last_name"]))
    joined = rows.left_join(people, rows["customer_id"] == people["customer"])
    return joined.left_join(staff, joined["whose"] == staff["number"]).drop("whose", "number")
