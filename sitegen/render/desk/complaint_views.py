"""What the templates of the complaint desk may see. Absent text is ""."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer on a register; `dossier` is the path of the dossier below output/work/, "" where there is none."""

    id: str
    name: str
    phone: str = ""
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class MarkView:
    """One of the nine steps: `state` is done (on `day`), next (by `day`; `late`) or ahead. `after` is how many days
    after the complaint came it was done."""

    step: str
    state: str
    day: date | None = None
    late: bool = False
    after: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What proves a step: `by` is the adviser's name; `satisfied` and `opinion` belong to a result."""

    step: str
    day: date
    by: str
    text: str
    satisfied: bool | None = None
    opinion: str = ""
    opinion_by: str = ""


@dataclass(frozen=True, slots=True)
class MechanicalView:
    """Why an apology is mechanical: the phrases, and the complaint whose apology has `share` per cent the same."""

    phrases: tuple[str, ...]
    like: str
    share: int


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint: what it is about, the customer's words, whose it is, and how far it went.

    `anchor` is its id on the page, `route` is region or head-office, `manager` who gives the final opinion. `claimed`
    is a step that the row claims without evidence; `refused` are steps that don't count, with the reason in English.
    """

    id: str
    anchor: str
    factor: str
    channel: str
    opened: date
    text: str
    customer: CustomerView
    whose: str
    manager: str
    route: str
    region: str
    marks: tuple[MarkView, ...]
    evidence: tuple[EvidenceView, ...]
    compensation: str = ""
    order: str = ""
    claimed: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    mechanical: MechanicalView | None = None


@dataclass(frozen=True, slots=True)
class OpenView:
    """A complaint on its way: the step that comes next, by when; `standing` is late, today or open. `form_url` leads to
    the form in which the step is written down, "" where there is none."""

    complaint: ComplaintView
    next: str
    due: date
    days_late: int
    standing: str
    form_url: str = ""


@dataclass(frozen=True, slots=True)
class AgainView:
    """A second chance: by when the customer is asked again, and what they said of the result."""

    complaint: ComplaintView
    result: date
    satisfied: bool
    due: date
    days_late: int
    standing: str


@dataclass(frozen=True, slots=True)
class ClosedView:
    """A complaint that is over: on which day, after how many days, and whether the customer was content."""

    complaint: ComplaintView
    on: date
    days: int
    satisfied: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """The complaint desk; `more` open complaints stand in the list only."""

    opened: tuple[OpenView, ...]
    more: int
    late: int
    again: tuple[AgainView, ...]
    closed: tuple[ClosedView, ...]
    settled: int
    total: int


@dataclass(frozen=True, slots=True)
class StudyView:
    """A complaint as a case to study: nobody is named. `days` is how long it took, None where nobody wrote it down;
    `marks` are empty for one of before the desk."""

    number: int
    factor: str
    channel: str
    text: str
    lesson: str
    compensation: str
    satisfied: bool | None
    marks: tuple[MarkView, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class StudiesView:
    """The cases about one factor."""

    factor: str
    cases: tuple[StudyView, ...]
