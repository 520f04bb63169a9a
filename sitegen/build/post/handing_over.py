"""Write into the ledger that a provider has a campaign's texts: from then on they count as sent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.build.post.outbox import Built
from sitegen.build.post.reconciling import By
from sitegen.build.post.sending import spelled
from sitegen.model.ledger import State
from sitegen.send.deliveries import move
from sitegen.send.editions import Account, Stamp, accounts, freeze
from sitegen.send.lease import flock, lease
from sitegen.send.ledger import at_once, find, open_ledger

SAID = "handed over to the provider"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many texts were written down now, how many had been before, and where everybody is."""

    new: int
    known: int
    accounts: tuple[Account, ...]


def hand_over(path: Path, built: Built, by: By) -> HandedOver:
    """Note every text of the build as accepted in the ledger at `path`; a second time changes nothing.

    `by` is as in `reconciling.reconcile`. Raises Unusable where a run is sending.
    """
    machine, now, _ = by
    with flock(path), open_ledger(path) as ledger, lease(ledger, *by):
        stamp = Stamp(built.campaign.id, built.channel, spelled(now), machine.name)
        freeze(ledger, built.deliveries(), built.excluded, stamp)
        new = known = 0
        with at_once(ledger):
            for one in built.deliveries():
                waiting = find(ledger, one.edition, one.channel, one.address_key)
                claimed = waiting and move(ledger, waiting, State.CLAIMED, claimed_at=spelled(now))
                if claimed:
                    move(ledger, claimed, State.ACCEPTED, SAID)
                    new += 1
                else:
                    known += 1
        return HandedOver(new, known, accounts(ledger, built.campaign.id))
