"""Show the benefits that are open today, each to those to whom it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.benefit import Benefit
from sitegen.model.campaign import EveryYear
from sitegen.model.concession import ANYBODY, Goods
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, names_goods, target
from sitegen.model.programme import Programme
from sitegen.programme.benefits.opening import OpenBenefit, days_around, open_benefits
from sitegen.programme.benefits.rules import open_to
from sitegen.programme.parts.goods_words import goods_words


@dataclass(frozen=True, slots=True)
class BenefitView:
    """An open benefit in the reader's language. `until` is its last day, None where it has none or is the reader's own.

    `discount` is per cent off; `on_top`: of the price that the reader has anyway. So many `pieces` (0: any number) of
    `goods` (names; none: of anything) must be bought for it in one order. `page` is a target for `link`, "" for none,
    and `page_title` its title, "" where not everybody may read it.
    """

    title: str
    discount: Decimal
    on_top: bool
    gift: str
    service: str
    page: str
    page_title: str
    until: date | None
    pieces: int
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenefitsView:
    """The benefits of one cell, those first that close first."""

    benefits: tuple[BenefitView, ...]


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rules of all benefits."""
    return tuple(dict.fromkeys(_rule(benefit) for benefit in terms.programme.benefits))


def part(on: On, _arguments: Arguments) -> Part:
    """The benefits that are open, those of a day of the reader's own first, then those that close first.

    Those for the same readers stand together.
    """
    benefits = on.programme.benefits
    occasions = Occasions(on.programme.occasions, on.shop.holiday_countries)
    around: dict[str, tuple[date, ...]] = dict(days_around(benefits, occasions, on.today))
    # Whose own day it is, the rule of the cell knows.
    own = {benefit.when.fact: (on.today,) for benefit in benefits if isinstance(benefit.when, EveryYear)}
    cells: dict[str, list[OpenBenefit]] = {}
    # A day of the reader's own closes on another one for each; among the others it would change their order each day.
    found = sorted(open_benefits(benefits, {**around, **own}, on.today), key=_is_for_all)
    for one in found:
        cells.setdefault(_rule(one.benefit), []).append(one)
    return Part(cells=tuple(_cell(on, rule, some) for rule, some in cells.items()))


def _is_for_all(one: OpenBenefit) -> bool:
    return not isinstance(one.benefit.when, EveryYear)


def _rule(benefit: Benefit) -> str:
    for_all = benefit.who == ANYBODY and not isinstance(benefit.when, EveryYear)
    return "" if for_all else open_to(benefit)


def _cell(on: On, rule: str, some: list[OpenBenefit]) -> Cell:
    return Cell(some[0].benefit.name, rule, BenefitsView(tuple(_view(on, one) for one in some)))


def _view(on: On, one: OpenBenefit) -> BenefitView:
    benefit = one.benefit
    gives = benefit.gives
    return BenefitView(
        title=on.said(benefit.title),
        discount=gives.discount,
        on_top=benefit.name in {top.name for top in on.programme.stacking.on_top},
        gift=on.said(gives.gift) if gives.gift else "",
        service=on.said(gives.service) if gives.service else "",
        page=target(gives.page.id) if gives.page else "",
        page_title=on.said(on.pages.get(gives.page.id, "")) if gives.page else "",
        until=None if isinstance(benefit.when, EveryYear) else one.days.last,
        pieces=benefit.pieces,
        goods=goods_words(benefit.goods, on),
    )


def goods(programme: Programme) -> Iterable[Goods]:
    """The goods that the part names."""
    return (one.goods for one in programme.benefits)


MAKER = Maker("benefits", ("title",), names_goods(goods), rules, part)
