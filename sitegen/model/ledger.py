"""The words that the ledger's writer and its reader share: states, table, columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.model.channel import Channel, MessageClass

DELIVERIES = "deliveries"
"""The ledger's table. Its key is (edition, channel, address_key): one address gets an edition once."""

DELIVERY_TYPES: Mapping[str, str] = {
    "campaign": "string",
    "edition": "string",
    "channel": "string",
    "customer_id": "string",
    "day": "date",
    "message_class": "string",
    "design": "string",
}
"""What the plan needs to know of a delivery, with the engine's types; `design` is "" where it was no card."""

DELIVERY_COLUMNS = (*DELIVERY_TYPES,)
"""The names of these columns, in order."""


class State(StrEnum):
    """How far a delivery is. It is `claimed` on disk before the first byte leaves the house."""

    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    PRINTED = "printed"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"


DELIVERED = (State.CLAIMED, State.ACCEPTED, State.PRINTED, State.UNKNOWN)
"""States of what has left, or may have left: it never leaves again by itself."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message or card on its way. `address_key` is a hash of the normalised address, never the address.

    `day` is the planned day; `message_class` counts towards the caps; `design` is the card's, "" on other channels;
    `claimed_at` is ISO 8601 in UTC; `outcome` is the receiving server's answer.
    """

    campaign: str
    edition: str
    channel: Channel
    address_key: str
    customer_id: str
    state: State
    day: date
    message_class: MessageClass
    claimed_at: str
    design: str = ""
    outcome: str = ""
