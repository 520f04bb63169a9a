"""Send one campaign's e-mails as they were built: frozen first, then let go one by one, at most once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sitegen.build.people import open_people
from sitegen.build.post.mails import writer
from sitegen.build.post.messages import Desk
from sitegen.build.post.outbox import Built
from sitegen.build.post.outgoing import Moment, Outgoing, Staying, due
from sitegen.errors import Exit, SitegenError, Unusable
from sitegen.model.channel import Channel
from sitegen.model.ledger import State
from sitegen.send.deliveries import give_up_claims
from sitegen.send.editions import Account, Stamp, accounts, freeze
from sitegen.send.lease import Lease, Machine, flock, lease
from sitegen.send.ledger import Ledger, open_ledger
from sitegen.send.pace import Watch
from sitegen.send.round import End, Post, Sending, Terms

ROUNDS = 4
"""How often a run asks a server that has put messages off."""


class NotSent(SitegenError):
    """Something that may not be sent."""

    exit_code = Exit.MESSAGE


@dataclass(frozen=True, slots=True)
class Run:
    """How to send. `connect` opens the way to the server, `sign` is what a message gets before it leaves.

    `ledger` keeps account; that of a dry run is a copy, which no crash needs to survive. `rate` and `errors` are as in
    site.yaml; with `take_over`, the lease of another machine whose run died is void.
    """

    ledger: Path
    machine: Machine
    watch: Watch
    connect: Callable[[], Post]
    sign: Callable[[bytes], bytes]
    rate: float
    errors: float
    take_over: bool = False
    dry: bool = False


@dataclass(slots=True)
class Report:
    """What a run did. `left_open`: deliveries that a run which died had claimed; they are unknown now.

    `frozen` names the editions that were taken into the ledger, `made` counts the answers of this run, `failure` is
    the last one that was none, `stopped` why the server was given up, and `accounts` say where everybody is now.
    """

    left_open: int = 0
    frozen: tuple[str, ...] = ()
    staying: Staying = field(default_factory=Staying)
    made: Mapping[State, int] = field(default_factory=dict)
    end: End = End.DONE
    failure: str = ""
    stopped: str = ""
    accounts: tuple[Account, ...] = ()


def send(desk: Desk, built: Built, run: Run) -> Report:
    """Send what waits of a campaign's editions; the report says what became of everybody.

    Raises Unusable where another run holds the ledger, or nothing can be sent at all. Whatever a server has answered
    is in the ledger then, and the next run goes on from there.
    """
    report, now = Report(), run.watch.now()
    with ExitStack() as kept:
        kept.enter_context(flock(run.ledger))
        ledger = kept.enter_context(open_ledger(run.ledger, durable=not run.dry))
        held = kept.enter_context(lease(ledger, run.machine, now, run.take_over))
        report.left_open = give_up_claims(ledger, Channel.MAIL)
        stamp = Stamp(built.campaign.id, Channel.MAIL, spelled(now), run.machine.name)
        report.frozen = freeze(ledger, built.deliveries(), built.excluded, stamp)
        total = sum(1 for _ in due(ledger, built, Moment.of(desk, now), report.staying))
        if total:
            _send(desk, built, run, (ledger, held), (report, total))
        report.accounts = accounts(ledger, built.campaign.id)
    return report


def spelled(instant: datetime) -> str:
    """An instant as the ledger keeps it."""
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def _send(desk: Desk, built: Built, run: Run, kept: tuple[Ledger, Lease], told: tuple[Report, int]) -> None:
    (ledger, held), (report, total) = kept, told
    people_of = open_people(desk.output.parent, desk.project, built.first, desk.order.database)
    with people_of as people, desk.progress.step("sending", total) as done:
        terms = Terms(run.rate, run.errors, run.watch, lambda: held.renew(run.watch.now()), done)
        sending = Sending(ledger, run.connect, terms)
        outgoing = Outgoing(desk, built, people, writer(desk, built.campaign), run.sign, run.watch.now)
        try:
            _rounds(sending, outgoing, report)
        except Unusable as error:
            if not sending.tried:
                raise
            report.stopped = str(error)
        finally:
            sending.close()
            report.made, report.failure = sending.made, sending.last_failure


def _rounds(sending: Sending, outgoing: Outgoing, report: Report) -> None:
    """Ask again for what the server has put off, a few times and ever later; the rest is for the next run."""
    moment = Moment.of(outgoing.desk, sending.terms.watch.now())
    for number in range(1, ROUNDS + 1):
        report.staying, put_off = Staying(), sending.made.get(State.DEFERRED, 0)
        rows = due(sending.ledger, outgoing.built, moment, report.staying)
        # Letters that are not asked for any more are put away before the customer file is closed.
        with closing(outgoing.letters(sending.ledger, rows, report.staying, sending.terms.done)) as letters:
            report.end = sending.round(letters)
        if report.end in {End.INTERRUPTED, End.FAILING} or sending.made.get(State.DEFERRED, 0) == put_off:
            return
        if number < ROUNDS and sending.rest(number):
            report.end = End.INTERRUPTED
            return
