"""Say what keeps a message from a candidate: suppression, a missing address, consent, wishes, quiet hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis

from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY, POSTAL, address_of, is_written
from sitegen.audience.plan.consents import with_consent
from sitegen.audience.plan.leaving import NEVER, TIME_ZONES, with_leaving
from sitegen.audience.plan.suppressions import with_suppression
from sitegen.audience.plan.wishes import FREQUENCY, asked_for, wish_checks
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.quiet_hours import BY_WIRE

NO_ADDRESS = {
    Channel.MAIL: ("no-email", "there is no e-mail address"),
    Channel.TEXT: ("no-phone", "there is no phone number"),
    Channel.CARD: ("no-address", "street, postcode, city or country is missing"),
}
"""Code and reason where a channel's address is missing."""

BAD_ADDRESS = {
    Channel.MAIL: ("bad-email", "the e-mail address is none that a letter can go to"),
    Channel.TEXT: ("bad-phone", "the phone number is none that a text can go to"),
}
"""Code and reason where something is written, but nothing can be sent to it."""

REVOKED = "the card was revoked, so a new one would open nothing"
"""Why nobody prints a code for a member who has none."""

NAMES = ("first_name", "last_name")
WRITTEN = {
    Channel.MAIL: ("email", EMAIL_KEY),
    Channel.TEXT: ("phone", PHONE_KEY),
    Channel.CARD: (*POSTAL, *NAMES),
}
"""Columns of a customer from which a channel's address and reader are made."""


@dataclass(frozen=True, slots=True)
class Permissions:
    """The tables of customers, consents and suppressions, as the customer file and the ledger together tell them.

    `revoked` are the ids of customers whose card was revoked: one that is printed would open nothing. `campaigns` are
    all of which there may be candidates, `instants` when what goes by wire leaves (`leaving.instants`) for somebody
    in the shop's own zone (`home`) or another one.
    """

    customers: ibis.Table
    consents: ibis.Table
    suppressions: ibis.Table
    instants: ibis.Table
    home: str
    campaigns: tuple[Campaign, ...] = ()
    revoked: frozenset[str] = frozenset()


def with_obstacles(candidates: ibis.Table, permissions: Permissions, channels: Collection[Channel]) -> ibis.Table:
    """The candidates with `adviser_id`, `address` (normalised), `reader` (whom a card names; "" on other channels),
    `leaves_at`, FREQUENCY (how often the customer wants promotions), and `obstacle` and `why_not`, null where nothing
    is in the way; else the code and words of the first thing that is.

    `channels` holds at least all that the candidates have.
    """
    table = _with_addresses(candidates, permissions.customers, channels)
    table = with_suppression(table, permissions.suppressions)
    table = with_consent(table, permissions.consents)
    table = with_leaving(table, permissions.instants, permissions.home)
    checks = _checks(table, permissions)
    decided = table.mutate(
        obstacle=ibis.cases(*((holds, code) for holds, code, _ in checks)),
        why_not=ibis.cases(*((holds, words) for holds, _, words in checks)),
    )
    asked = [column for column in asked_for(permissions.customers.columns) if column != FREQUENCY]
    return decided.drop("barred", "unasked", "withdrawn", *asked)


def _checks(table: ibis.Table, permissions: Permissions) -> list[tuple[ibis.Value, str, ibis.Value]]:
    """Condition, code and words of each obstacle, in the order in which they are told."""
    channel, revoked = table["channel"], sorted(permissions.revoked)
    wired = channel.isin([one.value for one in BY_WIRE])
    no_address = [
        ((channel == name.value) & ~table["written"], code, ibis.literal(words))
        for name, (code, words) in NO_ADDRESS.items()
    ]
    bad_address = [
        ((channel == name.value) & table["address"].isnull(), code, ibis.literal(words))
        for name, (code, words) in BAD_ADDRESS.items()
    ]
    no_card = [((channel == Channel.CARD.value) & table["customer_id"].isin(revoked), "revoked", ibis.literal(REVOKED))]
    return [
        (table["barred"].notnull(), "suppressed", table["barred"]),
        *no_address,
        *bad_address,
        *(no_card if revoked else []),
        (table["unasked"].notnull(), "no-consent", table["unasked"]),
        (table["withdrawn"].notnull(), "withdrawn", table["withdrawn"]),
        *wish_checks(table, permissions.campaigns),
        (
            table["lacking"].notnull(),
            "no-value",
            ibis.literal("no value for '") + table["lacking"] + "' and no fallback",
        ),
        (wired & table["leaves_at"].isnull(), "quiet-hours", ibis.literal(NEVER)),
    ]


def _with_addresses(candidates: ibis.Table, customers: ibis.Table, channels: Collection[Channel]) -> ibis.Table:
    """Each line's address is made where it is needed: postal ones of all customers would cost more than the plan."""
    used = [channel for channel in NO_ADDRESS if channel in channels]
    needed = [column for channel in used for column in WRITTEN[channel] if column in customers.columns]
    kept = asked_for(customers.columns) + ((TIME_ZONES,) if TIME_ZONES in customers.columns else ())
    people = customers.select("adviser_id", *dict.fromkeys([*needed, *kept]), person="customer_id")
    joined = candidates.left_join(people, candidates["customer_id"] == people["person"])
    of_channel = {channel: joined["channel"] == channel.value for channel in used}
    known = {
        "address": ibis.cases(*((holds, address_of(joined, channel)) for channel, holds in of_channel.items())),
        "written": ibis.cases(*((holds, is_written(joined, channel)) for channel, holds in of_channel.items())),
        "reader": ibis.literal(""),
    }
    if Channel.CARD in of_channel:
        # Two who live together each open their own letter, but share one mailbox or telephone.
        names = [joined[part].fill_null("").strip().lower() for part in NAMES]
        known["reader"] = ibis.ifelse(of_channel[Channel.CARD], ibis.literal("|").join(names), "")
    return joined.mutate(**known).drop("person", *dict.fromkeys(needed))
