"""Reckon when customers came again: "which will … make the buyer make a second purchase"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.catalogue import UNDONE

REPEAT = {"second_order": "date", "days_to_second_order": "int64"}
"""The columns, with the engine's types."""


def repeat_facts(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """customer_id and REPEAT for those customers who ordered twice until the day; two orders of one day count as two.

    Orders that were returned or cancelled are no purchases.
    """
    orders = table_of(tables, "orders")
    rows = orders.select("customer_id", "order_id", "status", day=orders["ordered_at"].cast("date"))
    rows = rows.filter(~rows["status"].isin(UNDONE).fill_null(False), rows["day"] <= ibis.date(today))
    turn = ibis.row_number().over(group_by="customer_id", order_by=[rows["day"], rows["order_id"]])
    rows = rows.mutate(turn=turn).filter(lambda row: row["turn"] < 2)
    found = rows.group_by("customer_id").aggregate(
        first=rows["day"].min(), second_order=rows["day"].max(), orders=rows.count()
    )
    found = found.filter(found["orders"] == 2)
    days = found["second_order"].delta(found["first"], unit="day").cast("int64")
    return found.select("customer_id", "second_order", days_to_second_order=days)
