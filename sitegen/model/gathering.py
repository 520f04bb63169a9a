"""Gatherings to which customers are invited: what holds for all of them, and one with its chairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sitegen.model.event import Event
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Ideas:
    """What becomes of customers' ideas: looked at within so many days; `poll` is the survey by which they get votes.

    Source: "collect the VIP activities they most want".
    """

    within: int = 60
    poll: str = ""


@dataclass(frozen=True, slots=True)
class Gatherings:
    """What holds for all gatherings.

    `least` VIP gatherings a year: "VIP gatherings at least four times a year". `audience` is who is invited to them.
    An answer counts until `answer_until` days before, and brings `party` people at most, who answers included. Who
    comes is reminded on each of `reminders`, in days before, the earliest first. `themes` are words for the themes of
    the customer file's events.
    """

    place: Place
    least: int = 4
    audience: str = EVERYONE
    audience_place: Place = field(default=Place(""))
    answer_until: int = 0
    party: int = 2
    reminders: tuple[int, ...] = ()
    ideas: Ideas = field(default_factory=Ideas)
    themes: Mapping[str, str] = field(default_factory=dict)

    def closes_on(self, day: date) -> date:
        """The last day on which an answer to an event of that day counts."""
        return day - timedelta(days=self.answer_until)

    def reminders_of(self, day: date) -> tuple[date, ...]:
        """The days on which the guests of an event of that day are reminded."""
        return tuple(day - timedelta(days=before) for before in self.reminders)


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event of the customer file with its guests; what the file doesn't say is None.

    `coming` counts people who said yes and have a chair, `waiting` people who said yes when no chair was left;
    `starts_at` goes by the shop's clock; `speaker_id` is the customer who speaks.
    """

    id: str
    title: str
    starts_at: datetime
    theme: str | None = None
    store_id: str | None = None
    place: str | None = None
    vip: bool | None = None
    sales: bool | None = None
    seats: int | None = None
    speaker_id: str | None = None
    coming: int = 0
    waiting: int = 0

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.starts_at.date()

    @property
    def places_left(self) -> int | None:
        """Chairs that nobody has: None where they are not counted, 0 while somebody waits for one."""
        if self.seats is None:
            return None
        return 0 if self.waiting else max(self.seats - self.coming, 0)


@dataclass(frozen=True, slots=True)
class Idea:
    """A wish for a gathering as a customer told it, and its way through the three gates.

    Each gate is None until somebody has looked: "If it does not affect the brand image, the opinions are feasible and
    there is no obvious conflict of interest". `votes` counts customers.
    """

    id: str
    customer_id: str
    given_on: date
    text: str | None = None
    fits_brand: bool | None = None
    feasible: bool | None = None
    no_conflict: bool | None = None
    decided_on: date | None = None
    decision: str | None = None
    votes: int = 0

    @property
    def passed(self) -> bool:
        """Whether it passed all three gates, and nobody declined it all the same."""
        return bool(self.fits_brand and self.feasible and self.no_conflict) and self.decision != "declined"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided, and no gate has said no."""
        gates = (self.fits_brand, self.feasible, self.no_conflict)
        return self.decided_on is None and self.decision is None and None in gates and False not in gates


@dataclass(frozen=True, slots=True)
class Invitation:
    """A campaign that invites to an event of the customer file: what the receiver needs to take an answer.

    `closes_on` is the last day on which an answer counts, `party` how many people one answer may bring.
    """

    campaign: str
    title: str
    event: Event
    closes_on: date
    party: int
