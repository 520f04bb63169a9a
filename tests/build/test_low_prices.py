"""The margin floor, from content and customer file to what a build refuses and a check tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sitegen.audience.calendar.occasions import Occasions
from sitegen.build.checking.prices import MOST_TOLD, low_prices, price_findings, refuse_low_prices
from sitegen.build.products import products_on
from sitegen.content.project import read_project
from sitegen.data.engine import Engine, open_customers
from sitegen.errors import Mistakes
from sitegen.model.concession import ConcessionKind, Goods, Who
from sitegen.model.coupons import CouponGives, CouponRule
from sitegen.model.prices import Prices, Unsold
from sitegen.model.programme import Programme, Tier
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource
from sitegen.model.stacking import Stacking, Together
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.programme.prices.members import price_list
from sitegen.programme.stacking.collected import collected
from tests.audience.little_shop import TODAY
from tests.plain_shop import SHOP

ROOT = Path(__file__).parents[2]
HERE = Place("content/programme/prices.yaml", 9, 10)
GOLD = Tier("Gold", Decimal(0), Decimal(5), "", Place("content/programme/tiers.yaml", 2, 5))
TEN = CouponRule("ten", "first-order", CouponGives(amount=Decimal(10)), "", 30, place=Place("coupons.yaml", 3, 5))
PRODUCTS = """\
product_id,name,group,price,cost,launched_on,stock
P-1,Sheet,linen,100.00,70.00,2021-03-01,4
P-2,Plaid,throws,80.00,,2021-03-01,9
"""
FLOOR = Stacking(floor=Decimal(20), together=(Together("tier-price", "coupon"),), place=HERE)


@contextmanager
def opened(folder: Path, programme: Programme, products: str = PRODUCTS) -> Iterator[tuple[Engine, Project]]:
    tables = {
        "customers": "customer_id\nC-1\n",
        "products": products,
        "orders": "order_id,customer_id,ordered_at,amount\nO-1,C-1,2026-09-01,100.00\n",
        "order_lines": "order_id,line,product_id,quantity,price\nO-1,1,P-2,3,80.00\n",
    }
    (folder / "customers").mkdir()
    for name, text in tables.items():
        (folder / "customers" / f"{name}.csv").write_text(text, encoding="utf-8")
    shop = replace(SHOP, source=FolderSource("customers"))
    project = Project(shop, (), (), (), (), programme, Theme("", "", {}, {}, {}, ()), {})
    with open_customers(folder, shop) as engine:
        yield engine, project


def test_a_combination_below_the_floor_is_refused_with_its_product(tmp_path: Path) -> None:
    programme = Programme((GOLD,), coupons=(TEN,), stacking=FLOOR)
    with opened(tmp_path, programme) as (engine, project), pytest.raises(Mistakes) as stopped:
        refuse_low_prices(engine, project, TODAY)
    assert str(stopped.value) == (
        "coupons.yaml:3:5: every member gets 'Sheet' (P-1) for 85.00 by tier-price 'Gold' and coupon 'ten': it costs"
        " 70.00, a margin of 17.6 per cent, and the floor is 20\n"
        "hint: take less off, or let them not meet; 'without' of 'stacking' names goods that may be sold below the"
        " floor"
    )


@pytest.mark.parametrize(
    "programme",
    [
        Programme((GOLD,), coupons=(TEN,)),
        Programme((GOLD,), coupons=(TEN,), stacking=replace(FLOOR, together=())),
        Programme((GOLD,), coupons=(TEN,), stacking=replace(FLOOR, floor=Decimal("17.6"))),
        Programme((GOLD,), coupons=(TEN,), stacking=replace(FLOOR, without=(Goods(groups=("linen",)),))),
        Programme((GOLD,), coupons=(TEN,), stacking=FLOOR, prices=Prices(without=(Goods(products=("P-1",)),))),
        Programme(stacking=FLOOR),
    ],
)
def test_what_keeps_the_floor_is_not_refused(tmp_path: Path, programme: Programme) -> None:
    with opened(tmp_path, programme) as (engine, project):
        refuse_low_prices(engine, project, TODAY)


def test_what_is_unsold_is_known_from_the_orders(tmp_path: Path) -> None:
    unsold = Unsold(30, 60, Decimal(15), Who(("Gold",)), place=HERE)
    costly = PRODUCTS.replace("80.00,,", "80.00,79.00,")
    programme = Programme((GOLD,), stacking=replace(FLOOR, without=(Goods(products=("P-2",)),)))
    programme = replace(programme, prices=Prices(unsold=unsold))
    with opened(tmp_path, programme, costly) as (engine, project):
        (told,) = low_prices(engine, project, TODAY)
        products = products_on(engine, TODAY)
    assert "for 85.00 by unsold-price 'unsold'" in told.message
    assert [(one.id, one.sold, one.last_sold) for one in products] == [("P-1", 0, None), ("P-2", 3, date(2026, 9, 1))]
    assert [(line.product.id, line.unsold) for line in price_list(products, GOLD, programme.prices, TODAY)] == [
        ("P-1", True),
        ("P-2", False),
    ]


def test_no_more_combinations_are_told_than_anybody_reads(tmp_path: Path) -> None:
    many = "product_id,name,price,cost\n" + "".join(f"P-{number},Thing,10.00,9.90\n" for number in range(30))
    with opened(tmp_path, Programme((GOLD,), stacking=FLOOR), many) as (engine, project):
        told = low_prices(engine, project, TODAY)
    assert len(told) == MOST_TOLD + 1
    assert told[-1].message == "10 more combinations leave less than 20 per cent"


def test_strange_goods_and_products_without_a_cost_are_told(tmp_path: Path) -> None:
    kept = Prices(without=(Goods(("linnen",), ("P-9", "P-1"), HERE),))
    with opened(tmp_path, Programme((GOLD,), stacking=FLOOR, prices=kept)) as (engine, project):
        told = [(one.code, one.message, one.hint) for one in price_findings(engine, project, TODAY)]
    gone = "correct it, or remove it once it is gone for good"
    assert told == [
        ("unknown-priced-goods", "no group of the customer file is called 'linnen'", "did you mean 'linen'?"),
        ("unknown-priced-goods", "no product of the customer file is called 'P-9'", gone),
        (
            "product-without-cost",
            "nobody can tell the margin of a product without a cost: 'P-2'",
            "fill their cost in; till then the floor does not hold for them",
        ),
    ]


def test_the_sample_shop_shows_every_kind_of_price_and_keeps_its_floor() -> None:
    project = read_project(ROOT)
    on = date(2026, 9, 20)
    with open_customers(ROOT, project.shop) as engine:
        assert low_prices(engine, project, on) == ()
        assert [*price_findings(engine, project, on)] == []
        products = products_on(engine, on)
    programme = project.programme
    granted = collected(programme, Occasions(programme.occasions, project.shop.holiday_countries), products, on)
    assert {one.kind for one in granted} >= {
        ConcessionKind.TIER_PRICE,
        ConcessionKind.NEWCOMER_PRICE,
        ConcessionKind.BIRTHDAY,
        ConcessionKind.LADDER,
        ConcessionKind.COUPON,
    }
    silver, gold = (next(tier for tier in programme.tiers if tier.name == name) for name in ("Silver", "Gold"))
    prices = {
        tier.name: {line.product.name: line for line in price_list(products, tier, programme.prices, on)}
        for tier in (silver, gold)
    }
    # What content/campaigns/2026/members-prices.md and content/pages/gold/offers.md show of it.
    assert {name: str(prices["Silver"][name].price) for name in SILVER} == SILVER
    assert {name: str(prices["Gold"][name].price) for name in FOR_GOLD} == FOR_GOLD
    assert {*prices["Gold"]} - {*prices["Silver"]} == {
        "Autumn Moon quilt",
        "Southern agate beads, 108",
        "Agarwood bracelet",
        "Cashmere travel throw",
    }
    assert [line.product.name for line in prices["Gold"].values() if line.unsold] == ["Velvet bolster, moss green"]
    assert str(prices["Gold"]["Lantern gift box"].price) == "18.00"


SILVER = {
    "Washed linen duvet cover": "185.22",
    "First Snow lambswool throw": "116.62",
    "Mulberry silk quilt, winter": "440.02",
    "Velvet bolster, moss green": "63.70",
    "Long Table cloth": "146.02",
}
FOR_GOLD = {
    "Autumn Moon quilt": "341.05",
    "Southern agate beads, 108": "646.00",
    "Agarwood bracelet": "1216.00",
    "Mulberry silk quilt, winter": "426.55",
    "Cashmere travel throw": "236.55",
    "Hundred Families quilt": "369.55",
    "Washed linen duvet cover": "179.55",
    "Velvet bolster, moss green": "61.75",
}
