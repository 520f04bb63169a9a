"""Make the messages again that wait to leave, and let through only what was built and may still go."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import ibis

from sitegen.build.people import People
from sitegen.build.plan import make_plan
from sitegen.build.post.awake import awake
from sitegen.build.post.mails import Writer
from sitegen.build.post.messages import Desk
from sitegen.build.post.outbox import Built
from sitegen.data.recipients import recipients
from sitegen.errors import Mistakes
from sitegen.model.channel import Channel
from sitegen.model.plan import Recipient
from sitegen.render.mail.headers import usable_address
from sitegen.render.merge import NoValue
from sitegen.send.deliveries import WAITING
from sitegen.send.ledger import Ledger, find
from sitegen.send.return_path import return_path
from sitegen.send.round import Letter
from sitegen.send.silence import silenced
from sitegen.send.smtp import Envelope

FROM_WHAT_LEFT = ("already-sent", "duplicate-address", "capped")
"""Why a plan leaves somebody out once part of an edition has left: no reason against the rest of it."""
LINES = {
    "campaign": "string",
    "edition": "string",
    "channel": "string",
    "customer_id": "string",
    "day": "date",
    "reason": "string",
    "design": "string",
    "leaves_at": "string",
}
"""What the engine must know of a line of the plan, to make its message again."""
PART = 2000
"""Messages that are made from one look at the clocks of their readers."""
TOLD = 5
"""Customers who are named where messages are held back."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why one message is kept back. `wished`: because its customer wants it so."""

    why: str
    wished: bool = False


AGAIN = "build again"
MOVED = Stop(f"their address is not what it was in the build; {AGAIN}")
UNMADE = Stop(f"they can't be made any more as they were built; {AGAIN}")
OTHER = Stop(f"they would not be what was built and looked at; {AGAIN}")
SILENCED = Stop("since the build: nothing may go to this address any more", wished=True)


@dataclass(slots=True)
class Held:
    """Messages that stay for one reason, and the first few customers of them.

    `wished`: the customers want it so; else somebody must mend something.
    """

    wished: bool
    number: int = 0
    customers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Staying:
    """What does not leave in this run: `later` leave by themselves, from `from_then` on (ISO 8601 in UTC)."""

    later: int = 0
    from_then: str = ""
    held: dict[str, Held] = field(default_factory=dict)

    def wait(self, number: int, leaves_at: str) -> None:
        """So many more leave later."""
        self.later += number
        self.from_then = min(self.from_then or leaves_at, leaves_at)

    def hold(self, customer_id: str, stop: Stop) -> None:
        """One more is kept back."""
        held = self.held.setdefault(stop.why, Held(stop.wished))
        held.number += 1
        if len(held.customers) < TOLD:
            held.customers.append(customer_id)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run looks at what waits: the instant, and the first day that is not too long ago."""

    now: datetime
    earliest: date
    catch_up: int

    @classmethod
    def of(cls, desk: Desk, now: datetime) -> Moment:
        """The moment by the shop's clock."""
        shop = desk.project.shop
        today = now.astimezone(ZoneInfo(shop.timezone)).date()
        return cls(now, today - timedelta(days=shop.catch_up), shop.catch_up)


def due(ledger: Ledger, built: Built, moment: Moment, staying: Staying) -> Iterator[Mapping[str, Any]]:
    """The built lines that wait and may leave now, in the order of the build; the others are noted as `staying`."""
    for row in built.lines():
        delivery = find(ledger, row["edition"], built.channel, row["address_key"])
        if delivery is None or delivery.state not in WAITING:
            continue
        if delivery.day < moment.earliest:
            days = f"{moment.catch_up} day" + ("s" if moment.catch_up != 1 else "")
            staying.hold(row["customer_id"], Stop(f"they were due more than {days} ago ('catch_up' in site.yaml)"))
        elif datetime.fromisoformat(delivery.leaves_at) > moment.now:
            staying.wait(1, delivery.leaves_at)
        else:
            yield row


@dataclass(slots=True)
class Outgoing:
    """What one run sends: the opened shop, and what a message gets before it leaves."""

    desk: Desk
    built: Built
    people: People
    writer: Writer
    sign: Callable[[bytes], bytes]
    now: Callable[[], datetime]
    _barred: Mapping[tuple[str, str], str] | None = None

    def letters(
        self, ledger: Ledger, rows: Iterator[Mapping[str, Any]], staying: Staying, done: Callable[[], None]
    ) -> Generator[Letter, None, None]:
        """A letter for each of these lines that is still what was built; the others are noted as `staying`."""
        engine = self.people.engine
        table = engine.take("lines to send", LINES, (plan_line(self.built, row) for row in rows))
        try:
            barred = self._obstacles(table)
            with closing(self._awake(table, staying)) as lines:
                for line in lines:
                    made = self._letter(ledger, line, barred)
                    if isinstance(made, Letter):
                        yield made
                    else:
                        staying.hold(line.customer_id, made)
                        done()
        finally:
            engine.drop(table)

    def _awake(self, table: ibis.Table, staying: Staying) -> Generator[Recipient, None, None]:
        """The recipients with whom it is not quiet, looked at again every few minutes: a run may last until night."""
        people, shop = self.people, self.desk.project.shop
        total = people.engine.count(table)
        for start in range(0, total, PART):
            part = table.order_by("edition", "customer_id").limit(PART, offset=start)
            kept = people.engine.keep("part to send", part)
            try:
                now = awake(people.engine, kept, Channel.MAIL, shop, self.now())
                if now.later:
                    staying.wait(now.later, now.from_then)
                yield from recipients(people.engine, now.lines, people.values, people.members, shop)
            finally:
                people.engine.drop(kept)

    def _letter(self, ledger: Ledger, line: Recipient, barred: Mapping[tuple[str, str], str]) -> Letter | Stop:
        """The letter, or why it may not leave."""
        if why := barred.get((line.edition, line.customer_id)):
            return Stop(f"since the build: {why}", wished=True)
        delivery = find(ledger, line.edition, Channel.MAIL, line.address_key)
        address = usable_address(line.address)
        if delivery is None or delivery.customer_id != line.customer_id or address is None:
            return MOVED
        if silenced(ledger, delivery):
            return SILENCED
        try:
            content = self.writer.write(line).content
        except (Mistakes, NoValue):
            return UNMADE
        if sha256(content).hexdigest() != delivery.content:
            return OTHER
        sender = return_path(self.desk.project.shop.sender, delivery.token)
        return Letter(delivery, Envelope(sender, address, self.sign(content)))

    def _obstacles(self, table: ibis.Table) -> Mapping[tuple[str, str], str]:
        """Whom a plan of the same days would leave out now, and why: wishes that came since the build."""
        if self._barred is None:
            project = replace(self.desk.project, campaigns=(self.built.campaign,))
            root, engine = self.desk.output.parent, self.people.engine
            excluded = make_plan(root, project, self.people, self.built.first, self.built.last).excluded
            against = excluded.filter(
                excluded["channel"] == Channel.MAIL.value, excluded["code"].notin(FROM_WHAT_LEFT)
            ).semi_join(table, ["edition", "customer_id"])
            self._barred = {(row["edition"], row["customer_id"]): row["reason"] for row in engine.ask(against)}
        return self._barred


def plan_line(built: Built, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A line of the build as the plan had it, for a table of LINES."""
    day = date.fromisoformat(row["day"])
    who = (built.campaign.id, row["edition"], built.channel.value, row["customer_id"])
    return *who, day, row["reason"], "", row["leaves_at"]
