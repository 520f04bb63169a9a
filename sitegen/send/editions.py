"""Freeze an edition's audience into the ledger, and account for everybody in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.channel import Channel
from sitegen.model.ledger import DELIVERIES, EDITIONS, Delivery, Edition, State
from sitegen.send.deliveries import WAITING
from sitegen.send.ledger import COLUMNS, Ledger, at_once

SENT = "already-sent"
"""Why a plan leaves out whom the edition has reached."""
SUPPRESSED = "suppressed"
"""Why it leaves out whom nothing may reach any more."""
EMPTY = hashlib.sha256().hexdigest()

Excluded: TypeAlias = Mapping[str, Mapping[str, int]]

_BUILT = "built"
_NAMES = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose editions are frozen on which channel, when and by which machine; `at` is ISO 8601 in UTC."""

    campaign: str
    channel: Channel
    at: str
    host: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where everybody of an edition is: `states` and `excluded` add up to the edition's candidates."""

    edition: Edition
    states: Mapping[State, int]

    @property
    def balanced(self) -> bool:
        """Whether nobody is missing, and nobody counted twice."""
        return sum(self.states.values()) + sum(self.edition.excluded.values()) == self.edition.candidates


def freeze(ledger: Ledger, built: Iterable[Delivery], excluded: Excluded, stamp: Stamp) -> tuple[str, ...]:
    """Take the audiences of a campaign's editions into the ledger, all or none: the names of those that are new there.

    `built` holds what was built, all `planned`; `excluded` all its editions, with how many were left
    out of each, by code. An edition that stands there just so stays. Of one that was built anew, what has left stays
    as it is, and what waits is replaced: the new build may have mended words, or left somebody out.
    Raises Mistakes (exit 6) where an edition has one address twice.
    """
    connection = ledger.connection
    connection.execute(f"CREATE TEMP TABLE {_BUILT} AS SELECT * FROM {DELIVERIES} WHERE 0")  # noqa: S608
    try:
        with at_once(ledger):
            places = ", ".join("?" * len(COLUMNS))
            rows = (tuple(str(getattr(one, column)) for column in COLUMNS) for one in built)
            connection.executemany(f"INSERT INTO {_BUILT} ({_NAMES}) VALUES ({places})", rows)  # noqa: S608  constants
            _refuse_twins(ledger)
            digests = _digests(ledger)
            names = sorted(excluded.keys() | digests.keys())
            return tuple(
                name
                for name in names
                if _frozen_anew(ledger, name, digests.get(name, EMPTY), excluded.get(name, {}), stamp)
            )
    finally:
        connection.execute(f"DROP TABLE temp.{_BUILT}")


def find(ledger: Ledger, edition: str, channel: Channel) -> Edition | None:
    """The frozen edition, None where none of that name was taken into the ledger."""
    row = ledger.connection.execute(
        f"SELECT * FROM {EDITIONS} WHERE edition = ? AND channel = ?",  # noqa: S608  a constant
        (edition, channel),
    ).fetchone()
    return None if row is None else _edition(row)


def accounts(ledger: Ledger, campaign: str = "") -> tuple[Account, ...]:
    """Where everybody is, for each frozen edition of a campaign, or of all where none is named."""
    rows = ledger.connection.execute(
        f"SELECT * FROM {EDITIONS} WHERE campaign = ? OR ? = '' ORDER BY campaign, edition, channel",  # noqa: S608
        (campaign, campaign),
    ).fetchall()
    found = (_edition(row) for row in rows)
    return tuple(Account(one, _states(ledger, one.edition, one.channel)) for one in found)


def _states(ledger: Ledger, edition: str, channel: Channel) -> Mapping[State, int]:
    rows = ledger.connection.execute(
        f"SELECT state, count(*) FROM {DELIVERIES} WHERE edition = ? AND channel = ? GROUP BY state",  # noqa: S608
        (edition, channel),
    ).fetchall()
    counts = {State(state): number for state, number in rows}
    return {state: counts[state] for state in State if state in counts}


def _refuse_twins(ledger: Ledger) -> None:
    twins = ledger.connection.execute(
        f"SELECT edition, min(customer_id), max(customer_id) FROM {_BUILT} "  # noqa: S608  a constant
        "GROUP BY edition, address_key HAVING count(*) > 1 ORDER BY 1, 2 LIMIT 10"
    ).fetchall()
    if twins:
        hint = "build again; if that does not help, this is a bug in sitegen"
        raise Mistakes(
            [
                Problem("", 0, 0, "address-twice", f"'{edition}' goes to '{one}' and '{other}' at one address", hint)
                for edition, one, other in twins
            ],
            Exit.MESSAGE,
        )


def _digests(ledger: Ledger) -> Mapping[str, str]:
    """SHA-256 over address, content and instant of each edition's deliveries, in the order of the build."""
    rows = ledger.connection.execute(
        f"SELECT edition, address_key, content, leaves_at FROM {_BUILT} ORDER BY edition, rowid"  # noqa: S608
    )
    digests: dict[str, str] = {}
    for edition, lines in groupby(rows, key=lambda row: str(row[0])):
        said = hashlib.sha256()
        for _, *parts in lines:
            said.update(f"{' '.join(parts)}\n".encode())
        digests[edition] = said.hexdigest()
    return digests


def _frozen_anew(ledger: Ledger, name: str, digest: str, excluded: Mapping[str, int], stamp: Stamp) -> bool:
    """Whether the edition stood there otherwise, or not at all; it stands there so now."""
    standing = find(ledger, name, stamp.channel)
    if standing is not None and standing.audience == digest:
        return False
    execute = ledger.connection.execute
    execute(
        f"DELETE FROM {DELIVERIES} WHERE edition = ? AND channel = ? AND state IN (?, ?)",  # noqa: S608  constants
        (name, stamp.channel, *WAITING),
    )
    execute(
        f"INSERT INTO {DELIVERIES} ({_NAMES}) SELECT {_NAMES} FROM {_BUILT} WHERE edition = ? "  # noqa: S608
        "ON CONFLICT DO NOTHING",
        (name,),
    )
    planned = sum(_states(ledger, name, stamp.channel).values())
    _write(ledger, name, (digest, planned, _others(ledger, name, excluded, stamp)), stamp)
    return True


def _others(ledger: Ledger, name: str, excluded: Mapping[str, int], stamp: Stamp) -> Mapping[str, int]:
    """Who was left out and does not stand among the deliveries: whom a former build planned would count twice.

    That is whoever has the edition already, and who is suppressed because the server refused it.
    """
    (refused,) = ledger.connection.execute(
        f"SELECT count(*) FROM {DELIVERIES} WHERE edition = ? AND channel = ? AND state = ? "  # noqa: S608  constants
        f"AND address_key NOT IN (SELECT address_key FROM {_BUILT} WHERE edition = ?)",
        (name, stamp.channel, State.REFUSED, name),
    ).fetchone()
    twice = {SENT: excluded.get(SENT, 0), SUPPRESSED: min(refused, excluded.get(SUPPRESSED, 0))}
    left = {code: number - twice.get(code, 0) for code, number in excluded.items()}
    return {code: number for code, number in left.items() if number}


def _write(ledger: Ledger, name: str, counted: tuple[str, int, Mapping[str, int]], stamp: Stamp) -> None:
    digest, planned, excluded = counted
    ledger.connection.execute(
        f"INSERT OR REPLACE INTO {EDITIONS} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  a constant
        (
            name,
            stamp.channel,
            stamp.campaign,
            digest,
            planned + sum(excluded.values()),
            planned,
            json.dumps(dict(excluded), sort_keys=True),
            stamp.at,
            stamp.host,
        ),
    )


def _edition(row: tuple[str, ...]) -> Edition:
    name, channel, campaign, audience, candidates, planned, excluded, frozen_at, host = row
    return Edition(
        edition=name,
        channel=Channel(channel),
        campaign=campaign,
        audience=audience,
        candidates=int(candidates),
        planned=int(planned),
        excluded=json.loads(excluded),
        frozen_at=frozen_at,
        host=host,
    )
