"""Say what stands against a message by the customer's own wishes: a pause, a topic, a channel, a calendar."""

from __future__ import annotations

from collections.abc import Iterator

import ibis

from sitegen.model.campaign import Campaign, EveryYear
from sitegen.model.channel import Kind

PAUSE, TOPICS, CHANNELS = "wish pause", "wish topics", "wish channels"
FREQUENCY, CALENDAR = "wish frequency", "wish calendar"
WISHES = (PAUSE, TOPICS, CHANNELS, FREQUENCY, CALENDAR)
"""Columns that the data room adds to the customers where anybody wishes anything; null where somebody does not.

PAUSE is a day, ISO 8601; TOPICS and CHANNELS are the tags and channels that are off, with a semicolon before and after
each (";quilts;tea;"); FREQUENCY is week or month; CALENDAR is solar or lunar.
"""

SERVICE = (Kind.APOLOGY, Kind.MEMBERSHIP, Kind.GIFT)
"""What goes during a pause too: the answer to a complaint, and what the customer has ordered or is waiting for."""

BIRTHDAYS = {"solar": ("birthday", "birthday"), "lunar": ("lunar birthday", "lunar_birthday")}
"""The fact whose day is kept by each calendar, and the customers' column that tells it."""


def asked_for(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Which of a customer's columns the checks look at."""
    if PAUSE not in columns:
        return ()
    return (*WISHES, *(column for _, column in BIRTHDAYS.values() if column in columns))


def wish_checks(table: ibis.Table, campaigns: tuple[Campaign, ...]) -> Iterator[tuple[ibis.Value, str, ibis.Value]]:
    """Condition, code and words of each obstacle, in the order in which they are told; none where nobody wishes."""
    if PAUSE not in table.columns:
        return
    channel = table["channel"]
    off = table[CHANNELS].contains(ibis.literal(";") + channel + ";").fill_null(False)
    yield off, "channel-off", ibis.literal("wants nothing by ") + channel
    for tag in sorted({tag for campaign in campaigns for tag in campaign.tags}):
        about = _is_of(table, (campaign for campaign in campaigns if tag in campaign.tags))
        unwanted = about & table[TOPICS].contains(f";{tag};").fill_null(False)
        yield unwanted, "topic", ibis.literal(f"wants nothing about '{tag}'")
    service = _is_of(table, (campaign for campaign in campaigns if campaign.kind in SERVICE))
    paused = (table["day"].cast("string") < table[PAUSE]).fill_null(False) & ~service
    yield paused, "paused", ibis.literal("asked for a pause until ") + table[PAUSE]
    for chosen, (_, there) in BIRTHDAYS.items():
        other = next(fact for name, (fact, _) in BIRTHDAYS.items() if name != chosen)
        greets = _is_of(table, (one for one in campaigns if _keeps(one, other)))
        # Who chose a calendar by which nobody knows their day is greeted by the other one.
        kept = (table[CALENDAR] == chosen).fill_null(False) & table[there].notnull()
        yield greets & kept, "other-calendar", ibis.literal(f"keeps the birthday by the {chosen} calendar")


def _keeps(campaign: Campaign, fact: str) -> bool:
    return isinstance(campaign.timing, EveryYear) and campaign.timing.fact == fact


def _is_of(table: ibis.Table, campaigns: Iterator[Campaign]) -> ibis.Value:
    return table["campaign"].isin(sorted(campaign.id for campaign in campaigns))
