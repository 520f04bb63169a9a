"""Find why customers were lost: what they said, else what went wrong in their last year, else nobody knows."""

from __future__ import annotations

from enum import IntEnum

import ibis

from sitegen.audience.facts.care_facts import BAD
from sitegen.audience.facts.rows import table_of
from sitegen.audience.plan.addresses import address_hash, address_of
from sitegen.model.channel import Channel
from sitegen.programme.reports.compared import days_between
from sitegen.programme.reports.ground import Ground

YEAR = 365
_NEVER = ibis.null("date")
GONE = ("unsubscribed", "bounced")
"""Answers to a campaign after which nothing arrives any more."""


class Cause(IntEnum):
    """Why a customer was lost; of several the first of these counts."""

    TOLD = 0
    COMPLAINT = 1
    EVALUATION = 2
    RETURN = 3
    UNSUBSCRIBED = 4
    SILENT = 5


CAUSES = {
    Cause.TOLD: "said why at a goodbye",
    Cause.COMPLAINT: "a complaint that was open or ended badly",
    Cause.EVALUATION: f"an evaluation of {BAD} stars or fewer",
    Cause.RETURN: "goods that came back",
    Cause.UNSUBSCRIBED: "wanted no more letters, or can't be reached",
    Cause.SILENT: "silent, nobody knows",
}
"""Each cause in words."""

SIGNS = (
    "Where nobody said why, the cause is what happened from the first day of their last year with orders until they"
    " were lost; of several the first in this table counts."
)


def with_cause(ground: Ground, lost: ibis.Table) -> ibis.Table:
    """The lost customers (customer_id, day of the last order, lost ...) with `cause`, a number of Cause, and `words`:
    what they said at the goodbye, null where nothing.

    Source: "don't know which customers they lost, when they lost them, or why they lost them".
    """
    first = _first_sign(_signs(ground, lost), lost)
    said = goodbyes(ground, lost).select(speaker="customer_id", words="words")
    rows = lost.left_join(first, lost["customer_id"] == first["sufferer"])
    rows = rows.left_join(said, rows["customer_id"] == said["speaker"])
    cause = ibis.ifelse(rows["words"].notnull(), int(Cause.TOLD), rows["sign"].fill_null(int(Cause.SILENT)))
    return rows.select(*lost.columns, "words", cause=cause.cast("int64"))


def goodbyes(ground: Ground, lost: ibis.Table) -> ibis.Table:
    """customer_id and `words` of the lost customers who said why they left, be it after a silence."""
    customers = table_of(ground.tables, "customers", ground.schema)
    words = customers["lost_reason"].strip().nullif("")
    said = customers.filter(words.notnull()).select(speaker="customer_id", words=words, bye="lost_on")
    # A goodbye before the last order, or one that is still to come, tells nothing about this loss.
    rows = lost.inner_join(said, lost["customer_id"] == said["speaker"])
    rows = rows.filter(rows["bye"].between(rows["day"], ibis.date(ground.today)))
    return rows.select("customer_id", "words")


def _first_sign(signs: ibis.Table, lost: ibis.Table) -> ibis.Table:
    """`sufferer` and `sign`: the first Cause of those that fall into the customer's last time."""
    here = lost.select(whose="customer_id", last="day", until="lost")
    found = signs.inner_join(here, signs["customer_id"] == here["whose"])
    fresh = days_between(found["on"], found["last"]) < YEAR
    unhealed = found["healed"].isnull() | (found["healed"] > found["until"])
    found = found.filter(fresh, found["on"] <= found["until"], unhealed)
    return found.group_by(sufferer="customer_id").aggregate(sign=found["cause"].min())


def _signs(ground: Ground, lost: ibis.Table) -> ibis.Table:
    """Whatever may make somebody leave: customer_id, on, cause, healed (the day on which it was made good)."""
    complaints = table_of(ground.tables, "complaints", ground.schema)
    good = complaints["satisfied"].fill_null(True)
    healed = ibis.ifelse(good, complaints["solved_on"].cast("date"), ibis.null("date"))
    orders = table_of(ground.tables, "orders", ground.schema)
    consents = table_of(ground.tables, "consents", ground.schema)
    responses = table_of(ground.tables, "responses", ground.schema)
    return ibis.union(
        _sign(complaints, "opened_on", Cause.COMPLAINT, healed),
        _sign(orders.filter(orders["rating"] <= BAD), "ordered_at", Cause.EVALUATION),
        _sign(orders.filter(orders["status"] == "returned"), "ordered_at", Cause.RETURN),
        _sign(consents.filter(consents["status"] == "withdrawn"), "withdrawn_on", Cause.UNSUBSCRIBED),
        _sign(responses.filter(responses["answer"].isin(GONE)), "day", Cause.UNSUBSCRIBED),
        _sign(_barred(ground, lost), "since", Cause.UNSUBSCRIBED),
    )


def _sign(rows: ibis.Table, day: str, cause: Cause, healed: ibis.Value = _NEVER) -> ibis.Table:
    number = ibis.literal(int(cause), "int64")
    return rows.select("customer_id", on=rows[day].cast("date"), cause=number, healed=healed)


def _barred(ground: Ground, lost: ibis.Table) -> ibis.Table:
    """customer_id, since: lost customers with an address to which nothing goes any more."""
    barred = table_of(ground.tables, "suppressions", ground.schema)
    barred = barred.select(barred_channel="channel", barred_hash=barred["address_hash"].lower(), since="since")
    customers = table_of(ground.tables, "customers", ground.schema).semi_join(lost, "customer_id")
    addresses = ibis.union(
        *(
            customers.select(
                "customer_id",
                channel=ibis.literal(channel.value),
                hash=address_hash(address_of(customers, channel)),
            )
            for channel in (Channel.MAIL, Channel.TEXT, Channel.CARD)
        )
    )
    joined = addresses.inner_join(barred, [("channel", "barred_channel"), ("hash", "barred_hash")])
    return joined.select("customer_id", "since")
