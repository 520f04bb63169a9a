"""Part the readers of a price list, so that each sees each product once, at their own price.

A member reads the list of their tier. Whoever is in a segment for which something is kept reads that besides; and
where unsold goods are shown to a segment only, its members read another list than the rest of the tier.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sitegen.model.concession import ANYTHING, Days, Goods
from sitegen.model.prices import Exclusive, Prices
from sitegen.model.product import Product
from sitegen.model.programme import Programme, Tier
from sitegen.model.segment import EVERYONE


@dataclass(frozen=True, slots=True)
class Readers:
    """Members of a tier (None: of none yet) who are in one of `doors`; in whatever segment where that is empty.

    `doors` are the segments by one of which they may buy what the rest of the tier may not. `told`: whether they are
    in the segment to which unsold goods are shown; None where it doesn't matter.
    """

    tier: Tier | None
    doors: tuple[str, ...] = ()
    told: bool | None = None


def tiers_of(programme: Programme) -> tuple[Tier | None, ...]:
    """The tiers that have a price list, None for members who have reached none yet, where there may be any."""
    tiers = programme.tiers
    return tiers if tiers and tiers[0].threshold <= 0 else (None, *tiers)


def all_readers(programme: Programme, tiers: Iterable[Tier | None], chosen: Goods = ANYTHING) -> tuple[Readers, ...]:
    """The readers of these tiers who may ever see another list of the `chosen` goods than others do."""
    found: dict[Readers, None] = {}
    for tier in tiers:
        for doors in _doors(programme.prices, tier, chosen):
            found.update(dict.fromkeys(_readers(programme.prices, tier, doors)))
    return tuple(found)


def readers_of(product: Product, programme: Programme, tier: Tier | None, on: date) -> tuple[Readers, ...]:
    """Those of a tier who see a product on a day: several where it may look different to some of them."""
    holding = [
        one for one in programme.prices.exclusive if one.days.contains(on) and one.goods.hold(product.id, product.group)
    ]
    doors = {one.who.audience for one in holding if _fits(one, tier)}
    if holding and not doors:
        return ()
    return _readers(programme.prices, tier, () if not holding or EVERYONE in doors else tuple(sorted(doors)))


def rule_for(programme: Programme, readers: Readers) -> str:
    """The rule that selects them, as YAML; "" where all who read the page are meant."""
    conditions = []
    if programme.tiers:
        name = json.dumps(f"is {readers.tier.name}", ensure_ascii=False) if readers.tier else "is empty"
        conditions.append(f"- tier: {name}")
    if len(readers.doors) > 1:
        conditions += ["- any:", *(f"    - segment: is {door}" for door in readers.doors)]
    else:
        conditions += [f"- segment: is {door}" for door in readers.doors]
    if readers.told is not None:
        conditions.append(f"- segment: is {'' if readers.told else 'not '}{_to_whom_unsold(programme.prices)}")
    return "\n".join(("all:", *(f"  {one}" for one in conditions), "")) if conditions else ""


def segments_of(programme: Programme, readers: Readers) -> tuple[str, ...]:
    """The segments in which they are, as far as a price list asks for them."""
    told = (_to_whom_unsold(programme.prices),) if readers.told else ()
    return (EVERYONE, *readers.doors, *told)


def _readers(prices: Prices, tier: Tier | None, doors: tuple[str, ...]) -> tuple[Readers, ...]:
    rule = prices.unsold
    matters = rule and rule.who.audience != EVERYONE and (not rule.who.tiers or (tier and tier.name in rule.who.tiers))
    if not matters:
        return (Readers(tier, doors),)
    told = _to_whom_unsold(prices)
    # Whoever is told of unsold goods needs no other door where that segment is one.
    inside = Readers(tier, () if told in doors else doors, told=True)
    others = tuple(door for door in doors if door != told)
    return (inside,) if doors and not others else (inside, Readers(tier, others, told=False))


def _doors(prices: Prices, tier: Tier | None, chosen: Goods) -> Iterator[tuple[str, ...]]:
    """The sets of segments by one of which alone some of the chosen goods may be bought, on whatever day."""
    yield ()
    meant = [one for one in prices.exclusive if _fits(one, tier) and _may_share(one.goods, chosen)]
    to_all = [one for one in meant if one.who.audience == EVERYONE]
    kept = [one for one in meant if one.who.audience != EVERYONE and not any(_within(one, other) for other in to_all)]
    # Sets of lines that may keep the same product on the same day.
    sets: list[tuple[Exclusive, ...]] = [()]
    for line in kept:
        sets += [(*some, line) for some in sets if all(_may_meet(line, other) for other in some)]
    yield from dict.fromkeys(tuple(sorted({line.who.audience for line in some})) for some in sets if some)


def _fits(line: Exclusive, tier: Tier | None) -> bool:
    return not line.who.tiers or (tier is not None and tier.name in line.who.tiers)


def _within(line: Exclusive, other: Exclusive) -> bool:
    """Whether another line keeps all that a line keeps, whenever it does."""
    goods = {*line.goods.products} <= {*other.goods.products} and {*line.goods.groups} <= {*other.goods.groups}
    return goods and line.days.meet(other.days) == line.days


def _may_meet(one: Exclusive, other: Exclusive) -> bool:
    both: Days | None = one.days.meet(other.days)
    return both is not None and _may_share(one.goods, other.goods)


def _may_share(one: Goods, other: Goods) -> bool:
    """Whether a product may be among both: which products are in a group, only the customer file knows."""
    if ANYTHING in (one, other) or (one.groups and other.products) or (one.products and other.groups):
        return True
    return bool({*one.groups} & {*other.groups} or {*one.products} & {*other.products})


def _to_whom_unsold(prices: Prices) -> str:
    return prices.unsold.who.audience if prices.unsold else EVERYONE
