"""Keep the ledger: what left, before it leaves; and what came back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import (
    CONSENTS,
    DELIVERIES,
    EDITIONS,
    LEASES,
    PERSONAL,
    PREFERENCES,
    RESPONSES,
    SUBMISSIONS,
    SUPPRESSIONS,
    Answer,
    Consent,
    Delivery,
    Form,
    Preference,
    Response,
    Scope,
    State,
    Submission,
    Suppression,
)

VERSION = 3
"""Of the schema, kept in SQLite's user_version; version 1 knew deliveries only, version 2 no word of the desk."""

_STATES = ", ".join(f"'{state}'" for state in State)
_CLASSES = ", ".join(f"'{name}'" for name in MessageClass)
_SCOPES = ", ".join(f"'{name}'" for name in Scope)
_ANSWERS = ", ".join(f"'{name}'" for name in Answer)
_FORMS = ", ".join(f"'{name}'" for name in Form)

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS {DELIVERIES} (
  edition       TEXT NOT NULL,
  channel       TEXT NOT NULL,
  address_key   TEXT NOT NULL,
  customer_id   TEXT NOT NULL,
  campaign      TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ({_STATES})),
  day           TEXT NOT NULL,
  message_class TEXT NOT NULL CHECK (message_class IN ({_CLASSES})),
  design        TEXT NOT NULL DEFAULT '',
  claimed_at    TEXT NOT NULL,
  outcome       TEXT NOT NULL DEFAULT '',
  token         TEXT NOT NULL DEFAULT '',
  content       TEXT NOT NULL DEFAULT '',
  leaves_at     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (edition, channel, address_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_by_token ON {DELIVERIES} (token);
CREATE TABLE IF NOT EXISTS {EDITIONS} (
  edition    TEXT NOT NULL,
  channel    TEXT NOT NULL,
  campaign   TEXT NOT NULL,
  audience   TEXT NOT NULL,
  candidates INTEGER NOT NULL,
  planned    INTEGER NOT NULL,
  excluded   TEXT NOT NULL,
  frozen_at  TEXT NOT NULL,
  host       TEXT NOT NULL,
  PRIMARY KEY (edition, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {LEASES} (
  name    TEXT NOT NULL PRIMARY KEY,
  host    TEXT NOT NULL,
  machine TEXT NOT NULL,
  until   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {SUPPRESSIONS} (
  channel      TEXT NOT NULL,
  address_hash TEXT NOT NULL,
  scope        TEXT NOT NULL CHECK (scope IN ({_SCOPES})),
  reason       TEXT NOT NULL,
  since        TEXT NOT NULL,
  evidence     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (channel, address_hash, scope)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {CONSENTS} (
  customer_id TEXT NOT NULL,
  channel     TEXT NOT NULL,
  purpose     TEXT NOT NULL CHECK (purpose IN ({_CLASSES})),
  at          TEXT NOT NULL,
  given       INTEGER NOT NULL CHECK (given IN (0, 1)),
  source      TEXT NOT NULL,
  wording     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (customer_id, channel, purpose, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {PREFERENCES} (
  customer_id TEXT NOT NULL,
  name        TEXT NOT NULL,
  at          TEXT NOT NULL,
  value       TEXT NOT NULL,
  PRIMARY KEY (customer_id, name, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {RESPONSES} (
  campaign    TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  channel     TEXT NOT NULL,
  answer      TEXT NOT NULL CHECK (answer IN ({_ANSWERS})),
  day         TEXT NOT NULL,
  evidence    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (campaign, customer_id, channel, answer)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {SUBMISSIONS} (
  number      TEXT NOT NULL PRIMARY KEY,
  form        TEXT NOT NULL CHECK (form IN ({_FORMS})),
  customer_id TEXT NOT NULL,
  campaign    TEXT NOT NULL,
  about       TEXT NOT NULL,
  fields      TEXT NOT NULL,
  at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
"""Days and instants are ISO 8601 texts, so that they sort; `excluded` and `fields` are JSON objects. The key of the
deliveries makes a second claim impossible. Consents and preferences are never overwritten: they are evidence."""

COLUMNS = tuple(field.name for field in fields(Delivery))
"""Of the deliveries, in the order in which `delivery_of` wants them."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    connection: sqlite3.Connection


@contextmanager
def open_ledger(path: Path, durable: bool = True) -> Iterator[Ledger]:
    """Open the ledger, and make it where there is none (mode 600, its folder 700).

    A row is on the disk when `record` returns: write-ahead log, synchronous FULL; a copy for a dry run need not be
    `durable`. Raises Unusable where the place can't be written or holds something else.
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
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
            _prepare(path, connection)
        except sqlite3.Error as error:
            raise Unusable(f"the ledger '{path.name}' cannot be opened: {error}") from error
        yield Ledger(connection)


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    """Bring the file to this version's schema, in one step: a second process that opens it waits."""
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        connection.execute("ROLLBACK")
        hint = "a newer sitegen wrote it: use that one, or name another ledger in site.yaml"
        raise Unusable(f"the ledger '{path.name}' cannot be opened: its version is {version}\nhint: {hint}")
    if version < VERSION:
        _renew(connection, version)
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _renew(connection: sqlite3.Connection, version: int) -> None:
    """Carry what an older version wrote into the present tables: then fewer words were allowed in some columns."""
    if version < 2:
        _carry(connection, DELIVERIES)
    _carry(connection, SUBMISSIONS)


def _carry(connection: sqlite3.Connection, table: str) -> None:
    old = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    if not old:
        return
    present = next(statement for statement in SCHEMA.split(";") if f"EXISTS {table} (" in statement)
    connection.execute(f"ALTER TABLE {table} RENAME TO former")
    connection.execute(present)
    known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
    kept = ", ".join(name for name in old if name in known)
    connection.execute(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM former")  # noqa: S608  constants
    connection.execute("DROP TABLE former")


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
    return _insert(ledger, DELIVERIES, asdict(delivery))


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
    """Delete what a customer said, and take their id out of all their deliveries.

    The keys of the deliveries stay, so that no address gets an edition twice, and so do the suppressions, which know
    hashes only. How many deliveries there were. One step: after a crash nothing is half forgotten.
    """
    # Without it SQLite leaves deleted words lying in the file.
    ledger.connection.execute("PRAGMA secure_delete = ON")
    with at_once(ledger):
        for table in PERSONAL:
            ledger.connection.execute(f"DELETE FROM {table} WHERE customer_id = ?", (customer_id,))  # noqa: S608  constants
        return _without_name(ledger, customer_id)


def _without_name(ledger: Ledger, customer_id: str) -> int:
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET customer_id = '', outcome = '' WHERE customer_id = ?",  # noqa: S608  a constant
        (customer_id,),
    )
    return changed.rowcount


def find(ledger: Ledger, edition: str, channel: Channel, address_key: str) -> Delivery | None:
    """What is written of an address in an edition, or None."""
    row = ledger.connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM {DELIVERIES} "  # noqa: S608  constants
        "WHERE edition = ? AND channel = ? AND address_key = ?",
        (edition, channel, address_key),
    ).fetchone()
    return None if row is None else delivery_of(row)


def delivery_of(row: tuple[Any, ...]) -> Delivery:
    """The delivery that a row of COLUMNS holds."""
    written: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    typed = {
        "channel": Channel(written["channel"]),
        "message_class": MessageClass(written["message_class"]),
        "state": State(written["state"]),
        "day": date.fromisoformat(written["day"]),
    }
    return Delivery(**(written | typed))


def suppress(ledger: Ledger, suppression: Suppression) -> bool:
    """Keep something from an address, durably. False where that stood there already; then nothing is changed."""
    return _insert(ledger, SUPPRESSIONS, asdict(suppression))


def consent(ledger: Ledger, consent: Consent) -> bool:
    """Write down what a customer allowed or took back. False where the very same stands there already."""
    return _insert(ledger, CONSENTS, asdict(consent) | {"given": int(consent.given)})


def prefer(ledger: Ledger, preference: Preference) -> bool:
    """Write down a wish. False where the very same stands there already."""
    return _insert(ledger, PREFERENCES, asdict(preference))


def respond(ledger: Ledger, response: Response) -> bool:
    """Write down what became of a campaign with a customer. False where that stood there already."""
    return _insert(ledger, RESPONSES, asdict(response))


def submit(ledger: Ledger, submission: Submission) -> bool:
    """Keep a filled form. False where its number stood there already."""
    written = json.dumps(dict(submission.fields), ensure_ascii=False, sort_keys=True)
    return _insert(ledger, SUBMISSIONS, asdict(submission) | {"fields": written})


def _insert(ledger: Ledger, table: str, values: dict[str, object]) -> bool:
    """A row of a table whose columns have the names of the values; False where its key is taken."""
    written = ledger.connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "  # noqa: S608  constants
        "ON CONFLICT DO NOTHING",
        tuple(value if isinstance(value, int) else str(value) for value in values.values()),
    )
    return written.rowcount == 1
