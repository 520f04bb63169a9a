"""Choose the message of the library that fits a campaign about to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.seasons import season
from sitegen.model.body import Body
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Kind
from sitegen.model.message import Message

NEAR = 60
"""Days within which an occasion is the next one to write for."""
WITH_OCCASION = (Kind.HOLIDAY, Kind.SEASONAL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written, in which language, seen from which day and from which country (ISO 3166-1 alpha-2)."""

    kind: Kind
    language: str
    today: date
    country: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A message that fits, and the occasion for which it does: "" where it fits any day of its season."""

    message: Message
    occasion: str = ""


def fitting(
    wanted: Wanted, library: Iterable[Message], occasions: Occasions, campaigns: Iterable[Campaign]
) -> Fit | None:
    """The message for the nearest occasion that one of its tags names, else one for the season; None where none fits.

    Among several it is the one that the fewest campaigns have said yet, then the first by its id.
    """
    said = Counter(_words(campaign.body) for campaign in campaigns)
    names = frozenset(occasions.names) if wanted.kind in WITH_OCCASION else frozenset()
    alike = (one for one in library if (one.kind, one.language) == (wanted.kind, wanted.language))
    fits = (found for one in alike for found in _fits(wanted, one, occasions, names))
    best = min(
        fits, key=lambda found: (found[0], said[_words(found[1].message.body)], found[1].message.id), default=None
    )
    return best[1] if best else None


def _words(body: Body) -> tuple[str, ...]:
    return tuple(block.markdown for block in body.blocks)


def _fits(wanted: Wanted, message: Message, occasions: Occasions, names: frozenset[str]) -> Iterator[tuple[int, Fit]]:
    """How many days the message's occasions are away, with each; `NEAR` days where it has none of these `names`."""
    named = [tag for tag in message.tags if tag in names]
    for name in named:
        days = occasions.days(name, wanted.today + timedelta(days=1), wanted.today + timedelta(days=NEAR - 1))
        yield from (((day - wanted.today).days, Fit(message, name)) for day in days[:1])
    if not named and message.season in {"", season(wanted.today, wanted.country)}:
        yield NEAR, Fit(message)
