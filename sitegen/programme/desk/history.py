"""Find what one should know of some customers before one calls: the last contacts, the last things bought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.facts import full_name, purchases
from sitegen.audience.facts.rows import rows_with, table_of

LAST = 3
"""Contacts and things that stand on an adviser's page."""


def last_contacts(tables: Mapping[str, ibis.Table], whose: ibis.Table, today: date) -> ibis.Table:
    """The last contacts of these customers (`whose` has customer_id), with `by`, the adviser's name, and `place`."""
    rows = with_adviser_names(table_of(tables, "contacts"), tables)
    rows = rows.filter(rows["at"].cast("date") <= ibis.date(today)).semi_join(whose, "customer_id")
    return first_of(rows, "customer_id", [rows["at"].desc(), rows["contact_id"].desc()], LAST)


def last_goods(tables: Mapping[str, ibis.Table], whose: ibis.Table, today: date) -> ibis.Table:
    """The last things that these customers bought and kept: order_id, ordered_at, name, name_zh, quantity, `place`."""
    orders = purchases(tables, today).select("order_id", "customer_id", "ordered_at").semi_join(whose, "customer_id")
    goods = goods_of(tables, orders)
    order = [goods["ordered_at"].desc(), goods["order_id"].desc(), goods["line"]]
    return first_of(goods, "customer_id", order, LAST)


def goods_of(tables: Mapping[str, ibis.Table], orders: ibis.Table) -> ibis.Table:
    """The lines of some orders with what they are called: order_id, line, quantity, price, name, name_zh."""
    lines = rows_with(tables, "order_lines", ("product.name", "product.name_zh"))
    named = lines.select(
        "order_id",
        "line",
        "quantity",
        "price",
        name=ibis.coalesce(lines["product.name"], lines["product_id"]),
        name_zh=lines["product.name_zh"],
    )
    return orders.inner_join(named, "order_id")


def with_adviser_names(rows: ibis.Table, tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """The rows with `by`: the name of the adviser whom they name."""
    advisers = table_of(tables, "advisers")
    named = advisers.select(known="adviser_id", by=full_name(advisers["first_name"], advisers["last_name"]))
    return rows.left_join(named, rows["adviser_id"] == named["known"]).drop("known")


def first_of(rows: ibis.Table, group: str, order: list[ir.Value], most: int) -> ibis.Table:
    """The first `most` rows of each group, in that order, with `place` (from 0) and `total`, how many there are."""
    place = ibis.row_number().over(group_by=rows[group], order_by=order)
    total = rows[group].count().over(group_by=rows[group])
    counted = rows.mutate(place=place, total=total)
    return counted.filter(counted["place"] < most)
