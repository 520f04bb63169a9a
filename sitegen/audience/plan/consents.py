"""Say what each customer allowed and took back, by channel."""

from __future__ import annotations

import ibis

from sitegen.audience.plan.nouns import NOUNS
from sitegen.model.channel import MessageClass

ON_REQUEST = MessageClass.PROMOTION
"""What goes only to those who asked for it; all else goes unless somebody refused it."""


def with_consent(table: ibis.Table, consents: ibis.Table) -> ibis.Table:
    """`unasked`: why a message that needs a consent has none; `withdrawn`: who refused this class; null where neither.

    Both are words. The consents have one row at most for each customer, channel and purpose.
    """
    given = (consents["purpose"] == ON_REQUEST.value) & (consents["status"] == "given")
    refused = consents["status"] == "withdrawn"
    kinds = {f"no {name.value}": (refused & (consents["purpose"] == name.value)).any() for name in MessageClass}
    day = consents["withdrawn_on"].max(where=refused & (consents["purpose"] == ON_REQUEST.value))
    said = consents.group_by(consenter="customer_id", consent_channel="channel").aggregate(
        given=given.any(), back_on=day.cast("string"), **kinds
    )
    joined = table.left_join(said, [("customer_id", "consenter"), ("channel", "consent_channel")])
    known = joined.mutate(unasked=_unasked(joined), withdrawn=_withdrawn(joined))
    return known.drop("consenter", "consent_channel", "given", "back_on", *kinds)


def _unasked(table: ibis.Table) -> ibis.Value:
    channel = table["channel"]
    back = ibis.literal("took back the consent to promotion by ") + channel
    words = ibis.cases(
        (table[f"no {ON_REQUEST.value}"] & table["back_on"].notnull(), back + " on " + table["back_on"]),
        (table[f"no {ON_REQUEST.value}"], back),
        else_=ibis.literal("no consent to promotion by ") + channel,
    )
    needed = (table["message_class"] == ON_REQUEST.value) & ~table["given"].fill_null(False)
    return ibis.ifelse(needed, words, ibis.null("string"))


def _withdrawn(table: ibis.Table) -> ibis.Value:
    refused = (
        (
            (table["message_class"] == name.value) & table[f"no {name.value}"],
            ibis.literal(f"asked for no {several} by ") + table["channel"],
        )
        for name, (_, several) in NOUNS.items()
        if name is not ON_REQUEST
    )
    return ibis.cases(*refused)
