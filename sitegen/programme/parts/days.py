"""Foretell the days on which a part of the programme may show something else, although nobody changed a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import shift_days
from sitegen.model.campaign import EveryYear
from sitegen.model.concession import Days
from sitegen.model.part import Arguments, On
from sitegen.programme.benefits.opening import open_days
from sitegen.programme.relationship.off_season import season_of

_Days: TypeAlias = Callable[[On, Arguments, date], Iterable[date]]


def programme_days(on: On, name: str, arguments: Arguments, last: date) -> tuple[date, ...]:
    """The days from the day of `on` to `last` on which a part may show something else than the day before, in order.

    Goods are as they were read; what they don't hold changes nothing. Each reader's own days are not among them:
    the rules of the cells know these.
    """
    # Any part that names goods may leave out what is kept for few.
    kept = _edges(one.days for one in on.programme.prices.exclusive)
    found = {*kept, *_DAYS.get(name, _never)(on, arguments, last)}
    return tuple(sorted(day for day in found if on.today <= day <= last))


def _never(_on: On, _arguments: Arguments, _last: date) -> Iterable[date]:
    return ()


def _benefits(on: On, _arguments: Arguments, last: date) -> Iterator[date]:
    occasions = Occasions(on.programme.occasions, on.shop.holiday_countries)
    # What closed yesterday is gone from today on.
    yesterday = shift_days(on.today, -1)
    spans = [
        days
        for benefit in on.programme.benefits
        for days in open_days(benefit, occasions, yesterday, (last - yesterday).days)
    ]
    yield from _edges(spans)
    # What is open to somebody for so many days from today on stands between what closes before and behind that.
    for benefit in on.programme.benefits:
        if isinstance(benefit.when, EveryYear):
            yield from (shift_days(days.last, more - benefit.after) for days in spans if days.last for more in (0, 1))


def _prices(on: On, arguments: Arguments, _last: date) -> Iterator[date]:
    unsold, new = on.programme.prices.unsold, arguments.get("new", "").strip()
    for product in on.goods.products:
        launched = product.launched_on
        if launched and unsold:
            # It waits from the later one of these days on.
            yield shift_days(launched, unsold.on_shelf)
            yield shift_days(product.last_sold or launched, unsold.days)
        if launched and new.isdecimal():
            yield launched
            yield shift_days(launched, int(new))


def _newcomers(on: On, _arguments: Arguments, _last: date) -> Iterator[date]:
    for one in on.programme.newcomers:
        yield from _edges(one.days)


def _gifts(on: On, _arguments: Arguments, _last: date) -> Iterator[date]:
    gifts = on.programme.points.gifts if on.programme.points else ()
    yield from _edges(Days(gift.first, gift.last) for gift in gifts)


def _off_season(on: On, _arguments: Arguments, last: date) -> Iterator[date]:
    for offer in on.programme.off_season:
        for year in range(max(on.today.year - 1, date.min.year), last.year + 1):
            season = season_of(offer, year)
            yield from _edges((Days(season.first, season.last),))


def _related(on: On, _arguments: Arguments, _last: date) -> Iterator[date]:
    related = on.programme.related
    for product in on.goods.products if related else ():
        if product.launched_on and related:
            yield product.launched_on
            yield shift_days(product.launched_on, related.new_within)


def _gatherings(on: On, _arguments: Arguments, last: date) -> Iterator[date]:
    setting = on.programme.gatherings
    for one in on.goods.gatherings if setting else ():
        yield shift_days(one.day, 1)
        if setting:
            yield shift_days(setting.closes_on(one.day), 1)
    yield from (date(year, 1, 1) for year in range(on.today.year, last.year + 1))


def _edges(spans: Iterable[Days]) -> Iterator[date]:
    """The first day of each span, and the first one after it."""
    for days in spans:
        if days.first:
            yield days.first
        if days.last:
            yield shift_days(days.last, 1)


_DAYS: Mapping[str, _Days] = {
    "benefits": _benefits,
    "gatherings": _gatherings,
    "gifts": _gifts,
    "newcomers": _newcomers,
    "off-season": _off_season,
    "prices": _prices,
    "related": _related,
}
