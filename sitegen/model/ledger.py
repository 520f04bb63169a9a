"""The words that the ledger's writer and its reader share: states, table, columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.model.channel import Channel

DELIVERIES = "deliveries"
"""The ledger's table. Its key is (edition, channel, address_key): one address gets an edition once."""

DELIVERY_COLUMNS = ("campaign", "edition", "channel", "customer_id")
"""What the plan needs to know of a delivery."""


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

    `day` is the planned day; `claimed_at` is ISO 8601 in UTC; `outcome` is the receiving server's answer.
    """

    campaign: str
    edition: str
    channel: Channel
    address_key: str
    customer_id: str
    state: State
    day: date
    claimed_at: str
    outcome: str = ""
