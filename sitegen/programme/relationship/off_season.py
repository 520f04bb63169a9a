"""Find the days of offers of quiet months: "act as a reservoir in the off-season"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sitegen.audience.calendar.spans import in_year
from sitegen.model.occasion import FixedDay
from sitegen.model.relationship import OffSeason


@dataclass(frozen=True, slots=True)
class Season:
    """An offer in one year: ordered from `first` to `last`, delivered on `delivered_on`."""

    offer: OffSeason
    first: date
    last: date
    delivered_on: date


def open_offers(offers: Iterable[OffSeason], on: date) -> tuple[Season, ...]:
    """The offers that are open on a day, the one that closes first first."""
    found = [season for offer in offers if (season := season_on(offer, on)).first <= on]
    return tuple(sorted(found, key=lambda season: (season.last, season.offer.name)))


def season_on(offer: OffSeason, on: date) -> Season:
    """The season that is open on a day, else the next one."""
    seasons = (season_of(offer, year) for year in range(on.year - 1, on.year + 2))
    return next(season for season in seasons if on <= season.last)


def season_of(offer: OffSeason, year: int) -> Season:
    """The season that opens in a year."""
    first = _day(offer.opens, year)
    last = _on_or_after(offer.closes, first)
    delivered_on = _day(offer.delivers, last.year)
    return Season(offer, first, last, delivered_on if delivered_on > last else _day(offer.delivers, last.year + 1))


def _on_or_after(day: FixedDay, first: date) -> date:
    same_year = _day(day, first.year)
    return same_year if same_year >= first else _day(day, first.year + 1)


def _day(day: FixedDay, year: int) -> date:
    return in_year(year, day.month, day.day)
