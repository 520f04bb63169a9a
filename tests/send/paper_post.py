"""A mail server in memory that does what a test wishes, and letters to give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.send.ledger import Ledger
from sitegen.send.pace import Watch
from sitegen.send.replies import Outcome
from sitegen.send.round import Letter, Terms
from sitegen.send.smtp import Envelope

NOON = datetime(2026, 9, 25, 10, tzinfo=UTC)


def delivery(number: int, edition: str = "wish/2026-09-25", **more: str) -> Delivery:
    """The number-th message of an edition, not yet sent."""
    return Delivery(
        campaign=edition.partition("/")[0],
        edition=edition,
        channel=Channel.MAIL,
        address_key=f"{number:064x}",
        customer_id=f"C-{number}",
        state=State.PLANNED,
        day=date(2026, 9, 25),
        message_class=MessageClass.CARE,
        claimed_at="",
        **{"token": f"t{number}", "content": "c" * 64, "leaves_at": "2026-09-25T07:00:00+00:00", **more},
    )


def letter(one: Delivery) -> Letter:
    """What leaves for a delivery; the recipient's address is its token's."""
    return Letter(
        one, Envelope(f"bounces+{one.token}@shop.example", f"{one.token}@mail.example", b"Subject: hi\r\n\r\n")
    )


@dataclass(slots=True)
class Clock:
    """A clock that only waiting moves, and that may be asked to stop after so many waits."""

    instant: datetime = NOON
    waits: list[float] = field(default_factory=list)
    stop_after: int = 1_000_000

    def wait(self, seconds: float) -> bool:
        """Wait, and say whether somebody asked to stop."""
        self.waits.append(seconds)
        self.instant += timedelta(seconds=seconds)
        return len(self.waits) > self.stop_after

    def seconds(self) -> float:
        """How long the clock has run."""
        return (self.instant - NOON).total_seconds()

    def watch(self) -> Watch:
        """The same for a run."""
        return Watch(lambda: self.instant, self.seconds, self.wait, lambda: 1.0)

    def terms(self, rate: float = 20, errors: float = 0.05) -> Terms:
        """How a run by this clock sends."""
        return Terms(rate, errors, self.watch(), lambda: None, lambda: None)


@dataclass(slots=True)
class PaperPost:
    """Takes each message with the next of its `answers`, and accepts once they have run out. `copies`: what it has."""

    answers: Iterator[Callable[[Envelope, Callable[[], None], list[str]], Outcome]]
    copies: list[str] = field(default_factory=list)
    closed: int = 0

    def deliver(self, envelope: Envelope, claim: Callable[[], None]) -> Outcome:
        """Take a message, or do what the test wishes."""
        return next(self.answers, accept)(envelope, claim, self.copies)

    def close(self) -> None:
        """Count the goodbyes."""
        self.closed += 1


def accept(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """Take it."""
    claim()
    copies.append(envelope.recipient)
    return Outcome(State.ACCEPTED, "250 2.0.0 Ok: queued as 4XyZ")


def refuse(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """There is no such mailbox."""
    return Outcome(State.REFUSED, "550 5.1.1 no such user", gone=True)


def refuse_words(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """The words are not liked, once they are all there."""
    claim()
    return Outcome(State.REFUSED, "554 5.7.1 we do not like it")


def put_off(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """Come again later."""
    return Outcome(State.DEFERRED, "450 4.2.0 greylisted")


def put_off_late(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """Come again later, said once the message is there."""
    claim()
    return Outcome(State.DEFERRED, "451 4.3.0 the disk is full")


def lose_before(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """The connection breaks before the message."""
    return Outcome(State.DEFERRED, "the connection was lost before the message", lost=True)


def lose_answer(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """The server has it, and its answer never comes."""
    claim()
    copies.append(envelope.recipient)
    return Outcome(State.UNKNOWN, "the connection was lost after the message", lost=True)


def lose_message(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
    """The connection breaks within the message."""
    claim()
    return Outcome(State.UNKNOWN, "the connection was lost after the message", lost=True)


def states(ledger: Ledger) -> dict[str, State]:
    """The state of each delivery in the ledger, by its token."""
    rows = ledger.connection.execute("SELECT token, state FROM deliveries ORDER BY token")
    return {token: State(state) for token, state in rows}
