"""Write into the ledger what a mailbox says about our messages, each thing once however often it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from sitegen.model.ledger import DELIVERIES, Answer, Delivery, Reason, Response, Scope, State, Suppression
from sitegen.send.ledger import COLUMNS, Ledger, at_once, delivery_of, respond, suppress
from sitegen.send.mailbox_message import Bounce, Complaint, Understood, Unknown, Unsubscription, Verdict
from sitegen.send.receiver.withdrawal import Heard, complain, unsubscribe

OFTEN, WITHIN = 3, timedelta(days=30)
"""So many messages that came back, sent within so many days, are an address that can't be reached."""
CAME_BACK, TURNED_AWAY = "; came back", "; turned away"
"""What is added to the outcome of a delivery that returned; the second says nothing about its address."""


class Effect(StrEnum):
    """What a mail changed."""

    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complaints"
    UNREACHABLE = "addresses that cannot be reached"
    CAME_BACK = "came back for now"
    TURNED_AWAY = "turned away by filters or rules"
    KNOWN = "known already"
    NOTHING = "say nothing about our messages"


@dataclass(frozen=True, slots=True)
class Reading:
    """When the mailbox was read: ISO 8601 in UTC, and the shop's own day."""

    at: str
    day: date

    def heard(self, how: str) -> Heard:
        """As evidence."""
        return Heard(self.at, self.day, "mail", f"{how}, {self.at}")


def write_down(ledger: Ledger, understood: Understood, reading: Reading) -> Effect:
    """Write down what a mail says. One that names no message of ours changes nothing."""
    if isinstance(understood, Unknown):
        return Effect.NOTHING
    delivery = next(filter(None, (_delivery(ledger, token) for token in understood.tokens)), None)
    if delivery is None:
        return Effect.NOTHING
    match understood:
        case Unsubscription():
            new = unsubscribe(ledger, delivery, reading.heard(f"mail that unsubscribes, {delivery.edition}"))
            return Effect.UNSUBSCRIBED if new else Effect.KNOWN
        case Complaint(kind=kind):
            new = complain(ledger, delivery, reading.heard(f"feedback '{kind}', {delivery.edition}"))
            return Effect.COMPLAINED if new else Effect.KNOWN
        case Bounce():
            return _bounced(ledger, delivery, understood, reading)
        case _:
            assert_never(understood)


def _delivery(ledger: Ledger, token: str) -> Delivery | None:
    """The delivery of a token that left the house: nobody outside can know another's."""
    row = ledger.connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM {DELIVERIES} WHERE token = ? AND token <> '' AND state <> ?",  # noqa: S608
        (token, State.PLANNED.value),
    ).fetchone()
    return delivery_of(row) if row else None


def _bounced(ledger: Ledger, delivery: Delivery, bounce: Bounce, reading: Reading) -> Effect:
    said = bounce.status or "without a code"
    with at_once(ledger):
        new = _mark(ledger, delivery, TURNED_AWAY if bounce.verdict is Verdict.OURS else CAME_BACK, said)
        if new and delivery.customer_id:
            answer = Response(
                delivery.campaign, delivery.customer_id, delivery.channel, Answer.BOUNCED, reading.day, said
            )
            respond(ledger, answer)
        if bounce.verdict is Verdict.OURS:
            return Effect.TURNED_AWAY if new else Effect.KNOWN
        gone = bounce.verdict is Verdict.GONE
        if not gone and not too_often(_days(ledger, delivery)):
            return Effect.CAME_BACK if new else Effect.KNOWN
        evidence = f"{said}, {delivery.edition}" if gone else f"{OFTEN} in {WITHIN.days} days, last {said}"
        suppression = Suppression(
            delivery.channel, delivery.address_key, Scope.ALL, Reason.BOUNCED, reading.day, evidence
        )
        return Effect.UNREACHABLE if suppress(ledger, suppression) else Effect.KNOWN


def too_often(days: Sequence[date]) -> bool:
    """Whether OFTEN of these days lie WITHIN one another."""
    ordered = sorted(days)
    return any(last - first < WITHIN for first, last in zip(ordered, ordered[OFTEN - 1 :], strict=False))


def _mark(ledger: Ledger, delivery: Delivery, mark: str, said: str) -> bool:
    """Add a mark to the outcome; False where it stands there already."""
    changed = ledger.connection.execute(
        f"UPDATE {DELIVERIES} SET outcome = outcome || ? "  # noqa: S608  a constant
        "WHERE edition = ? AND channel = ? AND address_key = ? AND instr(outcome, ?) = 0",
        (f"{mark} {said}", delivery.edition, delivery.channel.value, delivery.address_key, mark),
    )
    return changed.rowcount == 1


def _days(ledger: Ledger, delivery: Delivery) -> list[date]:
    """The planned days of all that came back from this address."""
    rows = ledger.connection.execute(
        f"SELECT day FROM {DELIVERIES} WHERE channel = ? AND address_key = ? AND instr(outcome, ?) > 0",  # noqa: S608
        (delivery.channel.value, delivery.address_key, CAME_BACK),
    )
    return [date.fromisoformat(day) for (day,) in rows]
