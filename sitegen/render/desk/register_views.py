"""What the templates of the desk's registers may see. Absent text is ""; a gate at which nobody looked is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sitegen.render.desk.complaint_views import CustomerView


@dataclass(frozen=True, slots=True)
class DefectView:
    """A product and what its orders of a year brought; `rate` is the share of those that came back or
    brought a complaint about quality (`defects`), in per cent."""

    id: str
    name: str
    orders: int
    returned: int
    complained: int
    rated_low: int
    repaired: int
    defects: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise. `customer` is None where it was given to everybody; `standing` is late, waiting, unproven or kept."""

    id: str
    customer: CustomerView | None
    promise: str
    adviser: str
    made: date
    due: date
    standing: str
    days_late: int
    kept: date | None = None
    proof: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion with its three gates; `age` is how many days it waits, or waited until it was decided."""

    id: str
    customer: CustomerView
    about: str
    text: str
    given: date
    age: int
    gates: tuple[tuple[str, bool | None], ...]
    decided: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note of a contact."""

    id: str
    customer: CustomerView
    adviser: str
    day: date
    channel: str
    subject: str
    note: str


@dataclass(frozen=True, slots=True)
class NotesView:
    """The notes that go one way: to the head office, or to a region ("" where the store is in none)."""

    route: str
    region: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A register, of which one of the last five holds something: `list` is the path of the list with all rows, `more`
    of them stand there only.

    `counts` says how many there are of each kind; `paths` leads to the registers that there are, by name.
    """

    name: str
    list: str
    counts: Mapping[str, int]
    paths: Mapping[str, str]
    more: int = 0
    defects: tuple[DefectView, ...] = ()
    spotless: tuple[DefectView, ...] = ()
    promises: tuple[PromiseView, ...] = ()
    suggestions: tuple[SuggestionView, ...] = ()
    notes: tuple[NotesView, ...] = field(default=())
