"""Make the price list of a tier."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.model.concession import Who
from sitegen.model.prices import Exclusive, Prices, StockWord
from sitegen.model.product import Product
from sitegen.model.programme import Tier
from sitegen.model.segment import EVERYONE
from sitegen.programme.money import less
from sitegen.programme.prices.stock import is_unsold, stock_word


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A product as a member sees it: `price` is theirs, `percent` how much that is below the list price.

    `exclusive`: nobody else may buy it; `unsold`: it waits for its first friend, or for a new one. The word for the
    stock is None where nobody counts it.
    """

    product: Product
    price: Decimal
    percent: Decimal
    stock: StockWord | None
    exclusive: bool = False
    unsold: bool = False


@dataclass(frozen=True, slots=True)
class PriceGroup:
    """The lines of one group of goods; `name` is "" for goods without one."""

    name: str
    lines: tuple[PriceLine, ...]


def price_list(
    products: Iterable[Product], tier: Tier | None, prices: Prices, on: date, segments: Collection[str] = (EVERYONE,)
) -> tuple[PriceLine, ...]:
    """What members of a tier pay on a day, by group and name; what is exclusive to others is left out.

    None is for who has reached no tier yet. `segments` are those in which all readers of the list are. A line has one
    discount, the better one of the tier's and of what is said for unsold goods: "setting tiered discount prices for old
    customers".
    """
    lines = (
        _line(product, tier, prices, on, segments)
        for product in products
        if may_buy(product, prices.exclusive, on, tier.name if tier else "", segments)
    )
    return tuple(sorted(lines, key=lambda line: _rank(line.product)))


def newly(lines: Iterable[PriceLine], on: date, days: int) -> tuple[PriceLine, ...]:
    """The lines of products that were launched in the last `days` days, the newest first."""
    launched = [line for line in lines if line.product.launched_on and 0 <= (on - line.product.launched_on).days < days]
    return tuple(sorted(launched, key=lambda line: (-_ordinal(line.product), _rank(line.product))))


def by_group(lines: Iterable[PriceLine]) -> tuple[PriceGroup, ...]:
    """The lines in groups, in the order in which the groups first occur."""
    groups: dict[str, list[PriceLine]] = {}
    for line in lines:
        groups.setdefault(line.product.group or "", []).append(line)
    return tuple(PriceGroup(name, tuple(some)) for name, some in groups.items())


def exclusive_to(product: Product, exclusive: Iterable[Exclusive], on: date) -> tuple[Who, ...]:
    """Those for whom a product is kept on a day; nobody in particular where it is for all."""
    return tuple(one.who for one in exclusive if one.days.contains(on) and one.goods.hold(product.id, product.group))


def may_buy(
    product: Product, exclusive: Iterable[Exclusive], on: date, tier: str, segments: Collection[str] = (EVERYONE,)
) -> bool:
    """Whether a member of a tier, in these segments, may see and buy a product on a day."""
    kept_for = exclusive_to(product, exclusive, on)
    return not kept_for or any(_meets(who, tier, segments) for who in kept_for)


def tier_percent(product: Product, tier: Tier | None, prices: Prices) -> Decimal:
    """The per cent that a tier takes off a product."""
    kept_out = any(goods.hold(product.id, product.group) for goods in prices.without)
    return Decimal(0) if kept_out or tier is None else tier.discount


def _line(product: Product, tier: Tier | None, prices: Prices, on: date, segments: Collection[str]) -> PriceLine:
    name = tier.name if tier else ""
    rule = prices.unsold if prices.unsold and _meets(prices.unsold.who, name, segments) else None
    unsold = rule is not None and is_unsold(product, rule, on)
    percent = max(tier_percent(product, tier, prices), rule.discount if rule and unsold else Decimal(0))
    return PriceLine(
        product=product,
        price=less(product.price, percent, prices.rounding),
        percent=percent,
        stock=stock_word(product.stock, prices.stock),
        exclusive=bool(exclusive_to(product, prices.exclusive, on)),
        unsold=unsold,
    )


def _meets(who: Who, tier: str, segments: Collection[str]) -> bool:
    return (not who.tiers or tier in who.tiers) and (who.audience == EVERYONE or who.audience in segments)


def _rank(product: Product) -> tuple[str, str, str]:
    return product.group or "", product.name, product.id


def _ordinal(product: Product) -> int:
    return product.launched_on.toordinal() if product.launched_on else 0
