"""What is suggested to whom: the reckoning of one customer beside that of all in the engine."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.model.product import Product
from sitegen.model.related import Related, RelatedGoods, Suggestion, Why
from sitegen.model.tree import Place
from sitegen.programme.related.suggestions import suggestion_rows, suggestions_for, unknown_products

TODAY = date(2026, 9, 8)
NOON = datetime.fromisoformat("2026-09-01 12:00")
PLACE = Place("content/programme/gatherings.yaml", 20)
PRODUCTS = {"product_id": "string", "group": "string", "stock": "int64", "launched_on": "date"}
ORDERS = {"order_id": "string", "customer_id": "string", "ordered_at": "timestamp(6)", "status": "string"}
LINES = {"order_id": "string", "product_id": "string"}
NAMES = tuple(f"P-{number}" for number in range(7))


def goods(product: str, goes_with: tuple[str, ...] = (), upgrades: tuple[str, ...] = ()) -> RelatedGoods:
    return RelatedGoods(product, goes_with, upgrades, PLACE)


SHEET = Related(PLACE, "content", PLACE, (goods("P-0", ("P-1", "P-2"), ("P-3",)), goods("P-1", ("P-0",))), 90)
SHELF = {name: Product(name, name, Decimal(9), group="linen", stock=4, launched_on=date(2020, 1, 1)) for name in NAMES}


@pytest.fixture(scope="module")
def engine() -> Any:
    return ibis.duckdb.connect()


def test_finer_goods_come_first_then_what_goes_with_it_then_what_is_new() -> None:
    shelf = SHELF | {"P-5": Product("P-5", "New", Decimal(9), group="linen", launched_on=date(2026, 9, 1))}
    assert suggestions_for(["P-0"], shelf, True, SHEET, TODAY) == (
        Suggestion("P-3", Why.UPGRADE, "P-0"),
        Suggestion("P-1", Why.RELATED, "P-0"),
        Suggestion("P-2", Why.RELATED, "P-0"),
        Suggestion("P-5", Why.NEW),
    )


def test_nothing_is_suggested_to_who_is_not_satisfied() -> None:
    assert suggestions_for(["P-0"], SHELF, False, SHEET, TODAY) == ()


def test_nothing_is_suggested_that_they_have_or_that_is_sold_out_or_gone() -> None:
    shelf = {name: product for name, product in SHELF.items() if name != "P-2"}
    shelf["P-3"] = Product("P-3", "Sold out", Decimal(9), stock=0)
    assert suggestions_for(["P-0", "P-1"], shelf, True, SHEET, TODAY) == ()


def test_products_that_nobody_has_are_named_with_where_they_stand() -> None:
    assert unknown_products(SHEET, {"P-0", "P-1"}) == (("P-0", "P-3"), ("P-0", "P-2"))


SHELVES = some.fixed_dictionaries(
    {
        name: some.builds(
            Product,
            some.just(name),
            some.just(name),
            some.just(Decimal(9)),
            group=some.sampled_from((None, "linen", "beads")),
            stock=some.sampled_from((None, 0, 3)),
            launched_on=some.none() | some.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=5)),
        )
        for name in NAMES
    }
)
RELATED = some.builds(
    Related,
    some.just(PLACE),
    some.just("content"),
    some.just(PLACE),
    some.lists(
        some.builds(
            goods,
            some.sampled_from(NAMES),
            some.lists(some.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
            some.lists(some.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
        ),
        max_size=4,
        unique_by=lambda one: one.product,
    ).map(tuple),
    some.sampled_from((0, 30)),
)
BASKETS = some.dictionaries(
    some.sampled_from(("C-1", "C-2", "C-3")), some.sets(some.sampled_from(NAMES), min_size=1), max_size=3
)


@settings(deadline=None, max_examples=25)
@given(SHELVES, RELATED, BASKETS, some.sets(some.sampled_from(("C-1", "C-2", "C-3"))))
def test_the_engine_suggests_to_all_what_is_suggested_to_each(
    engine: Any, shelf: dict[str, Product], related: Related, baskets: dict[str, set[str]], satisfied: set[str]
) -> None:
    lines = [(customer, product) for customer, basket in baskets.items() for product in sorted(basket)]
    orders = [(customer, customer, NOON, "delivered") for customer in baskets]
    tables = {
        "products": ibis.memtable(
            [(one.id, one.group, one.stock, one.launched_on) for one in shelf.values()], schema=PRODUCTS
        ),
        "orders": ibis.memtable([*orders, ("O-9", "C-1", NOON, "returned")], schema=ORDERS),
        "order_lines": ibis.memtable([*lines, ("O-9", "P-6")], schema=LINES),
    }
    those = ibis.memtable([(name,) for name in sorted(satisfied)], schema={"customer_id": "string"})
    found = engine.to_pyarrow(suggestion_rows(tables, related, those, TODAY)).to_pylist()
    expected = [
        (customer, one.product, one.why.value, one.because, place)
        for customer in sorted(baskets)
        for place, one in enumerate(suggestions_for(baskets[customer], shelf, customer in satisfied, related, TODAY))
    ]
    assert [tuple(row.values()) for row in found] == expected
