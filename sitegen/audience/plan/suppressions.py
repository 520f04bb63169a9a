"""Say which addresses are barred, and from what, in words: unsubscribed, bounced, moved away."""

from __future__ import annotations

import ibis

from sitegen.audience.plan.addresses import address_hash
from sitegen.audience.plan.nouns import NOUNS
from sitegen.model.channel import MessageClass
from sitegen.model.ledger import Reason, Scope

DATED = {
    Reason.BOUNCED: "the address bounced on ",
    Reason.COMPLAINED: "reported a message of ours as unwanted on ",
    Reason.ERASED: "somebody at this address asked to be forgotten on ",
}
PLAIN = {
    Reason.MOVED: "moved away from this address",
    Reason.DECEASED: "this customer has died",
}
UNKNOWN = "nothing may go to this address any more"

_DAY = len("2026-09-10")


def with_suppression(table: ibis.Table, suppressions: ibis.Table) -> ibis.Table:
    """`barred`: why nothing of the row's `message_class` may go to its `address` by its `channel`; null where it may.

    Whoever has the address: it is known by its hash. A suppression without a `scope` is one of everything. Of several
    the oldest is told.
    """
    hashed = table.mutate(hash=address_hash(table["address"]))
    keys = [("channel", "barred_channel"), ("hash", "barred_hash")]
    joined = hashed.left_join(_by_address(suppressions), keys)
    classes = ((joined["message_class"] == name.value, joined[_column(name)].substr(_DAY)) for name in MessageClass)
    said = joined.mutate(barred=ibis.cases(*classes))
    return said.drop("hash", "barred_channel", "barred_hash", *map(_column, MessageClass))


def _by_address(suppressions: ibis.Table) -> ibis.Table:
    """One row for each channel and hash; for each class of message since when and why it is barred."""
    scope = suppressions["scope"] if "scope" in suppressions.columns else ibis.literal(Scope.ALL.value)
    # A day of ten signs before the words: the least of these texts is the oldest.
    since = suppressions["since"].cast("string").fill_null(" " * _DAY)
    told = suppressions.mutate(
        scope=scope,
        barred_channel=suppressions["channel"],
        barred_hash=suppressions["address_hash"].lower(),
        said=since + _words(suppressions["reason"], scope, since),
    )
    return told.group_by("barred_channel", "barred_hash").aggregate(
        **{_column(name): told["said"].min(where=told["scope"].isin([Scope.ALL.value, name.value])) for name in NOUNS}
    )


def _column(name: MessageClass) -> str:
    return f"barred from {name.value}"


def _words(reason: ibis.Value, scope: ibis.Value, since: ibis.Value) -> ibis.Value:
    of_what = ibis.cases(*((scope == name.value, several) for name, (_, several) in NOUNS.items()), else_="everything")
    return ibis.cases(
        (reason == Reason.UNSUBSCRIBED.value, ibis.literal("unsubscribed from ") + of_what + " on " + since),
        *((reason == name.value, ibis.literal(words) + since) for name, words in DATED.items()),
        *((reason == name.value, ibis.literal(words)) for name, words in PLAIN.items()),
        else_=UNKNOWN,
    )
