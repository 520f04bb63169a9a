"""Say what keeps a message from a candidate: suppression, a missing address, consent, or a missing value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis

from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY, POSTAL, address_hash, address_of, is_written
from sitegen.model.channel import Channel, MessageClass

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
    """The tables of customers, consents and suppressions, as the customer file declares them.

    `revoked` are the ids of customers whose card was revoked: one that is printed would open nothing.
    """

    customers: ibis.Table
    consents: ibis.Table
    suppressions: ibis.Table
    revoked: frozenset[str] = frozenset()


def with_obstacles(candidates: ibis.Table, permissions: Permissions, channels: Collection[Channel]) -> ibis.Table:
    """The candidates with `adviser_id`, `address` (normalised), `reader` (whom a card names; "" on other channels),
    and `obstacle` and `why_not`, null where nothing is in the way; else the code and words of the first thing that is.

    `channels` holds at least all that the candidates have.
    """
    table = _with_addresses(candidates, permissions.customers, channels)
    table = with_suppression(table, permissions.suppressions)
    table = with_consent(table, permissions.consents)
    checks = _checks(table, permissions.revoked)
    return table.mutate(
        obstacle=ibis.cases(*((holds, code) for holds, code, _ in checks)),
        why_not=ibis.cases(*((holds, words) for holds, _, words in checks)),
    )


def _checks(table: ibis.Table, revoked: frozenset[str]) -> list[tuple[ibis.Value, str, ibis.Value]]:
    """Condition, code and words of each obstacle, in the order in which they are told."""
    channel, class_ = table["channel"], table["message_class"]
    promotion, care = class_ == MessageClass.PROMOTION.value, class_ == MessageClass.CARE.value
    no_address = [
        ((channel == name.value) & ~table["written"], code, ibis.literal(words))
        for name, (code, words) in NO_ADDRESS.items()
    ]
    bad_address = [
        ((channel == name.value) & table["address"].isnull(), code, ibis.literal(words))
        for name, (code, words) in BAD_ADDRESS.items()
    ]
    no_card = [
        ((channel == Channel.CARD.value) & table["customer_id"].isin(sorted(revoked)), "revoked", ibis.literal(REVOKED))
    ]
    return [
        (table["suppressed"], "suppressed", ibis.literal("nothing may go to this address any more")),
        *no_address,
        *bad_address,
        *(no_card if revoked else []),
        (promotion & ~table["given"], "no-consent", ibis.literal("no consent to promotion by ") + channel),
        (care & table["withdrawn"], "withdrawn", ibis.literal("asked for no greetings by ") + channel),
        (
            table["lacking"].notnull(),
            "no-value",
            ibis.literal("no value for '") + table["lacking"] + "' and no fallback",
        ),
    ]


def _with_addresses(candidates: ibis.Table, customers: ibis.Table, channels: Collection[Channel]) -> ibis.Table:
    """Each line's address is made where it is needed: postal ones of all customers would cost more than the plan."""
    used = [channel for channel in NO_ADDRESS if channel in channels]
    needed = [column for channel in used for column in WRITTEN[channel] if column in customers.columns]
    people = customers.select("adviser_id", *dict.fromkeys(needed), person="customer_id")
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


def with_suppression(table: ibis.Table, suppressions: ibis.Table) -> ibis.Table:
    """`suppressed`: nothing may go to the row's `address` by its `channel`, whoever has it."""
    barred = suppressions.select(
        barred_channel=suppressions["channel"], barred_hash=suppressions["address_hash"].lower()
    ).distinct()
    hashed = table.mutate(hash=address_hash(table["address"]))
    joined = hashed.left_join(
        barred, [hashed["channel"] == barred["barred_channel"], hashed["hash"] == barred["barred_hash"]]
    )
    table = joined.mutate(suppressed=joined["barred_hash"].notnull())
    return table.drop("barred_channel", "barred_hash", "hash")


def with_consent(table: ibis.Table, consents: ibis.Table) -> ibis.Table:
    """`given`: promotion was allowed on that channel; `withdrawn`: care was refused on it."""
    given = (consents["purpose"] == "promotion") & (consents["status"] == "given")
    withdrawn = (consents["purpose"] == "care") & (consents["status"] == "withdrawn")
    by_channel = consents.group_by(consenter="customer_id", consent_channel="channel").aggregate(
        given=given.any(), withdrawn=withdrawn.any()
    )
    joined = table.left_join(
        by_channel,
        [table["customer_id"] == by_channel["consenter"], table["channel"] == by_channel["consent_channel"]],
    )
    known = joined.mutate(given=joined["given"].fill_null(False), withdrawn=joined["withdrawn"].fill_null(False))
    return known.drop("consenter", "consent_channel")
