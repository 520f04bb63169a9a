"""Give each line that goes by wire the instant at which it leaves, when it is quiet nowhere where the reader may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa

from sitegen.audience.calendar.due import Due
from sitegen.audience.calendar.quiet import leaves_at
from sitegen.model.channel import Channel
from sitegen.model.quiet_hours import BY_WIRE
from sitegen.model.shop import Shop

TIME_ZONES = "time zones"
"""A column that the data room adds to the customers: the names of all zones in which each one may be, by spaces."""

INSTANT = {"of zones": "string", "of channel": "string", "of day": "date", "leaves_at": "string"}
"""When a message of a day leaves by a channel for somebody in these zones: ISO 8601 in UTC, null where never."""

NEVER = "it is quiet at theirs on every day at every hour"


def instants(due: Due, zones: Iterable[str], shop: Shop) -> ibis.Table:
    """A table of INSTANT for all days and channels that are due and for all texts that stand in TIME_ZONES."""
    wired = {(slot.channel, slot.day) for _, slots in due for slot in slots if slot.channel in BY_WIRE}
    texts = sorted({*zones, shop.timezone})
    rows = [_row(channel, day, text, shop) for channel, day in sorted(wired) for text in texts]
    schema = ibis.schema(INSTANT)
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()), schema=schema)


def _row(channel: Channel, day: date, text: str, shop: Shop) -> dict[str, object]:
    zones = tuple(ZoneInfo(name) for name in text.split(" "))
    instant = leaves_at(day, zones, shop.quiet(channel), ZoneInfo(shop.timezone))
    told = instant and f"{instant:%Y-%m-%dT%H:%M:%SZ}"
    return dict(zip(INSTANT, (text, channel.value, day, told), strict=True))


def with_leaving(table: ibis.Table, times: ibis.Table, home: str) -> ibis.Table:
    """The lines with `leaves_at`, null on cards and where it is quiet for ever.

    Of whom nobody knows where they are, and where the customers have no TIME_ZONES, the shop's own zone (`home`) holds.
    """
    known = table[TIME_ZONES] if TIME_ZONES in table.columns else ibis.null("string")
    placed = table.mutate(**{TIME_ZONES: known.fill_null(home)})
    keys = [(TIME_ZONES, "of zones"), ("channel", "of channel"), ("day", "of day")]
    return placed.left_join(times, keys).drop(TIME_ZONES, "of zones", "of channel", "of day")
