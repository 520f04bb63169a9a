"""Clear up what became of messages whose answer was lost: by evidence, or by the owner's word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sitegen.errors import Unusable
from sitegen.model.channel import Channel
from sitegen.model.ledger import Delivery, State
from sitegen.send.deliveries import give_up_claims, move, those_in
from sitegen.send.evidence import in_log, in_maildir
from sitegen.send.lease import Machine, flock, lease
from sitegen.send.ledger import open_ledger

ALL = "all"
By: TypeAlias = tuple[Machine, datetime, bool]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where to look: logs of a Postfix, maildirs."""

    logs: tuple[Path, ...] = ()
    maildirs: tuple[Path, ...] = ()

    def find(self, tokens: Collection[str]) -> Mapping[str, str]:
        """How we know of each of these messages that a server has it; a log says most, so it has the last word."""
        found: dict[str, str] = {}
        for folder in self.maildirs:
            found |= in_maildir(folder, tokens)
        for log in self.logs:
            found |= in_log(log, tokens)
        return found


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner decides for what stays unknown: customers (or ALL) who get it once more, or nobody ever."""

    retry: frozenset[str] = frozenset()
    give_up: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was found, with its evidence; what is to leave again; what was given up; and what is still unknown."""

    found: tuple[Delivery, ...]
    again: tuple[Delivery, ...]
    given_up: tuple[Delivery, ...]
    unknown: tuple[Delivery, ...]


def reconcile(path: Path, campaign: str, sources: Sources, wish: Wish, by: By) -> Cleared:
    """Clear up the campaign's e-mails in the ledger at `path`; `by` is who does it, when, and
    whether the lease of another machine whose run died is void.

    Raises Unusable where a run is sending, or a customer who is to get it again is none whose mail is unknown.
    """
    with flock(path), open_ledger(path) as ledger, lease(ledger, *by):
        give_up_claims(ledger, Channel.MAIL)
        unknown = tuple(those_in(ledger, campaign, Channel.MAIL, (State.UNKNOWN,)))
        evidence = sources.find({one.token for one in unknown})
        left = [one for one in unknown if one.token not in evidence]
        _refuse_strangers(wish.retry, left)
        found, again, given_up, still = [], [], [], []
        for one in unknown:
            if one.token in evidence:
                found.append(move(ledger, one, State.ACCEPTED, evidence[one.token]))
            elif wish.retry & {ALL, one.customer_id}:
                again.append(move(ledger, one, State.PLANNED, "to leave again, as the owner decided"))
            elif wish.give_up:
                given_up.append(move(ledger, one, State.REFUSED, "given up: nobody knows whether it arrived"))
            else:
                still.append(one)
    return Cleared(*(tuple(one for one in part if one) for part in (found, again, given_up, still)))


def _refuse_strangers(retry: frozenset[str], unknown: list[Delivery]) -> None:
    strange = sorted(retry - {ALL} - {one.customer_id for one in unknown})
    if strange:
        hint = "sitegen send reconcile CAMPAIGN lists them"
        raise Unusable(f"no mail of unknown fate goes to '{strange[0]}'\nhint: {hint}")
