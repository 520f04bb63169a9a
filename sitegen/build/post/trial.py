"""Send a campaign's e-mails to the shop itself, or to nobody: what it would be like."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.build.people import People, open_people
from sitegen.build.post.mails import writer
from sitegen.build.post.messages import Desk
from sitegen.build.post.outbox import Built
from sitegen.build.post.outgoing import LINES, plan_line
from sitegen.build.post.sending import Report, Run
from sitegen.data.recipients import recipients
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Purpose
from sitegen.model.ledger import Delivery, State
from sitegen.model.plan import Recipient
from sitegen.render.mail.compose import Variant, variant
from sitegen.render.mail.headers import usable_address
from sitegen.send.ledger import Ledger, open_ledger, record
from sitegen.send.replies import Outcome, told
from sitegen.send.return_path import return_path
from sitegen.send.round import Letter, Sending, Terms
from sitegen.send.smtp import Envelope

LEDGER = ".sitegen/test-ledger.sqlite"
"""What went to the shop itself is written down too, where no plan reads it."""
MOST = 12
"""Sample recipients: one for each variant of the campaign's readers, as long as there are not more."""
SHOWN = 5
"""Messages of which a dry run shows the head."""


@dataclass(frozen=True, slots=True)
class TrialTokens:
    """Tokens that nothing opens; each trial's messages have names of their own, for mailboxes drop what they know."""

    name: str

    def message(self, recipient: Recipient) -> str:
        """What names this one message."""
        return f"test{sha256(f'{self.name} {recipient.customer_id}'.encode()).hexdigest()[:24]}"

    def claim(self, purpose: Purpose, recipient: Recipient, message_class: MessageClass, about: str = "") -> str:  # noqa: ARG002 - nobody is told apart
        """The same word for every link."""
        return "test"


@dataclass(slots=True)
class Paper:
    """A server that only looks: it takes everything, and keeps the heads of the first messages."""

    heads: list[str] = field(default_factory=list)

    def deliver(self, envelope: Envelope, claim: Callable[[], None]) -> Outcome:
        """Take a message and throw it away."""
        claim()
        if len(self.heads) < SHOWN:
            head = envelope.content.partition(b"\r\n\r\n")[0].decode("ascii")
            subject = next(line for line in head.replace("\r\n ", " ").split("\r\n") if line.startswith("Subject: "))
            self.heads.append(f"{told(envelope.recipient)}  {subject.removeprefix('Subject: ')}")
        return Outcome(State.ACCEPTED, "a dry run")

    def close(self) -> None:
        """Nobody is there to say goodbye to."""


@contextmanager
def copy_of(ledger: Path) -> Iterator[Path]:
    """A copy of the ledger that goes when the dry run ends."""
    with TemporaryDirectory(prefix="sitegen-") as folder:
        copy = Path(folder) / ledger.name
        if ledger.exists():
            source = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)
            with closing(source), closing(sqlite3.connect(copy)) as target:
                source.backup(target)
        yield copy


def try_out(desk: Desk, built: Built, run: Run, to: str) -> Report:
    """Send one message of each variant to `to`, marked as a test; `run.ledger` is not the shop's own.

    Raises Mistakes (exit 6) where no mail can go to that address, Unusable as `sending.send` does.
    """
    address = usable_address(to)
    if address is None:
        hint = "write it like me@shop.example"
        raise Mistakes([Problem("", 0, 0, "bad-address", f"no e-mail can go to '{to}'", hint)], Exit.MESSAGE)
    with open_people(desk.output.parent, desk.project, built.first, desk.order.database) as people:
        samples = tuple(_samples(desk, built, people).values())
        with open_ledger(run.ledger) as ledger, desk.progress.step("sending", len(samples)) as done:
            sending = Sending(ledger, run.connect, Terms(run.rate, 1.0, run.watch, lambda: None, done))
            try:
                with closing(_letters(desk, built, run, (ledger, samples, address))) as letters:
                    end = sending.round(letters)
            finally:
                sending.close()
    return Report(made=sending.made, end=end, failure=sending.last_failure)


def _samples(desk: Desk, built: Built, people: People) -> dict[Variant, Recipient]:
    """The first recipient of each variant, in the order of the build."""
    table = people.engine.take("lines to try", LINES, (plan_line(built, row) for row in built.lines()))
    samples: dict[Variant, Recipient] = {}
    for line in recipients(people.engine, table, people.values, people.members, desk.project.shop):
        if len(samples) < MOST and usable_address(line.address):
            samples.setdefault(variant(built.campaign, line), line)
    return samples


def _letters(
    desk: Desk, built: Built, run: Run, to: tuple[Ledger, tuple[Recipient, ...], str]
) -> Generator[Letter, None, None]:
    ledger, samples, address = to
    at = run.watch.now().isoformat()
    tokens = TrialTokens(at)
    write = writer(desk, built.campaign, tokens)
    for line in samples:
        content = _marked(write.write(replace(line, address=address)).content)
        delivery = Delivery(
            campaign=built.campaign.id,
            edition=f"{line.edition} test {at}",
            channel=Channel.MAIL,
            address_key=line.address_key,
            customer_id=line.customer_id,
            state=State.PLANNED,
            day=line.day,
            message_class=built.campaign.message_class,
            claimed_at="",
            token=tokens.message(line),
            content=sha256(content).hexdigest(),
        )
        record(ledger, delivery)
        yield Letter(
            delivery, Envelope(return_path(desk.project.shop.sender, delivery.token), address, run.sign(content))
        )


def _marked(content: bytes) -> bytes:
    return content.replace(b"\r\nSubject: ", b"\r\nSubject: [test] ", 1)
