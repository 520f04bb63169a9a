"""Stream the plan's lines with all that their messages may say, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.plan.addresses import address_hash, address_of
from sitegen.data.checking.normal_forms import home_country
from sitegen.data.engine import Engine, Row
from sitegen.data.gifts import gift_of, with_gifts
from sitegen.data.members import membership, merge_values, segments_in, values_in
from sitegen.data.postal import lacking, postal_lines
from sitegen.model.channel import Channel
from sitegen.model.gift import EDITION
from sitegen.model.plan import Recipient
from sitegen.model.postal import Address
from sitegen.model.shop import Shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

BY_WIRE = (Channel.MAIL, Channel.TEXT)
_ADDRESS = "to "
_POSTAL = ("street", "postcode", "city", "region", "country")
_PARTS = ("email", "phone", *_POSTAL, "language")
_INWARD = 3
# Letters and digits at the end of a British postcode that belong to streets, not to the district: in YO1 7HH.


def recipients(
    engine: Engine, planned: ibis.Table, values: ibis.Table, members: ibis.Table, shop: Shop
) -> Iterator[Recipient]:
    """One recipient for each line of the plan, ordered by campaign, design, edition, channel, customer_id.

    Cards lie as the post sorts them instead: by campaign and design, then the shop's own country first and the others
    by their codes, then by postcode, city and street, and at last by customer_id and edition. So a stack of cards in
    the order of the records is a stack that is sorted already.

    `planned` has PLAN_COLUMNS, `values` the merge values and `members` the boolean columns of each customer. A
    customer without a language that the shop writes gets the shop's.
    """
    audiences = tuple(name for name, kind in members.schema().items() if kind.is_boolean())
    customers = engine.tables["customers"]
    line = ("campaign", "edition", "channel", "customer_id")
    lines = (
        planned.select(*line, "day", "reason", "leaves_at", design=planned["design"].fill_null(""))
        .left_join(values.select("customer_id", **merge_values(values)), "customer_id")
        .drop("customer_id_right")
        .left_join(members.select("customer_id", **membership(members, audiences)), "customer_id")
        .drop("customer_id_right")
        .left_join(customers.select("customer_id", **_addresses(customers)), "customer_id")
        .drop("customer_id_right")
    )
    if engine.count(planned.filter(planned["edition"].contains(EDITION))):
        lines = with_gifts(lines, engine.tables["gifts"], _ADDRESS)
    home = home_country(shop)
    for batch in engine.rows(lines.order_by("campaign", "design", *_order(lines, home))):
        for row in batch:
            yield _recipient(row, shop, home)


def _addresses(customers: ibis.Table) -> dict[str, ir.Value]:
    """What is written on a letter, and for each channel that goes by wire the hash that names its address."""
    parts: dict[str, ir.Value] = {_ADDRESS + part: customers[part] for part in _PARTS}
    # As somebody typed it, +49 (0)40 reaches nobody.
    parts |= {_ADDRESS + "phone": address_of(customers, Channel.TEXT)}
    hashes = {_ADDRESS + channel.value: address_hash(address_of(customers, channel)) for channel in BY_WIRE}
    return parts | hashes


def _order(lines: ibis.Table, home: str) -> tuple[ir.Value, ...]:
    """What orders the lines of a campaign and design. Only cards have anything in the first part of it."""
    posted = lines["channel"] == Channel.CARD.value
    country = lines[_ADDRESS + "country"].fill_null("").strip().upper()
    postal = (
        ibis.ifelse(country == home, "", country),
        *_postcode_order(lines[_ADDRESS + "postcode"], country),
        *(lines[_ADDRESS + part].fill_null("").strip() for part in ("city", "street")),
    )
    others = ibis.ifelse(posted, "", lines["edition"])
    stack = tuple(ibis.ifelse(posted, part, "") for part in postal)
    return others, lines["channel"], *stack, lines["customer_id"], lines["edition"]


def _postcode_order(postcode: ir.Value, country: ir.Value) -> tuple[ir.Value, ...]:
    """What orders postcodes: as text, however they were spaced; a number after letters as such: YO1 before YO10."""
    spelled = postcode.fill_null("").upper().re_replace("[^0-9A-Z]", "")
    # Some write SE-722 11 at home too.
    bare = ibis.ifelse(spelled.startswith(country), spelled.substr(country.length()), spelled)
    district = ibis.ifelse(country == "GB", bare.substr(0, ibis.greatest(bare.length() - _INWARD, 0)), bare)
    letters = district.re_extract("^([A-Z]*)", 1)
    number = district.re_extract("^[A-Z]+([0-9]*)", 1).lpad(12, "0")
    return letters, number, bare


def _recipient(row: Row, shop: Shop, home: str) -> Recipient:
    channel = Channel(row["channel"])
    language = row[_ADDRESS + "language"]
    gift = gift_of(row)
    posted = _posted(row) if channel is Channel.CARD else None
    return Recipient(
        customer_id=row["customer_id"],
        campaign=row["campaign"],
        edition=row["edition"],
        channel=channel,
        day=row["day"],
        reason=row["reason"],
        address=postal_lines(posted, home) if posted else _address(row, channel),
        language=language if language in shop.languages else shop.language,
        segments=frozenset() if gift else segments_in(row),
        values={} if gift else values_in(row),
        design=row["design"],
        postcode=posted.postcode if posted else "",
        country=posted.country if posted else "",
        lacks=lacking(posted) if posted else (),
        gift=gift,
        address_key=row.get(_ADDRESS + channel.value) or "",
        leaves_at=datetime.fromisoformat(row["leaves_at"]) if row["leaves_at"] else None,
    )


def _posted(row: Row) -> Address:
    parts = {part: (row[_ADDRESS + part] or "").strip() for part in _POSTAL}
    return Address(**parts | {"country": parts["country"].upper()})


def _address(row: Row, channel: Channel) -> str:
    """Where the channel goes, for those that go by wire; a page goes nowhere."""
    match channel:
        case Channel.MAIL:
            return row[_ADDRESS + "email"] or ""
        case Channel.TEXT:
            return row[_ADDRESS + "phone"] or ""
        case Channel.CARD | Channel.PAGE:
            return ""
