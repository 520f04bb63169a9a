"""Let messages leave one after the other, each written down before it leaves and after it has been answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from sitegen.errors import Unusable
from sitegen.model.ledger import Answer, Delivery, Reason, Response, Scope, State, Suppression
from sitegen.send.deliveries import move
from sitegen.send.ledger import Ledger, respond, suppress
from sitegen.send.pace import Pace, Watch, backing_off
from sitegen.send.replies import Outcome
from sitegen.send.smtp import Envelope, Unreachable

FEW = 5
"""Failures that are no pattern yet."""
BUSY = 20
"""Messages that a server puts off in a row before we come again later."""
ATTEMPTS = 6
"""Connections that fail in a row before we give up: with the pauses between them about half a minute."""


class Post(Protocol):
    """Somebody who takes messages: see sitegen.send.smtp.Line."""

    def deliver(self, envelope: Envelope, claim: Callable[[], None]) -> Outcome:
        """Hand one message over; `claim` comes before the first byte of it."""
        ...

    def close(self) -> None:
        """Say goodbye."""
        ...


class End(Enum):
    """Why a round ended."""

    DONE = auto()
    INTERRUPTED = auto()
    BUSY = auto()
    FAILING = auto()


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery that waits, and what leaves for it."""

    delivery: Delivery
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run sends: `rate` messages a second, up to a share of `errors`.

    `alive` is called before each message and keeps the lease; `done` after each.
    """

    rate: float
    errors: float
    watch: Watch
    alive: Callable[[], None]
    done: Callable[[], None]


@dataclass(slots=True)
class Sending:
    """One run: its connection, which is opened when it is needed, and what has become of its messages so far.

    `tried` and `failed` count messages; `losses` connections that broke in a row.
    """

    ledger: Ledger
    connect: Callable[[], Post]
    terms: Terms
    pace: Pace = field(init=False)
    post: Post | None = None
    tried: int = 0
    failed: int = 0
    losses: int = 0
    last_failure: str = ""
    made: dict[State, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pace = Pace(self.terms.rate)

    def round(self, letters: Iterable[Letter]) -> End:
        """Let these leave until none is left, somebody asks to stop, or it makes no sense to go on.

        Raises Unusable where the server can't be reached or refuses us; whatever was answered is in the ledger.
        """
        put_off = 0
        for letter in letters:
            if self._wait(self.pace.pause(self.terms.watch.seconds())):
                return End.INTERRUPTED
            self.terms.alive()
            if self.post is None and not self._connected():
                return End.INTERRUPTED
            outcome = self._deliver(letter)
            self.terms.done()
            put_off = put_off + 1 if outcome.state is State.DEFERRED else 0
            if put_off >= BUSY:
                return End.BUSY
            if self.failed > max(FEW, self.terms.errors * self.tried):
                return End.FAILING
        return End.DONE

    def rest(self, rounds: int) -> bool:
        """Wait before asking again what the server has put off, longer each time; whether to stop instead.

        The server would hang up meanwhile, so we do.
        """
        self.close()
        return self._wait(30 * backing_off(rounds, self.terms.watch.jitter()))

    def close(self) -> None:
        """Say goodbye to the server."""
        if self.post is not None:
            self.post.close()
            self.post = None

    def _deliver(self, letter: Letter) -> Outcome:
        assert self.post
        held = [letter.delivery]

        def claim() -> None:
            at = self.terms.watch.now().isoformat(timespec="seconds")
            claimed = move(self.ledger, letter.delivery, State.CLAIMED, claimed_at=at)
            if claimed is None:
                raise Unusable("the ledger was changed by another run\nhint: sitegen send status")
            held[0] = claimed

        try:
            outcome = self.post.deliver(letter.envelope, claim)
        except BaseException:
            # Nobody waits for the answer any more. What was not claimed has not begun to leave.
            if held[0].state is State.CLAIMED:
                move(self.ledger, held[0], State.UNKNOWN, "the run was interrupted before the server's answer")
            raise
        self._settle(held[0], outcome)
        self.losses = self.losses + 1 if outcome.lost else 0
        if outcome.lost:
            self.close()
        return outcome

    def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        settled = move(self.ledger, delivery, outcome.state, outcome.said)
        assert settled, delivery.token
        self.tried += 1
        self.made[outcome.state] = self.made.get(outcome.state, 0) + 1
        if outcome.state in {State.REFUSED, State.UNKNOWN}:
            self.failed += 1
            self.last_failure = outcome.said
        if outcome.gone:
            self._remember_gone(delivery, outcome)

    def _remember_gone(self, delivery: Delivery, outcome: Outcome) -> None:
        """Nothing goes to a mailbox that is none; the next plan leaves it out."""
        day, said = self.terms.watch.now().date(), " ".join(outcome.said.split()[:2])
        suppress(
            self.ledger,
            Suppression(delivery.channel, delivery.address_key, Scope.ALL, Reason.BOUNCED, day, evidence=said),
        )
        respond(
            self.ledger,
            Response(delivery.campaign, delivery.customer_id, delivery.channel, Answer.BOUNCED, day, said),
        )

    def _connected(self) -> bool:
        """Open the connection, with longer and longer pauses where it was there before; False: somebody stopped us."""
        if self.losses and self._wait(backing_off(self.losses, self.terms.watch.jitter())):
            return False
        for failures in range(1, ATTEMPTS + 1):
            try:
                self.post = self.connect()
            except Unreachable:
                # A server that was never there is a mistake in site.yaml: nobody should wait for that to be told.
                if failures == ATTEMPTS or not self.tried:
                    raise
                if self._wait(backing_off(failures, self.terms.watch.jitter())):
                    return False
                self.terms.alive()
            else:
                return True
        return False

    def _wait(self, seconds: float) -> bool:
        return self.terms.watch.wait(seconds)
