"""Say what benefits concede, for the stacking guard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.benefit import Benefit
from sitegen.model.concession import Concession, ConcessionKind
from sitegen.programme.benefits.opening import open_days


def concessions(benefits: Iterable[Benefit], occasions: Occasions, on: date) -> tuple[Concession, ...]:
    """The discounts of benefits in the year from `on`. Gifts, services and pages take nothing off a price."""
    return tuple(
        Concession(
            ConcessionKind.BIRTHDAY if benefit.of_a_birthday else ConcessionKind.BENEFIT,
            benefit.name,
            percent=benefit.gives.discount,
            who=benefit.who,
            goods=benefit.goods,
            days=open_days(benefit, occasions, on),
            place=benefit.place,
        )
        for benefit in benefits
        if benefit.gives.discount
    )
