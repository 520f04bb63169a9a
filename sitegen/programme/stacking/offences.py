"""Find the combinations of concessions by which a product is sold below the margin floor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import prod

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
    concessions: Collection[Concession],
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
    by_tier = {tier: tuple(one for one in concessions if _is_for(one, tier)) for tier in ("", *tiers)}
    found: dict[tuple[str, tuple[Concession, ...]], tuple[Product, Decimal, list[str]]] = {}
    named = {name for one in concessions for goods in (one.goods, *one.without) for name in goods.products}
    guards: dict[tuple[str, str | None, str], _Guard] = {}
    for product in products:
        if product.cost is None or any(goods.hold(product.id, product.group) for goods in stacking.without):
            continue
        for tier, granted in by_tier.items():
            # Products that nobody names have what their group has.
            key = tier, product.group, product.id if product.id in named else ""
            if key not in guards:
                own = tuple(one for one in granted if one.covers(product.id, product.group))
                guards[key] = _Guard(own, stacking, floor, rounding)
            for some, price in guards[key].too_low(product.price, product.cost):
                found.setdefault((product.id, some), (product, price, []))[2].append(tier)
    return tuple(_offence(some, *rest) for (_, some), rest in found.items())


def _offence(some: tuple[Concession, ...], product: Product, price: Decimal, tiers: list[str]) -> Offence:
    cost = product.cost or Decimal(0)
    return Offence(product, tuple(tiers), some, price, cost, margin(price, cost))


class _Guard:
    """What may be granted on products that have the same concessions, reckoned once for all of them."""

    def __init__(self, own: tuple[Concession, ...], stacking: Stacking, floor: Decimal, rounding: Rounding) -> None:
        self.own, self.stacking, self.floor, self.rounding = own, stacking, floor, rounding
        self.factor = prod((1 - one.percent / 100 for one in own), start=Decimal(1))
        # Each rounding takes one step at most.
        self.off = sum((one.amount + rounding.step for one in own), Decimal(0))

    def too_low(self, price: Decimal, cost: Decimal) -> Iterator[tuple[tuple[Concession, ...], Decimal]]:
        """The smallest combinations below the floor, in the order in which they are taken off, with what is paid."""
        # No combination brings in less than all of them together, so most products need no further look.
        if holds(price * self.factor - self.off, cost, self.floor):
            return
        told: list[frozenset[Concession]] = []
        for some in combinations(self.own, self.stacking):
            chosen = frozenset(some)
            if any(smaller <= chosen for smaller in told):
                continue
            left = paid(price, some, self.rounding)
            if not holds(left, cost, self.floor):
                told.append(chosen)
                yield in_order(some), left


def _is_for(one: Concession, tier: str) -> bool:
    """Whether a customer of the tier may have it. Whoever may be in any segment may have what is for a segment."""
    if one.kind is ConcessionKind.TIER_PRICE:
        return tier in one.who.tiers
    return not one.who.tiers or tier in one.who.tiers
