"""Ask the ledger whether an address wants silence, at the last moment before a message leaves."""

from __future__ import annotations

from sitegen.model.ledger import SUPPRESSIONS, Delivery, Scope
from sitegen.send.ledger import Ledger


def silenced(ledger: Ledger, delivery: Delivery) -> bool:
    """Whether nothing of its class may go to its address any more: somebody may have asked since the build."""
    found = ledger.connection.execute(
        f"SELECT 1 FROM {SUPPRESSIONS} "  # noqa: S608  a constant
        "WHERE channel = ? AND address_hash = ? AND scope IN (?, ?) LIMIT 1",
        (delivery.channel, delivery.address_key, Scope.ALL, delivery.message_class),
    ).fetchone()
    return found is not None
