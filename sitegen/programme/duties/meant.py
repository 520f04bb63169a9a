"""Whom a duty is meant for: `who:`, asked of the customer today."""

from __future__ import annotations

import ibis

from sitegen.model.duty import Duty
from sitegen.model.segment import EVERYONE
from sitegen.programme.duties.asked import Asked

NO_LONGER = "no longer meant"


def void_where_not_meant(begun: ibis.Table, duty: Duty, asked: Asked) -> ibis.Table:
    """BEGUN_TYPES, NO_LONGER where the customer is not in the duty's segment today; an order's reason goes first."""
    if duty.who in {"", EVERYONE}:
        return begun
    theirs = _meant(duty, asked)
    joined = begun.left_join(theirs, begun["customer_id"] == theirs["meant"])
    void = ibis.coalesce(joined["void"], ibis.ifelse(joined["meant"].isnull(), NO_LONGER, ibis.null("string")))
    return joined.select({name: joined[name] for name in begun.columns} | {"void": void})


def only_meant(customers: ibis.Table, duty: Duty, asked: Asked) -> ibis.Table:
    """The rows of customers who are in the duty's segment today."""
    if duty.who in {"", EVERYONE}:
        return customers
    theirs = _meant(duty, asked)
    return customers.semi_join(theirs, customers["customer_id"] == theirs["meant"])


def _meant(duty: Duty, asked: Asked) -> ibis.Table:
    return asked.members.filter(asked.members[duty.who]).select(meant="customer_id")
