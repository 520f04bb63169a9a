"""Say which gifts there are for a member's points, and how far the next one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sitegen.model.points import PointsGift
from sitegen.model.segment import EVERYONE


@dataclass(frozen=True, slots=True)
class NextGift:
    """The cheapest gift that is not within reach yet, and how many points are `missing`."""

    gift: PointsGift
    missing: int


def said_of(texts: Mapping[str, str], *languages: str) -> str:
    """Words by language in the first of the languages that there are; else those for all, else whichever came first."""
    wanted = (texts[language] for language in (*languages, "") if language in texts)
    return next(wanted, next(iter(texts.values()), ""))


def gift_words(gifts: Iterable[PointsGift]) -> Mapping[str, Mapping[str, str]]:
    """By language, what the titles of gifts read like that merge fields say (`said_of(title, "")`)."""
    words: dict[str, dict[str, str]] = {}
    for gift in gifts:
        for language in gift.title.keys() - {""}:
            words.setdefault(language, {})[said_of(gift.title, "")] = gift.title[language]
    return words


def gifts_on(gifts: Iterable[PointsGift], today: date) -> tuple[PointsGift, ...]:
    """The gifts that may be had on a day and are there, by points and then by name."""
    there = (
        gift
        for gift in gifts
        if gift.stock != 0 and (gift.first is None or gift.first <= today) and (gift.last is None or today <= gift.last)
    )
    return tuple(sorted(there, key=lambda gift: (gift.points, gift.name)))


def gifts_for(gifts: Iterable[PointsGift], tier: str | None, segments: frozenset[str]) -> tuple[PointsGift, ...]:
    """The gifts that are meant for a member of that tier (None: below the first) who is in those segments."""
    return tuple(
        gift
        for gift in gifts
        if (not gift.who.tiers or tier in gift.who.tiers) and gift.who.audience in {EVERYONE, *segments}
    )


def gifts_within_reach(gifts: Iterable[PointsGift], balance: int) -> tuple[PointsGift, ...]:
    """The gifts for which the active points suffice, as they stand."""
    return tuple(gift for gift in gifts if gift.points <= balance)


def next_gift(gifts: Iterable[PointsGift], balance: int) -> NextGift | None:
    """The next gift for a balance, None where all are within reach."""
    beyond = sorted((gift for gift in gifts if gift.points > balance), key=lambda gift: (gift.points, gift.name))
    return NextGift(beyond[0], beyond[0].points - balance) if beyond else None
