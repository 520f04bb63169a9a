"""Move deliveries from state to state, each move on the disk before the next thing happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen.model.channel import Channel
from sitegen.model.ledger import DELIVERIES, Delivery, State
from sitegen.send.ledger import COLUMNS, Ledger, delivery_of

WAITING = (State.PLANNED, State.DEFERRED)
"""States of what may leave in the next run."""
MOVES: Mapping[State, tuple[State, ...]] = {
    State.PLANNED: (State.CLAIMED, State.DEFERRED, State.REFUSED),
    State.DEFERRED: (State.CLAIMED, State.DEFERRED, State.REFUSED),
    State.CLAIMED: (State.ACCEPTED, State.DEFERRED, State.REFUSED, State.UNKNOWN),
    State.UNKNOWN: (State.ACCEPTED, State.PLANNED, State.REFUSED),
    State.ACCEPTED: (),
    State.REFUSED: (),
    State.PRINTED: (),
}
"""Where each state may lead. Only the operator leads out of `unknown` (`send reconcile`), and nothing out of what a
server has answered for good."""

_KEY = "edition = ? AND channel = ? AND address_key = ?"


def move(ledger: Ledger, delivery: Delivery, to: State, outcome: str = "", claimed_at: str = "") -> Delivery | None:
    """The delivery in its new state, durably; None where the ledger has it in a state from which nothing leads there.

    `claimed_at` is kept where none is given.
    """
    sources = [state for state, targets in MOVES.items() if to in targets]
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET state = ?, outcome = ?, claimed_at = ? "  # noqa: S608  constants
        f"WHERE {_KEY} AND state IN ({', '.join('?' * len(sources))})",
        (to, outcome, claimed_at or delivery.claimed_at, *_key(delivery), *sources),
    )
    if changed.rowcount != 1:
        return None
    return replace(delivery, state=to, outcome=outcome, claimed_at=claimed_at or delivery.claimed_at)


def give_up_claims(ledger: Ledger, channel: Channel) -> int:
    """What a run that died has claimed becomes unknown; how many. Only for whoever holds the lease."""
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET state = ?, outcome = ? WHERE channel = ? AND state = ?",  # noqa: S608  constants
        (State.UNKNOWN, "the run ended before the server's answer", channel, State.CLAIMED),
    )
    return changed.rowcount


def those_in(ledger: Ledger, campaign: str, channel: Channel, states: tuple[State, ...]) -> Iterator[Delivery]:
    """The campaign's deliveries in these states, by edition and customer; read the stream before changing any."""
    rows = ledger.connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM {DELIVERIES} "  # noqa: S608  constants
        f"WHERE campaign = ? AND channel = ? AND state IN ({', '.join('?' * len(states))}) "
        "ORDER BY edition, customer_id, address_key",
        (campaign, channel, *states),
    )
    return map(delivery_of, rows)


def _key(delivery: Delivery) -> tuple[str, Channel, str]:
    return delivery.edition, delivery.channel, delivery.address_key
