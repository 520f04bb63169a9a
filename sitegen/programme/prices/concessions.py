"""Say what members' and newcomers' prices concede, for the stacking guard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitegen.model.concession import Concession, ConcessionKind, Goods, Who
from sitegen.model.prices import Newcomer, Prices
from sitegen.model.product import Product
from sitegen.model.programme import Tier
from sitegen.programme.prices.stock import unsold_products


def concessions(
    tiers: Iterable[Tier], prices: Prices, newcomers: Iterable[Newcomer], products: Iterable[Product], on: date
) -> tuple[Concession, ...]:
    """The tiers' discounts, those of newcomers, and that of the products which are unsold on a day."""
    granted = [
        Concession(
            ConcessionKind.TIER_PRICE,
            tier.name,
            percent=tier.discount,
            who=Who((tier.name,)),
            without=prices.without,
            place=tier.place,
        )
        for tier in tiers
        if tier.discount
    ]
    for one in newcomers:
        kind = ConcessionKind.NEWCOMER_PRICE
        granted.append(
            Concession(kind, one.name, percent=one.discount, goods=one.goods, days=one.days, place=one.place)
        )
    rule = prices.unsold
    waiting = tuple(product.id for product in unsold_products(products, rule, on)) if rule else ()
    if rule and rule.discount and waiting:
        kind = ConcessionKind.UNSOLD_PRICE
        goods = Goods(products=waiting)
        granted.append(Concession(kind, "unsold", percent=rule.discount, who=rule.who, goods=goods, place=rule.place))
    return tuple(granted)
