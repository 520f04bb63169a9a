"""Suggest goods to customers who are content with what they have: finer ones, what goes with it, what is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import table_of
from sitegen.model.product import Product
from sitegen.model.related import Related, Suggestion, Why

if TYPE_CHECKING:
    import ibis.expr.types as ir


def suggestions_for(
    bought: Collection[str], products: Mapping[str, Product], satisfied: bool, related: Related, today: date
) -> tuple[Suggestion, ...]:
    """What to suggest to a customer who bought these products, each once: the order of `related`, then what is new.

    Nothing to who is not satisfied: "very receptive to the related products" are those who are. Nothing that they have,
    that the shop does not have, or that is sold out.
    """
    if not satisfied:
        return ()
    found: dict[str, Suggestion] = {}
    for has, product, why in _pairs(related):
        if has in bought:
            found.setdefault(product, Suggestion(product, why, has))
    for product in _new(bought, products, related, today):
        found.setdefault(product, Suggestion(product, Why.NEW))
    return tuple(one for one in found.values() if one.product not in bought and _is_there(products, one.product))


def suggestion_rows(tables: Mapping[str, ibis.Table], related: Related, satisfied: ibis.Table, today: date) -> ir.Table:
    """The same for all customers of `satisfied` (a column customer_id): customer_id, product_id, why, because.

    One row for each product, in the order of `suggestions_for`: by customer_id and `place`, which counts from 0.
    """
    bought = _bought(tables, today).semi_join(satisfied, "customer_id")
    paired = _paired(bought, related)
    found = paired.union(_launched(tables, bought, related, today)) if related.new_within else paired
    owned = bought.select(owner="customer_id", owned="product_id")
    found = found.anti_join(owned, [("customer_id", "owner"), ("product_id", "owned")])
    products = table_of(tables, "products")
    there = products.filter((products["stock"] > 0).fill_null(True)).select("product_id")
    found = found.semi_join(there, "product_id")
    best = found.group_by("customer_id", "product_id").aggregate(
        rank=found["rank"].min(), why=found["why"].argmin(found["rank"]), because=found["because"].argmin(found["rank"])
    )
    order = ibis.window(group_by="customer_id", order_by=["rank", "product_id"])
    numbered = best.mutate(place=ibis.row_number().over(order))
    columns = ("customer_id", "product_id", "why", "because", "place")
    return numbered.select(*columns).order_by("customer_id", "place")


def unknown_products(related: Related, known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The products that `related` names and the shop does not have, each with the product it stands at; each once."""
    named = ((one.product, name) for one in related.products for name in (one.product, *one.upgrades, *one.goes_with))
    return tuple(dict.fromkeys((at, name) for at, name in named if name not in known))


def _pairs(related: Related) -> Iterator[tuple[str, str, Why]]:
    """What is suggested because of what, the finer goods of all products first."""
    for one in related.products:
        yield from ((one.product, other, Why.UPGRADE) for other in one.upgrades)
    for one in related.products:
        yield from ((one.product, other, Why.RELATED) for other in one.goes_with)


def _new(bought: Collection[str], products: Mapping[str, Product], related: Related, today: date) -> Iterable[str]:
    """New goods of the groups of which something was bought, the newest first."""
    groups = {products[one].group for one in bought if one in products} - {None}
    since = today - timedelta(days=related.new_within)
    launched = [
        (one.launched_on, one.id)
        for one in products.values()
        if related.new_within and one.group in groups and one.launched_on and since < one.launched_on <= today
    ]
    return [id_ for _, id_ in sorted(launched, key=lambda one: (-one[0].toordinal(), one[1]))]


def _is_there(products: Mapping[str, Product], product: str) -> bool:
    found = products.get(product)
    return found is not None and (found.stock is None or found.stock > 0)


def _bought(tables: Mapping[str, ibis.Table], today: date) -> ir.Table:
    orders = purchases(tables, today).select("order_id", "customer_id")
    lines = table_of(tables, "order_lines").select("order_id", "product_id")
    return orders.inner_join(lines, "order_id").select("customer_id", "product_id").distinct()


def _paired(bought: ir.Table, related: Related) -> ir.Table:
    pairs = [(has, product, why.value) for has, product, why in _pairs(related)]
    columns = {name: [pair[at] for pair in pairs] for at, name in enumerate(("has", "product_id", "why"))}
    # A list in the question itself: whoever asks need not lay a table into the engine first.
    ranks = ibis.range(len(pairs)).unnest().name("rank").as_table()
    table = ranks.mutate(
        **{name: ibis.literal(list(texts), "array<string>")[ranks["rank"]] for name, texts in columns.items()}
    )
    joined = bought.select("customer_id", bought="product_id").inner_join(table, [("bought", "has")])
    return joined.select("customer_id", "product_id", "why", because="bought", rank=joined["rank"].cast("int64"))


def _launched(tables: Mapping[str, ibis.Table], bought: ir.Table, related: Related, today: date) -> ir.Table:
    products = table_of(tables, "products").select("product_id", "group", "launched_on")
    since = today - timedelta(days=related.new_within)
    news = products.filter(products["launched_on"] > ibis.date(since), products["launched_on"] <= ibis.date(today))
    theirs = bought.inner_join(products.select("product_id", theirs="group"), "product_id")
    theirs = theirs.select("customer_id", "theirs").distinct()
    joined = theirs.inner_join(news, theirs["theirs"] == news["group"])
    # Behind all pairs, and the newest first.
    age = ibis.date(today).delta(joined["launched_on"], unit="day")
    return joined.select(
        "customer_id",
        "product_id",
        why=ibis.literal(Why.NEW.value),
        because=ibis.literal(""),
        rank=(age + 1_000_000).cast("int64"),
    )
