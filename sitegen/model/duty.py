"""Duties as data: what must be done for whom, by when, by whom, and how one knows that it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from sitegen.model.rule import Condition, SumOf, Unit
from sitegen.model.tree import Place


class Act(StrEnum):
    """What somebody does. Which contacts prove it: see `programme.duties.evidence`."""

    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"
    LETTER = "letter"
    CONTACT = "contact"  # in any way, whoever began
    TASK = "task"  # in the house: only the row itself or the desk's word proves it


class By(StrEnum):
    """Whose duty it is."""

    ADVISER = "adviser"  # the customer's own, the closest one
    ROW = "row"  # whom the row names (orders.adviser_id), else the customer's own
    REGION = "region"  # who answers for the region of the customer's store
    HEAD_OFFICE = "head office"


class Each(StrEnum):
    """How often a sum may be crossed."""

    YEAR = "year"  # once for each threshold in each calendar year
    EVER = "ever"  # once for each threshold


@dataclass(frozen=True, slots=True)
class Span:
    """So many days, weeks, months or years; 0 days is "the same day"."""

    count: int
    unit: Unit = Unit.DAYS


SAME_DAY = Span(0)


@dataclass(frozen=True, slots=True)
class ForEach:
    """One duty for each row of a table: `for each: orders`, `with: {amount: more than 2000}`.

    `day` is the path from a row to the day on which it begins (the table's own, or `delivered_on`), `customer` the path
    to whom it is owed (`referred_id`). `weather`: only where the store of the row (`store_id`, else that of the
    customer) had this weather on that day; "": any.
    """

    table: str
    where: tuple[Condition, ...]
    day: str
    customer: str
    weather: str = ""


@dataclass(frozen=True, slots=True)
class Crossed:
    """One duty for each threshold that a customer's running sum reaches, on the day of the row that reaches it."""

    sum: SumOf
    at: tuple[Decimal, ...]
    each: Each = Each.YEAR


@dataclass(frozen=True, slots=True)
class Top:
    """One duty a year for the first `count` customers by the sum of the calendar year that ended.

    It begins on `month`/`day` of the next year. `per`: "" among all, or among the customers of each "store" or
    "region". Only sums above 0 rank; among equal ones the customer's number decides.
    """

    sum: SumOf
    count: int
    month: int
    day: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """One duty whenever so much time has passed since the last proof of the act, or since the first order."""

    span: Span


Trigger: TypeAlias = ForEach | Crossed | Top | Every


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule that makes duties. `name` is its id: small letters, digits, hyphens.

    A duty begins `after` the trigger's day and is due `within` that day. `who` is the id of a segment (unnamed where
    it was written as a rule), "" for everyone. `done_on` is a column of the row that says when it was done
    (`thanked_on`), "" for none; where it is given, contacts prove it only with `evidence`. `evidence` are conditions
    on contacts, beside what the act means; `campaign` proves it by a delivery. `questions` are asked (`asks` names the
    contacts' columns that keep the answers, one for each question or ""), `say` and `never` stand on the adviser's
    page.
    """

    name: str
    title: str
    act: Act
    trigger: Trigger
    within: Span
    place: Place
    why: str = ""
    after: Span = SAME_DAY
    by: By = By.ADVISER
    who: str = ""
    done_on: str = ""
    evidence: tuple[Condition, ...] = ()
    campaign: str = ""
    questions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Dossiers(StrEnum):
    """Whose dossiers a build makes."""

    DUE = "due"  # of everybody who stands on a page of the day
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Escalation:
    """Days late after which a duty is shown to the region, and to the head office."""

    region: int = 2
    head_office: int = 7


@dataclass(frozen=True, slots=True)
class Desk:
    """`desk:` of content/programme/*.yaml: how the advisers' desk works.

    What began before `since` is nobody's duty. `ahead`: days that the pages look ahead. `hours`: when advisers work, on
    the clock of their store. `regions` names the adviser who answers for each region (stores.region), `head_office`
    the one there, "" where nobody is named; `owners` (advisers' ids) read the reports. `never` is said on every page.
    """

    since: date
    place: Place
    ahead: int = 7
    hours: tuple[time, time] = (time(10), time(18))
    escalation: Escalation = Escalation()
    dossiers: Dossiers = Dossiers.DUE
    regions: Mapping[str, str] = field(default_factory=dict)
    head_office: str = ""
    owners: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def managers(self) -> frozenset[str]:
        """Who may give the house's final opinion: who answers for regions and the head office, and the owners."""
        return frozenset({*self.regions.values(), self.head_office, *self.owners} - {""})


class Standing(StrEnum):
    """How a duty stands on a day."""

    OPEN = "open"
    TODAY = "today"  # due today
    LATE = "late"
    DONE = "done"
    EXCUSED = "excused"  # the desk said why it is not done
    VOID = "void"  # the order came back, or the customer is no longer meant


INSTANCE_COLUMNS = (
    "duty",
    "subject",
    "customer_id",
    "adviser_id",
    "began",
    "due",
    "amount",
    "done_on",
    "proof",
    "excused_on",
    "excuse",
    "void",
)
"""Columns of the table of duties, one row each, whose key is (duty, subject).

`subject` is what made it: the row's key (`O-00123`, of several columns joined by "+"), `C-00001@3000@2026` where a
sum was crossed (`C-00001@3000` once for ever), `C-00001@2026` of who came first in 2026, `C-00001@2026-03-14` where
that day was the last proof. `began`, `due`, `done_on`, `excused_on` are days; `amount` is money or null; `proof` says
how one knows ("contact T-00012", "thanked_on", "desk", "letter 2026/mid-autumn"), `excuse` and `void` why nothing will
be done; null where there is none. `adviser_id` is null where nobody is responsible. A duty that was done before it was
excused is done; a void one is void unless it was done."""
