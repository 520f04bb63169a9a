"""The plan: who hears what, when, by which channel, from whom and why; and who does not, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from sitegen.model.channel import Channel
from sitegen.model.gift import Gift

PLAN_COLUMNS = (
    "campaign",
    "edition",
    "channel",
    "customer_id",
    "adviser_id",
    "day",
    "occasion_day",
    "design",
    "reason",
    "leaves_at",
)
"""Columns of the plan's table, in order. `day` is the calendar day on which the message leaves; `edition` names one
issue of a campaign: "mid-autumn/2026-09-25"; `design` is the card's, null on other channels; `leaves_at` is the
instant from which a mail or a text may leave, ISO 8601 in UTC ("2026-09-25T07:00:00Z"), null on cards."""

EXCLUSION_COLUMNS = ("campaign", "edition", "channel", "customer_id", "code", "reason")
"""Columns of the table of exclusions: each candidate that is not planned, once, with the first reason that holds."""

Value: TypeAlias = str | int | Decimal | date
"""A merge value; an absent one is not in the mapping."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the plan with what its message may say. `segments` holds the audiences that the person is in.

    `values` holds the fields of sitegen.model.field by name; `address` is the e-mail address, the phone number,
    or the postal lines joined by newlines, as the channel needs it; `design` is the card's, "" on other channels.
    `address_key` is the SHA-256 of the normalised address, 64 hex digits, "" on cards; `leaves_at` the instant from
    which the message may leave, in UTC, None on cards.
    A line with a `gift` is a card for a third person: `address` and `language` are theirs, and it may say nothing of
    the customer, who is the giver, so that `segments` and `values` are empty.
    """

    customer_id: str
    campaign: str
    edition: str
    channel: Channel
    day: date
    reason: str
    address: str
    language: str
    segments: frozenset[str]
    values: Mapping[str, Value]
    design: str = ""
    postcode: str = ""
    country: str = ""
    lacks: tuple[str, ...] = ()
    gift: Gift | None = None
    address_key: str = ""
    leaves_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what: a line of the closing summary."""

    name: str
    number: int
