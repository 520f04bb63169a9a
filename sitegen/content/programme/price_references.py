"""Hold the names in prices, stacking and benefits against what the shop has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.programme.concession_keys import check_who
from sitegen.content.programme.relationship import missing_page
from sitegen.errors import Problem
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.concession import Concession, ConcessionKind, Who
from sitegen.model.programme import Programme
from sitegen.programme.stacking.collected import collected
from sitegen.programme.stacking.combinations import OF_MEMBERS


@dataclass(frozen=True, slots=True)
class Known:
    """What the shop has: names of segments, ids of pages, days by name, and facts that come back each year."""

    segments: Collection[str]
    pages: Collection[str]
    occasions: Occasions
    yearly: Collection[str]


def check_prices(programme: Programme, known: Known, problems: list[Problem]) -> None:
    """Report the names that nobody has, and what may never meet."""
    tiers = {tier.name for tier in programme.tiers}
    for who in _whose(programme):
        check_who(who, tiers, known.segments, problems)
    problems.extend(_benefits(programme, known))
    problems.extend(_stacking(programme, known))


def _whose(programme: Programme) -> Iterator[Who]:
    yield from (one.who for one in programme.prices.exclusive)
    if programme.prices.unsold:
        yield programme.prices.unsold.who
    yield from (benefit.who for benefit in programme.benefits)


def _benefits(programme: Programme, known: Known) -> Iterator[Problem]:
    for benefit in programme.benefits:
        match benefit.when:
            case OnOccasion(name):
                problem = known.occasions.problem(name, benefit.when_place)
                if problem:
                    yield problem
            case EveryYear(name) if name not in known.yearly:
                message = f"'{name}' is no yearly fact"
                yield benefit.when_place.problem("unknown-fact", message, did_you_mean(name, known.yearly))
            case _:
                pass
        page = benefit.gives.page
        if page and page.id not in known.pages:
            yield missing_page(page.id, page.place)


def _stacking(programme: Programme, known: Known) -> Iterator[Problem]:
    # The day only says which of the concessions are open; their names are the same on every day.
    granted = collected(programme, known.occasions, (), date(2000, 1, 1))
    names = {one.name for one in granted}
    for pair in programme.stacking.together:
        for word in (pair.one, pair.other):
            if word not in names and word not in set(ConcessionKind):
                hint = did_you_mean(word, sorted({*names, *ConcessionKind}))
                message = f"nothing that takes something off a price is called '{word}'"
                yield pair.place.problem("unknown-concession", message, hint)
        one, other = (_kinds(word, granted) for word in (pair.one, pair.other))
        for some, others in ((one, other), (other, one)):
            if some == {ConcessionKind.NEWCOMER_PRICE} and others and others <= OF_MEMBERS:
                message = "a price for newcomers never meets what members have"
                hint = "remove the pair: the first order ends the one, and begins the other"
                yield pair.place.problem("newcomer-and-member", message, hint)
    birthdays = {benefit.name for benefit in programme.benefits if benefit.of_a_birthday and benefit.gives.discount}
    for top in programme.stacking.on_top:
        if top.name not in birthdays:
            message = f"'{top.name}' is no discount for a birthday, and nothing else comes on top"
            hint = did_you_mean(top.name, birthdays) or "name a benefit with 'every: birthday' that gives a discount"
            yield top.place.problem("not-on-top", message, hint)


def _kinds(word: str, granted: tuple[Concession, ...]) -> set[ConcessionKind]:
    return {one.kind for one in granted if word in {one.name, one.kind.value}} or {
        kind for kind in ConcessionKind if kind.value == word
    }
