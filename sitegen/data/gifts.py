"""Tell of a plan's lines which of them are gifts, and let these go to their recipients instead of their givers."""

from __future__ import annotations

import ibis

from sitegen.data.engine import Row
from sitegen.model.gift import EDITION, Gift

_GIFT = "gift "
_TOLD = ("gift_id", "order_id", "recipient_name", "giver_name", "words", "wrapping", "send_on", "language")
_WHERE = ("street", "postcode", "city", "region", "country", "language")


def with_gifts(lines: ibis.Table, gifts: ibis.Table, address: str) -> ibis.Table:
    """The lines with columns for `gift_of`; in those of gifts the columns of the address are the recipient's.

    `lines` has campaign, edition, customer_id, and the parts of an address under names that begin with `address`.
    """
    numbered = ibis.literal(EDITION) + gifts["gift_id"]
    told = {_GIFT + name: gifts[name] for name in dict.fromkeys((*_TOLD, *_WHERE))}
    known = gifts.select(given=numbered, giver="customer_id", **told)
    columns = lines.columns
    lines = lines.mutate(issue=lines["edition"].substr(lines["campaign"].length()))
    joined = lines.left_join(known, [("issue", "given"), ("customer_id", "giver")])
    theirs = {
        address + part: ibis.ifelse(joined["given"].notnull(), joined[_GIFT + part], joined[address + part])
        for part in _WHERE
    }
    return joined.select({name: joined[name] for name in columns} | theirs | {name: joined[name] for name in told})


def gift_of(row: Row) -> Gift | None:
    """The gift of such a line; None where it is none, or where no line of the plan is one."""
    if row.get(_GIFT + "gift_id") is None:
        return None
    told = {name: (row[_GIFT + name] or "") for name in _TOLD}
    return Gift(
        gift_id=told["gift_id"],
        order_id=told["order_id"],
        name=told["recipient_name"].strip(),
        giver=told["giver_name"].strip(),
        words=told["words"].strip(),
        language=told["language"].strip(),
        wrapping=told["wrapping"].strip(),
        send_on=row[_GIFT + "send_on"],
    )
