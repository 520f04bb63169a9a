"""Find the combinations of concessions by which a product is sold below the margin floor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.concession import Concession, ConcessionKind
from sitegen.model.prices import Rounding
from sitegen.model.product import Product
from sitegen.model.stacking import Stacking
from sitegen.programme.stacking.combinations import combinations
from sitegen.programme.stacking.paid import holds, in_order, margin, paid


@dataclass(frozen=True, slots=True)
class Offence:
    """A product that members of `tiers` ("" for who is in none) may buy below the floor.

    `concessions` are taken off in this order and leave `price`, of which `margin` per cent are left after `cost`; None
    where nothing is paid. None at all: the list price itself is too low.
    """

    product: Product
    tiers: tuple[str, ...]
    concessions: tuple[Concession, ...]
    price: Decimal
    cost: Decimal
    margin: Decimal | None


def offences(
    products: Iterable[Product],
    tiers: Iterable[str],
    concessions: Iterable[Concession],
    stacking: Stacking,
    rounding: Rounding,
) -> tuple[Offence, ...]:
    """The smallest combinations below the floor, over all tiers and products; what only adds to one isn't told again.

    Products without a cost are not looked at. "Sellers do not want to sell to familiar customers": concession upon
    concession ends there.
    """
    floor = stacking.floor
    if floor is None:
        return ()
    granted = tuple(concessions)
    found: dict[tuple[str, tuple[Concession, ...]], tuple[Product, Decimal, list[str]]] = {}
    for product in products:
        if product.cost is None or any(goods.hold(product.id, product.group) for goods in stacking.without):
            continue
        for tier in ("", *tiers):
            own = tuple(one for one in granted if _is_for(one, tier) and one.covers(product.id, product.group))
            # No combination brings in less than all of them together, so most products need no further look.
            if holds(paid(product.price, own, rounding), product.cost, floor):
                continue
            for some, price in _too_low(product, product.cost, own, (stacking, floor, rounding)):
                found.setdefault((product.id, some), (product, price, []))[2].append(tier)
    return tuple(_offence(some, *rest) for (_, some), rest in found.items())


def _offence(some: tuple[Concession, ...], product: Product, price: Decimal, tiers: list[str]) -> Offence:
    cost = product.cost or Decimal(0)
    return Offence(product, tuple(tiers), some, price, cost, margin(price, cost))


def _too_low(
    product: Product, cost: Decimal, own: tuple[Concession, ...], by: tuple[Stacking, Decimal, Rounding]
) -> Iterator[tuple[tuple[Concession, ...], Decimal]]:
    stacking, floor, rounding = by
    told: list[frozenset[Concession]] = []
    for some in combinations(own, stacking):
        chosen = frozenset(some)
        if any(smaller <= chosen for smaller in told):
            continue
        price = paid(product.price, some, rounding)
        if not holds(price, cost, floor):
            told.append(chosen)
            yield in_order(some), price


def _is_for(one: Concession, tier: str) -> bool:
    """Whether a customer of the tier may have it. Whoever may be in any segment may have what is for a segment."""
    if one.kind is ConcessionKind.TIER_PRICE:
        return tier in one.who.tiers
    return not one.who.tiers or tier in one.who.tiers
