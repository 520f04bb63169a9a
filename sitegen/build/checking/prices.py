"""Look at prices: what would be sold below the margin floor, and goods of which the customer file knows nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.products import products_on
from sitegen.data.engine import Engine
from sitegen.errors import Mistakes, Problem
from sitegen.model.concession import ConcessionKind, Goods
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.programme.stacking.collected import collected
from sitegen.programme.stacking.offences import Offence, offences

MOST_TOLD = 20
"""Combinations that are named one by one; whoever reads of twenty mends the rule, not each of them."""


def refuse_low_prices(engine: Engine, project: Project, today: date) -> None:
    """Raise Mistakes where any combination of concessions would sell a product below the margin floor."""
    problems = low_prices(engine, project, today)
    if problems:
        raise Mistakes(problems)


def low_prices(engine: Engine, project: Project, today: date) -> tuple[Problem, ...]:
    """The combinations below the floor, as mistakes."""
    programme = project.programme
    if programme.stacking.floor is None:
        return ()
    discounted = programme.prices.unsold is not None and programme.prices.unsold.discount > 0
    products = products_on(engine, today, sales=discounted)
    granted = collected(programme, _occasions(project), products, today)
    tiers = [tier.name for tier in programme.tiers]
    found = offences(products, tiers, granted, programme.stacking, programme.prices.rounding)
    told = [_told(offence, programme) for offence in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        message = f"{len(found) - MOST_TOLD} more combinations leave less than {programme.stacking.floor:f} per cent"
        told.append(programme.stacking.place.problem("below-floor", message, "mend the first ones, and look again"))
    return tuple(told)


def price_findings(engine: Engine, project: Project, today: date) -> Iterator[Problem]:
    """Goods that prices name and nobody has, and products of which the floor can't be looked at."""
    programme = project.programme
    named = [*_named(programme)]
    if programme.stacking.floor is None and not named:
        return
    products = products_on(engine, today, sales=False)
    groups = {product.group for product in products if product.group}
    for goods in named if products else ():
        yield from _strange(goods, groups, {product.id for product in products})
    costless = [product for product in products if product.cost is None]
    if programme.stacking.floor is not None and costless:
        names = ", ".join(f"'{product.id}'" for product in costless[:5]) + (", ..." if len(costless) > 5 else "")
        several = f"{len(costless)} products" if len(costless) > 1 else "a product"
        message = f"nobody can tell the margin of {several} without a cost: {names}"
        hint = "fill their cost in; till then the floor does not hold for them"
        yield programme.stacking.place.problem("product-without-cost", message, hint)


def _occasions(project: Project) -> Occasions:
    return Occasions(project.programme.occasions, project.shop.holiday_countries)


def _named(programme: Programme) -> Iterator[Goods]:
    yield from programme.prices.without
    yield from (one.goods for one in programme.prices.exclusive)
    yield from (one.goods for one in programme.newcomers)
    yield from programme.stacking.without
    yield from (one.goods for one in programme.benefits)
    for some in (programme.contracts, programme.ladder, programme.off_season, programme.coupons, programme.attachments):
        yield from (one.goods for one in some)
    yield from (Goods(products=(one.gift,), place=one.place) for one in programme.coupons if one.gift)
    if programme.price_protection:
        yield programme.price_protection.goods


def _strange(goods: Goods, groups: Collection[str], products: Collection[str]) -> Iterator[Problem]:
    for what, names, known in (("group", goods.groups, groups), ("product", goods.products, products)):
        for name in names:
            if name not in known:
                message = f"no {what} of the customer file is called '{name}'"
                hint = did_you_mean(name, sorted(known)) if what == "group" else ""
                hint = hint or "correct it, or remove it once it is gone for good"
                yield goods.place.problem("unknown-priced-goods", message, hint)


def _told(offence: Offence, programme: Programme) -> Problem:
    product = offence.product
    by = " and ".join(f"{one.kind} '{one.name}'" for one in offence.concessions)
    newcomers = any(one.kind is ConcessionKind.NEWCOMER_PRICE for one in offence.concessions)
    whose = "newcomers get" if newcomers else _whose(offence.tiers, len(programme.tiers))
    left = "nothing is left" if offence.margin is None else f"a margin of {offence.margin} per cent"
    floor = programme.stacking.floor or 0
    message = (
        f"{whose} '{product.name}' ({product.id}) for {offence.price} {f'by {by}' if by else 'at its list price'}:"
        f" it costs {offence.cost}, {left}, and the floor is {floor:f}"
    )
    mend = ("raise the price", "take less off", "take less off, or let them not meet")[min(len(offence.concessions), 2)]
    hint = f"{mend}; 'without' of 'stacking' names goods that may be sold below the floor"
    place = offence.concessions[-1].place if offence.concessions else programme.stacking.place
    return place.problem("below-floor", message, hint)


def _whose(tiers: tuple[str, ...], count: int) -> str:
    named = [f"'{tier}'" for tier in tiers if tier]
    if len(named) == count:
        return "anybody gets" if "" in tiers or not named else "every member gets"
    return f"members of {' and '.join(named)} get" if named else "whoever is in no tier gets"
