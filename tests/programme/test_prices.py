"""Tests of members' and newcomers' prices, of stock, and of goods that wait for a buyer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.concession import Days, Goods, Who
from sitegen.model.prices import (
    STEPS,
    Exclusive,
    Newcomer,
    Prices,
    Rounding,
    RoundingMode,
    StockWord,
    StockWords,
    Unsold,
)
from sitegen.model.product import Product
from sitegen.model.programme import Tier
from sitegen.model.tree import Place
from sitegen.programme.prices.members import by_group, may_buy, newly, price_list
from sitegen.programme.prices.newcomers import newcomer_list
from sitegen.programme.prices.stock import is_unsold, stock_word, unsold_products
from sitegen.programme.products import product, product_rows

TODAY = date(2026, 9, 30)
HERE = Place("prices.yaml", 3)
SILVER = Tier("Silver", Decimal(1000), Decimal(2), "", HERE)
GOLD = Tier("Gold", Decimal(3000), Decimal(5), "", HERE)
SHEET = Product("P-1", "Linen sheet", Decimal("129.00"), group="linen", launched_on=date(2021, 3, 1), stock=64)
QUILT = Product("P-2", "Autumn quilt", Decimal("359.00"), group="quilts", launched_on=date(2026, 9, 24), stock=3)
BOX = Product("P-3", "Gift box", Decimal("18.00"), group="gifts", launched_on=date(2020, 6, 1), stock=0)
BOLSTER = Product("P-4", "Bolster", Decimal("65.00"), group="linen", launched_on=date(2024, 9, 2), stock=44)
ALL = (SHEET, QUILT, BOX, BOLSTER)


def paid(tier: Tier, prices: Prices, on: date = TODAY, segments: tuple[str, ...] = ("everyone",)) -> dict[str, str]:
    return {line.product.id: str(line.price) for line in price_list(ALL, tier, prices, on, segments)}


def test_a_tier_pays_the_list_price_less_its_discount_in_the_order_of_the_groups() -> None:
    assert paid(SILVER, Prices()) == {"P-3": "17.64", "P-4": "63.70", "P-1": "126.42", "P-2": "351.82"}
    assert paid(GOLD, Prices()) == {"P-3": "17.10", "P-4": "61.75", "P-1": "122.55", "P-2": "341.05"}


def test_the_rounding_of_the_programme_is_used() -> None:
    prices = Prices(rounding=Rounding(RoundingMode.DOWN, Decimal("0.10")))
    assert paid(SILVER, prices)["P-1"] == "126.40"


def test_goods_without_a_tier_price_cost_the_same_for_everybody() -> None:
    prices = Prices(without=(Goods(groups=("gifts",)), Goods(products=("P-2",))))
    assert paid(GOLD, prices) == {"P-3": "18.00", "P-4": "61.75", "P-1": "122.55", "P-2": "359.00"}


def test_what_is_exclusive_is_in_nobody_elses_list_and_only_on_its_days() -> None:
    days = Days(date(2026, 9, 17), date(2026, 10, 17))
    only = Exclusive(Goods(products=("P-2",)), Who(("Gold",)), days, HERE)
    prices = Prices(exclusive=(only,))
    assert "P-2" not in paid(SILVER, prices)
    (quilt,) = (line for line in price_list(ALL, GOLD, prices, TODAY) if line.product is QUILT)
    assert quilt.exclusive
    for outside in (date(2026, 9, 16), date(2026, 10, 18)):
        assert "P-2" in paid(SILVER, prices, outside)
        assert not any(line.exclusive for line in price_list(ALL, GOLD, prices, outside))
    assert "P-2" not in paid(SILVER, prices, date(2026, 9, 17))
    assert "P-2" not in paid(SILVER, prices, date(2026, 10, 17))


def test_of_several_who_a_thing_is_kept_for_one_is_enough() -> None:
    goods, ever = Goods(products=("P-2",)), Days()
    kept = (Exclusive(goods, Who(("Gold",)), ever, HERE), Exclusive(goods, Who((), "satisfied"), ever, HERE))
    assert may_buy(QUILT, kept, TODAY, "Gold")
    assert may_buy(QUILT, kept, TODAY, "Silver", ("everyone", "satisfied"))
    assert not may_buy(QUILT, kept, TODAY, "Silver")
    assert may_buy(SHEET, kept, TODAY, "")


@pytest.mark.parametrize(
    ("stock", "word"),
    [(None, None), (-2, "none"), (0, "none"), (1, "last"), (3, "last"), (4, "few"), (20, "few"), (21, "plenty")],
)
def test_a_number_of_pieces_is_said_in_a_word(stock: int | None, word: str | None) -> None:
    assert stock_word(stock, StockWords(few=20, last=3)) == (StockWord(word) if word else None)


@pytest.mark.parametrize(
    ("on_shelf", "sold_ago", "stock", "unsold"),
    [(60, None, 5, True), (59, None, 5, False), (400, 90, 5, True), (400, 89, 5, False), (400, None, 0, False)],
)
def test_unsold_is_what_stood_there_and_nobody_took(
    on_shelf: int, sold_ago: int | None, stock: int, unsold: bool
) -> None:
    sold = TODAY - timedelta(days=sold_ago) if sold_ago else None
    there = replace(SHEET, launched_on=TODAY - timedelta(days=on_shelf), last_sold=sold, stock=stock)
    assert is_unsold(there, Unsold(90, 60), TODAY) == unsold
    assert not is_unsold(replace(there, launched_on=None), Unsold(90, 60), TODAY)


def test_unsold_goods_have_the_better_of_both_discounts_and_never_both() -> None:
    sold = tuple(replace(one, last_sold=TODAY) for one in (SHEET, QUILT, BOX))
    for discount, price in (("8", "59.80"), ("3", "61.75")):
        rule = Unsold(90, 60, Decimal(discount), Who(("Gold",)))
        lines = {line.product.id: line for line in price_list((*sold, BOLSTER), GOLD, Prices(unsold=rule), TODAY)}
        assert [name for name, line in lines.items() if line.unsold] == ["P-4"]
        assert str(lines["P-4"].price) == price
        silver = {line.product.id: line for line in price_list((*sold, BOLSTER), SILVER, Prices(unsold=rule), TODAY)}
        assert (str(silver["P-4"].price), silver["P-4"].unsold) == ("63.70", False)


def test_what_waits_longest_is_named_first() -> None:
    early = replace(SHEET, last_sold=date(2026, 1, 1))
    assert unsold_products((early, BOLSTER), Unsold(90, 60), TODAY) == (BOLSTER, early)


def test_lines_come_in_groups_and_new_ones_apart() -> None:
    lines = price_list(ALL, GOLD, Prices(), TODAY)
    assert [(group.name, len(group.lines)) for group in by_group(lines)] == [("gifts", 1), ("linen", 2), ("quilts", 1)]
    assert [line.product.id for line in newly(lines, TODAY, 7)] == ["P-2"]
    assert newly(lines, TODAY, 6) == ()


def test_a_newcomer_has_the_best_price_that_runs_and_only_of_goods_that_are_meant() -> None:
    autumn = Newcomer("autumn", Decimal(10), Goods(groups=("linen",)), (Days(date(2026, 9, 1), date(2026, 9, 30)),))
    ever = Newcomer("ever", Decimal(4), Goods(products=("P-1", "P-2")))
    lines = newcomer_list(ALL, (ever, autumn), Prices(), TODAY)
    assert [(line.product.id, str(line.price), line.campaign) for line in lines] == [
        ("P-4", "58.50", "autumn"),
        ("P-1", "116.10", "autumn"),
        ("P-2", "344.64", "ever"),
    ]
    later = newcomer_list(ALL, (ever, autumn), Prices(), date(2026, 10, 1))
    assert [line.campaign for line in later] == ["ever", "ever"]
    kept = Prices(exclusive=(Exclusive(Goods(products=("P-2",)), Who(("Gold",)), Days()),))
    assert [line.product.id for line in newcomer_list(ALL, (ever,), kept, TODAY)] == ["P-1"]


def test_who_has_no_tier_yet_pays_the_list_price() -> None:
    exclusive = (Exclusive(Goods(products=("P-2",)), Who(("Gold",)), Days()),)
    lines = price_list(ALL, None, Prices(exclusive=exclusive), TODAY)
    assert [(line.product.id, line.price) for line in lines] == [(one.id, one.price) for one in (BOX, BOLSTER, SHEET)]


@given(
    st.decimals("0.01", 5000, places=2),
    st.decimals(0, 100, places=1),
    st.decimals(0, 100, places=1),
    st.builds(Rounding, st.sampled_from(RoundingMode), st.sampled_from(STEPS)),
)
def test_a_higher_tier_never_pays_more_and_nobody_more_than_the_list_price(
    price: Decimal, one: Decimal, other: Decimal, rounding: Rounding
) -> None:
    thing = replace(SHEET, price=price)
    low, high = sorted((one, other))
    paid_by = [
        price_list((thing,), replace(GOLD, discount=discount), Prices(rounding), TODAY)[0].price
        for discount in (high, low)
    ]
    assert [Decimal(0), *paid_by, price] == sorted([Decimal(0), *paid_by, price])
    assert all(each == price or each % rounding.step == 0 for each in paid_by)


PRODUCTS = {
    "product_id": "string",
    "name": "string",
    "name_zh": "string",
    "group": "string",
    "price": "decimal(14, 2)",
    "cost": "decimal(14, 2)",
    "launched_on": "date",
    "stock": "int64",
    "care": "string",
}
ORDERS = {"order_id": "string", "customer_id": "string", "ordered_at": "date", "status": "string"}
LINES = {"order_id": "string", "line": "int64", "product_id": "string", "quantity": "int64"}


def products(*rows: tuple[object, ...]) -> ibis.Table:
    """Through Arrow: pandas knows no decimal that is unknown."""
    named = [dict(zip(PRODUCTS, row, strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(named, schema=ibis.schema(PRODUCTS).to_pyarrow()))


def test_the_engine_counts_what_was_bought_and_kept_until_the_day() -> None:
    orders = [
        ("O-1", "C-1", date(2026, 9, 1), "delivered"),
        ("O-2", "C-1", date(2026, 9, 20), None),
        ("O-3", "C-2", date(2026, 9, 25), "returned"),
        ("O-4", "C-2", date(2026, 10, 1), "paid"),
    ]
    tables = {
        "products": products(
            ("P-2", "Quilt", None, "quilts", Decimal("359.00"), None, None, None, None),
            ("P-1", "Sheet", "床单", "linen", Decimal("129.00"), Decimal("76.00"), TODAY, 64, "care/linen"),
        ),
        "orders": ibis.memtable(orders, schema=ORDERS),
        "order_lines": ibis.memtable(
            [("O-1", 1, "P-1", 2), ("O-2", 1, "P-1", 1), ("O-3", 1, "P-1", 5), ("O-4", 1, "P-2", 1)], schema=LINES
        ),
    }
    engine = ibis.duckdb.connect()
    rows = engine.to_pyarrow(product_rows(tables, TODAY)).to_pylist()
    sheet = Product("P-1", "Sheet", Decimal("129.00"), "床单", "linen", Decimal("76.00"), TODAY, 64, "care/linen")
    quilt = Product("P-2", "Quilt", Decimal("359.00"), group="quilts")
    sold = replace(sheet, sold=3, last_sold=date(2026, 9, 20))
    assert [product(row) for row in rows] == [sold, quilt]
    plain = engine.to_pyarrow(product_rows(tables, TODAY, sales=False)).to_pylist()
    assert [product(row) for row in plain] == [sheet, quilt]


def test_a_shop_without_orders_has_products_all_the_same() -> None:
    tables = {"products": products(("P-1", "Sheet", None, None, Decimal("129.00"), None, None, None, None))}
    found = ibis.duckdb.connect().to_pyarrow(product_rows(tables, TODAY)).to_pylist()
    assert [product(row) for row in found] == [Product("P-1", "Sheet", Decimal("129.00"))]
