"""Read the products out of the customer file, wherever it lies."""

from __future__ import annotations

from datetime import date

from sitegen.data.engine import Engine
from sitegen.model.product import Product
from sitegen.programme.products import product, product_rows


def products_on(engine: Engine, today: date, sales: bool = True) -> tuple[Product, ...]:
    """All products by id, with what was sold until a day; without `sales` nothing is counted, which is quicker."""
    return tuple(product(row) for row in engine.ask(product_rows(engine.tables, today, sales)))
