"""Say what is due: which edition of a campaign leaves by which channel on which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import each_day, shift_days
from sitegen.model.campaign import Anytime, Campaign, EachGift, EveryYear, OnDate, OnOccasion
from sitegen.model.channel import Channel
from sitegen.model.shop import Shop


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a plan. What left the house before `first` and fell due from `since` on is caught up on `first`."""

    since: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Slot:
    """One edition by one channel. `celebrated` is the day whose yearly facts it greets, where there are any.

    `day` is the day on which it leaves; a slot that is not `due` leaves outside the period, and only says that the
    edition may go by that channel too. `position` is the channel's place in the campaign's list.
    """

    edition: str
    channel: Channel
    position: int
    celebrated: date
    occasion_day: date
    day: date
    due: bool


Due: TypeAlias = tuple[tuple[Campaign, tuple[Slot, ...]], ...]
"""The campaigns that have slots in the days of a plan, with these."""


def period(first: date, last: date, ledger_day: date | None, catch_up: int) -> Period:
    """The days of a plan from `first` to `last`, which catches up on what fell due after the ledger's last day.

    At most `catch_up` days late; without a ledger nothing is late.
    """
    since = first if ledger_day is None else max(shift_days(ledger_day, 1), shift_days(first, -catch_up))
    return Period(min(since, first), first, last)


def slots(campaign: Campaign, shop: Shop, occasions: Occasions, days: Period) -> tuple[Slot, ...]:
    """The slots of a campaign in a period, with those of its other channels where it uses only the first allowed.

    A draft has none, nor has a campaign without a day, nor an edition that would leave outside the window. Gifts have
    days of their own (`plan.gifts`).
    """
    channels = tuple(channel for channel in campaign.channels if channel is not Channel.PAGE)
    if campaign.draft or not channels:
        return ()
    leads = [shop.lead(channel) for channel in channels]
    first, last = shift_days(days.since, min(leads)), shift_days(days.last, max(leads))
    found: list[Slot] = []
    for celebrated, occasion_day in _occasion_days(campaign, occasions, first, last):
        edition = [
            _slot(campaign, (channel, position, lead), (celebrated, occasion_day), days)
            for position, (channel, lead) in enumerate(zip(channels, leads, strict=True))
        ]
        if campaign.first_of and any(slot.due for slot in edition):
            found += edition
        else:
            found += (slot for slot in edition if slot.due)
    return tuple(found)


def _slot(campaign: Campaign, by: tuple[Channel, int, int], on: tuple[date, date], days: Period) -> Slot:
    channel, position, lead = by
    celebrated, occasion_day = on
    leaves = shift_days(occasion_day, -lead)
    day = max(leaves, days.first)
    due = days.since <= leaves <= days.last and campaign.window.contains(day)
    edition = f"{campaign.id}/{occasion_day.isoformat()}"
    return Slot(edition, channel, position, celebrated, occasion_day, day, due)


def _occasion_days(campaign: Campaign, occasions: Occasions, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The day celebrated and the campaign's own day, `offset` days later, where that lies in the range."""
    match campaign.timing:
        case OnDate(day):
            if first <= day <= last:
                yield day, day
        case OnOccasion(name, offset):
            for day in occasions.days(name, shift_days(first, -offset), shift_days(last, -offset)):
                yield day, shift_days(day, offset)
        case EveryYear(_, offset):
            for day in each_day(shift_days(first, -offset), shift_days(last, -offset)):
                yield day, shift_days(day, offset)
        case EachGift() | Anytime():
            return
