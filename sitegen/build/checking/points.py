"""Look at points: gifts and groups of goods that the customer file does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.project import Project


def points_findings(engine: Engine, project: Project) -> Iterator[Problem]:
    """Names of products and groups that points speak of and no product has; nothing where there are no products."""
    points = project.programme.points
    if points is None:
        return
    goods = table_of(engine.tables, "products")
    products = engine.ask(goods.select("product_id", "group"))
    ids = {row["product_id"] for row in products}
    groups = {row["group"] for row in products if row["group"]}
    for gift in points.gifts if products else ():
        if gift.product and gift.product not in ids:
            message = f"the gift '{gift.name}' is the product '{gift.product}', which the customer file does not have"
            yield gift.place.problem("unknown-gift-product", message, did_you_mean(gift.product, ids))
    for factor in points.earning.groups if products else ():
        if factor.name not in groups:
            message = f"no product of the customer file is in the group '{factor.name}'"
            yield factor.place.problem("unknown-points-group", message, did_you_mean(factor.name, groups))
