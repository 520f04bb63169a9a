"""What the templates of the advisers' desk may see. Absent text is ""."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PersonView:
    """A customer as an adviser's page names them.

    `language` and `country` are names in the house's language, `tongue` is the language's code; `dossier` the path of
    the dossier below output/work/, "" where there is none.
    """

    id: str
    name: str
    language: str = ""
    tongue: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class ClockView:
    """Two times on somebody's clock, and the town by which the zone is known."""

    place: str
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class RingView:
    """When one may ring on a day: each window on the adviser's clock and, where they differ, on those of the customer
    (two where the zone is not sure: the earliest and the latest). No window: all working hours are quiet there.

    `ahead` says by how many hours the customer's clock is before the adviser's.
    """

    day: date
    windows: tuple[tuple[ClockView, tuple[ClockView, ...]], ...]
    place: str = ""
    ahead: Decimal = Decimal(0)
    sure: bool = True


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact: how, about what, how it ended, the note, the adviser's name."""

    day: date
    channel: str
    direction: str
    subject: str
    outcome: str
    note: str
    by: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class GoodView:
    """Something bought, with its name in the customer's language."""

    name: str
    quantity: int
    day: date | None = None
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AboutView:
    """What a duty is about. `kind` chooses the words: orders, loans, contacts, referrals, complaints, attendances,
    crossed, top, every, row. `more` are things of the order that are not named."""

    kind: str
    number: str
    day: date
    amount: Decimal | None = None
    text: str = ""
    note: str = ""
    goods: tuple[GoodView, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class EscalationView:
    """Who sees a line too, from which day on: `whom` is region or head-office, `name` the person there."""

    whom: str
    name: str
    since: date
    now: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A line of the day. `standing` is late, today or open; `rule` is the duty's name, `why` its rule in words,
    `deadline` its term. `result_url` leads to the form for the result, "" where there is none."""

    duty: str
    subject: str
    title: str
    act: str
    why: str
    deadline: str
    standing: str
    due: date
    days_late: int
    person: PersonView
    about: AboutView
    ring: RingView | None
    contacts: tuple[ContactView, ...] = ()
    contacts_more: int = 0
    goods: tuple[GoodView, ...] = ()
    goods_more: int = 0
    questions: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    escalations: tuple[EscalationView, ...] = ()
    result_url: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The lines of a part of the day; `more` are in the list only."""

    name: str
    tasks: tuple[TaskView, ...]
    more: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.tasks) + self.more


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """A time that was arranged, on the adviser's clock and, if it differs, the customer's; `id` is of the contact."""

    id: str
    person: PersonView
    at: datetime
    there: ClockView | None
    about: str
    note: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a complaint that waits; `path` is where the complaint stands. `again`: the second chance."""

    person: PersonView
    complaint: str
    step: str
    due: date
    days_late: int
    path: str
    about: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise that waits to be kept; `person` is None where it was given to everybody."""

    person: PersonView | None
    promise: str
    order: str
    made: date
    due: date
    days_late: int


@dataclass(frozen=True, slots=True)
class LateView:
    """A line that is so late that others see it too: whose it is, and who sees it."""

    adviser: str
    adviser_name: str
    title: str
    person: PersonView
    due: date
    days_late: int
    house: bool
    region: str = ""


@dataclass(frozen=True, slots=True)
class AdviserView:
    """An adviser: `place` is the town of the store's time zone, `day` the path of the day's page."""

    id: str
    name: str
    title: str = ""
    phone: str = ""
    store: str = ""
    place: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file beside a page: its path below output/work/ and its kind, for the words."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class DayView:
    """An adviser's day. `groups` are late, today and next; `later` how many are due after those `ahead` days.

    `region` names the regions for which the adviser answers, `shown` the lines of others that they see.
    """

    adviser: AdviserView
    ahead: int
    groups: tuple[GroupView, ...]
    later: int
    appointments: tuple[AppointmentView, ...] = ()
    steps: tuple[StepView, ...] = ()
    steps_more: int = 0
    promises: tuple[PromiseView, ...] = ()
    promises_more: int = 0
    shown: tuple[LateView, ...] = ()
    shown_more: int = 0
    never: tuple[str, ...] = ()
    files: tuple[FileView, ...] = ()

    def group(self, name: str) -> GroupView:
        """One of the groups."""
        return next(group for group in self.groups if group.name == name)


@dataclass(frozen=True, slots=True)
class NumbersView:
    """An adviser with the numbers of the day."""

    adviser: AdviserView
    late: int
    today: int
    next: int
    appointments: int
    promises: int
    steps: int
    done: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """The house at a glance: the advisers with their numbers, and what is late by more than so many days.

    `unowned` customers have no adviser, `unowned_duties` are owed to them, `unowned_late` of these are late. `links`
    are further pages and lists that this build made.
    """

    advisers: tuple[NumbersView, ...]
    ahead: int
    region: tuple[LateView, ...]
    region_more: int
    region_days: int
    house: tuple[LateView, ...]
    house_more: int
    house_days: int
    unowned: int
    unowned_duties: int
    unowned_late: int
    links: tuple[FileView, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwedView:
    """Something that is owed to a customer without an adviser."""

    title: str
    due: date
    days_late: int


@dataclass(frozen=True, slots=True)
class UnownedView:
    """A customer without an adviser, and what is owed to them; `more` is how much that is beyond `owed`."""

    person: PersonView
    orders: int
    last_order: date | None
    owed: tuple[OwedView, ...] = field(default=())
    more: int = 0
