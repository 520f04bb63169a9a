"""One sending at a time: a lock for this machine, and a lease in the ledger for all others."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.model.ledger import LEASES
from sitegen.send.ledger import Ledger, at_once

LASTS = timedelta(minutes=15)
"""How long a lease lives without being renewed: longer than any single answer of a server takes."""
RENEWED = timedelta(minutes=1)
NAME = "send"


@dataclass(frozen=True, slots=True)
class Machine:
    """Who sends: `id` is the same for this machine only, `name` is for people."""

    id: str
    name: str


@dataclass(slots=True)
class Lease:
    """The right to send, as long as it is renewed."""

    ledger: Ledger
    machine: Machine
    until: datetime

    def renew(self, now: datetime) -> None:
        """Live on for a while. Raises Unusable where another machine has taken the lease over."""
        if self.until - now > LASTS - RENEWED:
            return
        changed = self.ledger.connection.execute(
            f"UPDATE {LEASES} SET until = ? WHERE name = ? AND machine = ?",  # noqa: S608  a constant
            (_spelled(now + LASTS), NAME, self.machine.id),
        )
        if changed.rowcount != 1:
            raise Unusable("another machine has taken over the sending\nhint: sitegen send status")
        self.until = now + LASTS


@contextmanager
def flock(path: Path) -> Iterator[None]:
    """Hold the lock beside the ledger at `path`. Raises Unusable where another process of this machine holds it.

    The system lets go of it when the process ends, however that comes.
    """
    file = path.with_name(f"{path.name}.lock")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("w") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            hint = "wait until it has ended; `sitegen send status` says how far it is"
            raise Unusable(f"this shop is sending already\nhint: {hint}") from None
        yield


@contextmanager
def lease(ledger: Ledger, machine: Machine, now: datetime, take_over: bool = False) -> Iterator[Lease]:
    """Hold the ledger's lease. The caller holds the `flock`, so a lease of this machine is one of a run that died.

    Raises Unusable where another machine has it, and, unless this one is to `take_over`, where another machine's run
    ended without giving it back: that may be a copy of the ledger, and both would send.
    """
    with at_once(ledger):
        _refuse_strange(ledger, machine, now, take_over)
        ledger.connection.execute(
            f"INSERT OR REPLACE INTO {LEASES} (name, host, machine, until) VALUES (?, ?, ?, ?)",  # noqa: S608
            (NAME, machine.name, machine.id, _spelled(now + LASTS)),
        )
    try:
        yield Lease(ledger, machine, now + LASTS)
    finally:
        ledger.connection.execute(
            f"DELETE FROM {LEASES} WHERE name = ? AND machine = ?",  # noqa: S608  a constant
            (NAME, machine.id),
        )


def _refuse_strange(ledger: Ledger, machine: Machine, now: datetime, take_over: bool) -> None:
    row = ledger.connection.execute(
        f"SELECT host, machine, until FROM {LEASES} WHERE name = ?",  # noqa: S608  a constant
        (NAME,),
    ).fetchone()
    if row is None or row[1] == machine.id:
        return
    host, _, until = row
    if datetime.fromisoformat(until) > now:
        message = f"'{host}' is sending for this shop, with this ledger or the one that this is a copy of"
        raise Unusable(f"{message}\nhint: wait until it has ended; its lease runs until {until[:16]} UTC at least")
    if not take_over:
        message = f"a run on '{host}' ended without closing the ledger (its lease ran out at {until[:16]} UTC)"
        hint = f"where '{host}' sends no more, add --take-over; if this is a copy of its ledger, delete the copy"
        raise Unusable(f"{message}\nhint: {hint}")


def _spelled(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
