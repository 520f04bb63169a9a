"""Say which concessions contracts, ladders, ways to pay and quiet months grant, for the guard against stacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sitegen.model.concession import Concession, ConcessionKind, Days, Per
from sitegen.model.programme import Programme
from sitegen.programme.relationship.off_season import season_of


def concessions(programme: Programme, on: date) -> tuple[Concession, ...]:
    """All of them, as they are written; quiet months as days of the year of `on` and those beside it.

    A kept price is none: nobody pays less than a list price that held. What gives no discount is none either.
    """
    return tuple(
        one
        for some in (_contracts(programme), _ladders(programme), _payment(programme), _off_season(programme, on))
        for one in some
        if one.percent
    )


def _contracts(programme: Programme) -> Iterator[Concession]:
    for one in programme.contracts:
        holders = replace(one.who, audience=one.holders or one.who.audience)
        yield Concession(ConcessionKind.CONTRACT, one.name, one.discount, who=holders, goods=one.goods, place=one.place)


def _ladders(programme: Programme) -> Iterator[Concession]:
    for ladder in programme.ladder:
        for step in ladder.steps:
            yield Concession(
                ConcessionKind.LADDER,
                f"{ladder.name}, from {step.count} {ladder.by.value}",
                step.discount,
                who=ladder.who,
                goods=ladder.goods,
                one_of=f"ladder {ladder.name}",
                place=step.place,
            )


def _payment(programme: Programme) -> Iterator[Concession]:
    for one in programme.payment:
        yield Concession(
            ConcessionKind.PAYMENT,
            one.name,
            one.discount,
            per=Per.ORDER,
            who=one.who,
            least=one.least,
            one_of="payment",
            place=one.place,
        )


def _off_season(programme: Programme, on: date) -> Iterator[Concession]:
    for offer in programme.off_season:
        seasons = (season_of(offer, year) for year in range(on.year - 1, on.year + 2))
        yield Concession(
            ConcessionKind.OFF_SEASON,
            offer.name,
            offer.discount,
            who=offer.who,
            goods=offer.goods,
            days=tuple(Days(season.first, season.last) for season in seasons),
            place=offer.place,
        )
