"""Say what keeps a message from a candidate: suppression, a missing address, consent, or a missing value."""

from __future__ import annotations

from dataclasses import dataclass

import ibis

from sitegen.audience.addresses import address_hash, address_of
from sitegen.model.channel import Channel, MessageClass

NO_ADDRESS = {
    Channel.MAIL: ("no-email", "there is no e-mail address"),
    Channel.TEXT: ("no-phone", "there is no phone number"),
    Channel.CARD: ("no-address", "street, postcode, city or country is missing"),
}
"""Code and reason where a channel's address is missing."""

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EDGE, _INSIDE = r"[^\s@.,;:<>()\"\\/\[\]-]", r"[^\s@.,;:<>()\"\\/\[\]]"
MAILBOX = rf"^{_ATOM}(\.{_ATOM})*@({_EDGE}({_INSIDE}*{_EDGE})?\.)+{_EDGE}{_INSIDE}*{_EDGE}$"
"""A lower-cased address that mail can go to: an ASCII local part (RFC 5322, dot-atom) and a domain of two labels."""

BAD_EMAIL = "the e-mail address is none that a letter can go to"


@dataclass(frozen=True, slots=True)
class Permissions:
    """The tables of customers, consents and suppressions, as the customer file declares them."""

    customers: ibis.Table
    consents: ibis.Table
    suppressions: ibis.Table


def with_obstacles(candidates: ibis.Table, permissions: Permissions) -> ibis.Table:
    """The candidates with `adviser_id`, `address` (normalised), `reader` (whom a card names; "" on other channels),
    and `obstacle` and `why_not`, null where nothing is in the way; else the code and words of the first thing that is.
    """
    table = _with_addresses(candidates, permissions.customers)
    table = _with_suppression(table, permissions.suppressions)
    table = _with_consent(table, permissions.consents)
    checks = [*_checks(table)]
    return table.mutate(
        obstacle=ibis.cases(*((holds, code) for holds, code, _ in checks)),
        why_not=ibis.cases(*((holds, words) for holds, _, words in checks)),
    )


def _checks(table: ibis.Table) -> list[tuple[ibis.Value, str, ibis.Value]]:
    """Condition, code and words of each obstacle, in the order in which they are told."""
    channel, class_ = table["channel"], table["message_class"]
    mailed = channel == Channel.MAIL.value
    promotion, care = class_ == MessageClass.PROMOTION.value, class_ == MessageClass.CARE.value
    no_address = [
        ((channel == name.value) & table["address"].isnull(), code, ibis.literal(words))
        for name, (code, words) in NO_ADDRESS.items()
    ]
    return [
        (table["suppressed"], "suppressed", ibis.literal("nothing may go to this address any more")),
        *no_address,
        (mailed & ~table["address"].re_search(MAILBOX).fill_null(False), "bad-email", ibis.literal(BAD_EMAIL)),
        (promotion & ~table["given"], "no-consent", ibis.literal("no consent to promotion by ") + channel),
        (care & table["withdrawn"], "withdrawn", ibis.literal("asked for no greetings by ") + channel),
        (
            table["lacking"].notnull(),
            "no-value",
            ibis.literal("no value for '") + table["lacking"] + "' and no fallback",
        ),
    ]


def _with_addresses(candidates: ibis.Table, customers: ibis.Table) -> ibis.Table:
    addresses = {f"{channel.value} address": address_of(customers, channel) for channel in NO_ADDRESS}
    name = ibis.literal("|").join(
        [customers[part].fill_null("").strip().lower() for part in ("first_name", "last_name")]
    )
    people = customers.select(
        person=customers["customer_id"], adviser_id=customers["adviser_id"], person_name=name, **addresses
    )
    joined = candidates.left_join(people, candidates["customer_id"] == people["person"])
    branches = ((joined["channel"] == channel.value, joined[f"{channel.value} address"]) for channel in NO_ADDRESS)
    # Two who live together each open their own letter, but share one mailbox or telephone.
    reader = ibis.ifelse(joined["channel"] == Channel.CARD.value, joined["person_name"], "")
    return joined.mutate(address=ibis.cases(*branches), reader=reader).drop("person", "person_name", *addresses)


def _with_suppression(table: ibis.Table, suppressions: ibis.Table) -> ibis.Table:
    barred = suppressions.select(
        barred_channel=suppressions["channel"], barred_hash=suppressions["address_hash"].lower()
    ).distinct()
    hashed = table.mutate(hash=address_hash(table["address"]))
    joined = hashed.left_join(
        barred, [hashed["channel"] == barred["barred_channel"], hashed["hash"] == barred["barred_hash"]]
    )
    table = joined.mutate(suppressed=joined["barred_hash"].notnull())
    return table.drop("barred_channel", "barred_hash", "hash")


def _with_consent(table: ibis.Table, consents: ibis.Table) -> ibis.Table:
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
