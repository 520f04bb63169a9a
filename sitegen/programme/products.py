"""Ask the engine for the products, with what became of them at the till."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import table_of
from sitegen.model.product import Product

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = ("product_id", "name", "name_zh", "group", "price", "cost", "launched_on", "stock", "care")


def product_rows(tables: Mapping[str, ibis.Table], today: date, sales: bool = True) -> ir.Table:
    """One row for each product: its columns, `sold` (pieces of orders that stand) and `last_sold` (a day, or unknown).

    Sales after `today` and orders that were returned or cancelled don't count; without `sales` there are none. In the
    order of the product ids.
    """
    products = table_of(tables, "products").select(*COLUMNS)
    if not sales:
        return products.mutate(sold=ibis.literal(0, "int64"), last_sold=ibis.null("date")).order_by("product_id")
    counted = _sales(tables, today)
    joined = products.left_join(counted, products["product_id"] == counted["sold_product"])
    sold = joined["sold"].cast("int64").fill_null(0)
    return joined.select(*COLUMNS, sold=sold, last_sold=joined["last_sold"]).order_by("product_id")


def product(row: Mapping[str, Any]) -> Product:
    """A row of `product_rows` as a value."""
    # An engine adds up in wider numbers than Ibis tells of.
    cells = {**row, "sold": int(row["sold"])}
    return Product(**{"id" if name == "product_id" else name: value for name, value in cells.items()})


def _sales(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    orders = purchases(tables, today).select("order_id", "ordered_at")
    lines = table_of(tables, "order_lines").select("order_id", "quantity", sold_product="product_id")
    sales = orders.inner_join(lines, "order_id")
    return sales.group_by("sold_product").aggregate(sold=sales["quantity"].sum(), last_sold=sales["ordered_at"].max())
