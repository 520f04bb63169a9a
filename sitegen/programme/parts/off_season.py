"""Show the offers of quiet months: those that are open, and when the others open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.model.concession import Goods
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, names_goods
from sitegen.model.programme import Programme
from sitegen.programme.parts.goods_words import goods_words
from sitegen.programme.parts.readers import by_readers, rules_of
from sitegen.programme.relationship.off_season import Season, season_on


@dataclass(frozen=True, slots=True)
class SeasonView:
    """An offer: ordered from `first` to `last`, delivered on `delivered_on`; `open` on the day of the page.

    `deposit` is the per cent that is paid with the order; `goods`: none: all.
    """

    name: str
    open: bool
    first: date
    last: date
    delivered_on: date
    discount: Decimal
    deposit: Decimal
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeasonsView:
    """The offers of one cell, those first that open first; the open ones lead, those that close first."""

    seasons: tuple[SeasonView, ...]


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rules of those for whom an offer is."""
    return rules_of(terms.programme.off_season)


def part(on: On, _arguments: Arguments) -> Part:
    """Each offer in its season of now, else in its next one."""
    cells = []
    for rule, some in by_readers(on.programme.off_season):
        seasons = sorted((season_on(one, on.today) for one in some), key=lambda season: _rank(season, on.today))
        cells.append(Cell(some[0].name, rule, SeasonsView(tuple(_view(on, season) for season in seasons))))
    return Part(cells=tuple(cells))


def _rank(season: Season, today: date) -> tuple[date, date, str]:
    return max(season.first, today), season.last, season.offer.name


def _view(on: On, season: Season) -> SeasonView:
    offer = season.offer
    return SeasonView(
        name=on.said(offer.name),
        open=season.first <= on.today,
        first=season.first,
        last=season.last,
        delivered_on=season.delivered_on,
        discount=offer.discount,
        deposit=offer.deposit,
        goods=goods_words(offer.goods, on),
    )


def goods(programme: Programme) -> Iterable[Goods]:
    """The goods that the part names."""
    return (one.goods for one in programme.off_season)


MAKER = Maker("off_season", ("title",), names_goods(goods), rules, part)
