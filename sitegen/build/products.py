"""Read the products out of the customer file, wherever it lies."""

from __future__ import annotations

from datetime import date

from sitegen.audience.facts.rows import table_of
from sitegen.data.engine import Engine
from sitegen.model.product import Product
from sitegen.programme.prices.changes import on_day, price_change
from sitegen.programme.products import product, product_rows


def products_on(engine: Engine, today: date, sales: bool = True) -> tuple[Product, ...]:
    """All products by id at the list prices of a day, with what was sold until then.

    Without `sales` nothing is counted, which is quicker.
    """
    found = (product(row) for row in engine.ask(product_rows(engine.tables, today, sales)))
    changes = engine.ask(table_of(engine.tables, "price_changes"))
    return on_day(found, map(price_change, changes), today)
