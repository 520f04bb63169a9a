"""Look at points: gifts and groups of goods that the customer file does not have, gifts that were had for less."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.points import PointsGift
from sitegen.model.project import Project


def points_findings(engine: Engine, project: Project) -> Iterator[Problem]:
    """Names of products and groups that points speak of and no product has (nothing where there are no products), and
    gifts for which the ledger took other points than they cost.
    """
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
    yield from _odd_spending(engine, points.gifts)


def _odd_spending(engine: Engine, gifts: tuple[PointsGift, ...]) -> Iterator[Problem]:
    """Gifts for which somebody spent points that are no multiple of what one costs: they may have taken several."""
    if not gifts:
        return
    rows = table_of(engine.tables, "points")
    costs = rows["reason"].cases(*((gift.name, gift.points) for gift in gifts), else_=None)
    odd = rows.filter(rows["kind"] == "spent", ((-rows["points"]) % costs != 0).fill_null(False))
    told = odd.group_by("reason").aggregate(number=odd.count(), whose=odd["customer_id"].min())
    found = {row["reason"]: row for row in engine.ask(told)}
    for gift in gifts:
        if row := found.get(gift.name):
            took = "a row of the ledger" if row["number"] == 1 else f"{row['number']:,} rows of the ledger"
            message = (
                f"the gift '{gift.name}' costs {gift.points} points, and {took} took others for it: '{row['whose']}'"
            )
            hint = "put it right with a row of the kind corrected; if the gift costs something else now, rename it"
            yield gift.place.problem("gift-for-other-points", message, hint)
