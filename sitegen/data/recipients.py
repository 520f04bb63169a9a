"""Stream the plan's lines with all that their messages may say, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator

import ibis

from sitegen.data.engine import Engine, Row
from sitegen.data.members import membership, merge_values, segments_in, values_in
from sitegen.data.postal import Address, postal_lines
from sitegen.model.channel import Channel
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop

_ADDRESS = "to "
_PARTS = ("email", "phone", "street", "postcode", "city", "region", "country", "language")


def recipients(
    engine: Engine, planned: ibis.Table, values: ibis.Table, members: ibis.Table, shop: Shop
) -> Iterator[Recipient]:
    """One recipient for each line of the plan, ordered by campaign, design, edition, channel, customer_id.

    `planned` has PLAN_COLUMNS, `values` the merge values and `members` the boolean columns of each customer. A
    customer without a language that the shop writes gets the shop's.
    """
    audiences = tuple(name for name, kind in members.schema().items() if kind.is_boolean())
    customers = engine.tables["customers"]
    line = ("campaign", "edition", "channel", "customer_id")
    lines = (
        planned.select(*line, "day", "reason", design=planned["design"].fill_null(""))
        .left_join(values.select("customer_id", **merge_values(values)), "customer_id")
        .drop("customer_id_right")
        .left_join(members.select("customer_id", **membership(members, audiences)), "customer_id")
        .drop("customer_id_right")
        .left_join(customers.select("customer_id", **{_ADDRESS + part: part for part in _PARTS}), "customer_id")
        .drop("customer_id_right")
        .order_by("campaign", "design", *line[1:])
    )
    for batch in engine.rows(lines):
        for row in batch:
            yield _recipient(row, shop)


def _recipient(row: Row, shop: Shop) -> Recipient:
    channel = Channel(row["channel"])
    language = row[_ADDRESS + "language"]
    return Recipient(
        customer_id=row["customer_id"],
        campaign=row["campaign"],
        edition=row["edition"],
        channel=channel,
        day=row["day"],
        reason=row["reason"],
        address=_address(row, channel, shop),
        language=language if language in shop.languages else shop.language,
        segments=segments_in(row),
        values=values_in(row),
        design=row["design"],
    )


def _address(row: Row, channel: Channel, shop: Shop) -> str:
    """Where the channel goes; a page goes nowhere."""
    match channel:
        case Channel.MAIL:
            return row[_ADDRESS + "email"] or ""
        case Channel.TEXT:
            return row[_ADDRESS + "phone"] or ""
        case Channel.CARD:
            parts = {part: row[_ADDRESS + part] or "" for part in ("street", "postcode", "city", "region", "country")}
            return postal_lines(Address(**parts), shop.address.country)
        case Channel.PAGE:
            return ""
