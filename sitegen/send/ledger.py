"""Keep the ledger: one row for each address that an edition goes to, written before anything leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import DELIVERIES, Delivery, State

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS {DELIVERIES} (
  edition       TEXT NOT NULL,
  channel       TEXT NOT NULL,
  address_key   TEXT NOT NULL,
  customer_id   TEXT NOT NULL,
  campaign      TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ({", ".join(f"'{state}'" for state in State)})),
  day           TEXT NOT NULL,
  message_class TEXT NOT NULL CHECK (message_class IN ({", ".join(f"'{name}'" for name in MessageClass)})),
  design        TEXT NOT NULL DEFAULT '',
  claimed_at    TEXT NOT NULL,
  outcome       TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (edition, channel, address_key)
) STRICT, WITHOUT ROWID;
"""
"""Days and instants are ISO 8601 texts, so that they sort. The key makes a second claim impossible."""

_COLUMNS = (
    "campaign",
    "edition",
    "channel",
    "address_key",
    "customer_id",
    "state",
    "day",
    "message_class",
    "design",
    "claimed_at",
    "outcome",
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    connection: sqlite3.Connection


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open the ledger, and make it where there is none (mode 600, its folder 700).

    A row is on the disk when `record` returns: write-ahead log, synchronous FULL. Raises Unusable where the place
    can't be written or holds something else.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"the ledger '{path.name}' cannot be opened: {error}") from error
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(SCHEMA)
        except sqlite3.Error as error:
            raise Unusable(f"the ledger '{path.name}' cannot be opened: {error}") from error
        yield Ledger(connection)


@contextmanager
def at_once(ledger: Ledger) -> Iterator[None]:
    """Everything written inside stands on the disk together, or none of it: for thousands of rows."""
    ledger.connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        ledger.connection.execute("ROLLBACK")
        raise
    ledger.connection.execute("COMMIT")


def record(ledger: Ledger, delivery: Delivery) -> bool:
    """Write a delivery down, durably. False where this address already has the edition on this channel: then
    nothing is changed, and nothing may leave.
    """
    values = (*(str(getattr(delivery, name)) for name in _COLUMNS),)
    marks = ", ".join("?" * len(_COLUMNS))
    written = ledger.connection.execute(
        f"INSERT INTO {DELIVERIES} ({', '.join(_COLUMNS)}) VALUES ({marks}) "  # noqa: S608  constants
        "ON CONFLICT (edition, channel, address_key) DO NOTHING",
        values,
    )
    return written.rowcount == 1


def settle(ledger: Ledger, delivery: Delivery) -> None:
    """Change the state and the outcome of a delivery that is written down. KeyError where it is not."""
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET state = ?, outcome = ? "  # noqa: S608  a constant
        "WHERE edition = ? AND channel = ? AND address_key = ?",
        (delivery.state, delivery.outcome, delivery.edition, delivery.channel, delivery.address_key),
    )
    if changed.rowcount != 1:
        raise KeyError((delivery.edition, delivery.channel, delivery.address_key))


def forget(ledger: Ledger, customer_id: str) -> int:
    """Take a customer's id out of all their deliveries, whose keys stay, so that no address gets an edition twice.

    How many deliveries there were.
    """
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET customer_id = '', outcome = '' WHERE customer_id = ?",  # noqa: S608  a constant
        (customer_id,),
    )
    return changed.rowcount


def find(ledger: Ledger, edition: str, channel: Channel, address_key: str) -> Delivery | None:
    """What is written of an address in an edition, or None."""
    row = ledger.connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM {DELIVERIES} "  # noqa: S608  constants
        "WHERE edition = ? AND channel = ? AND address_key = ?",
        (edition, channel, address_key),
    ).fetchone()
    if row is None:
        return None
    written = dict(zip(_COLUMNS, row, strict=True))
    typed = {
        "channel": Channel(written["channel"]),
        "message_class": MessageClass(written["message_class"]),
        "state": State(written["state"]),
        "day": date.fromisoformat(written["day"]),
    }
    return Delivery(**(written | typed))
