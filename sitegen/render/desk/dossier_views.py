"""What the template of a dossier may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from sitegen.render.desk.views import AdviserView, GoodView, PersonView

Many: TypeAlias = "tuple[GoodView, ...] | tuple[StepTakenView, ...]"
Cell: TypeAlias = "str | int | bool | Decimal | date | datetime | Many | None"
"""What stands in a table; None for what is unknown."""


@dataclass(frozen=True, slots=True)
class StepTakenView:
    """A step of a complaint that was taken, with its evidence."""

    step: str
    day: date
    evidence: str


@dataclass(frozen=True, slots=True)
class FactView:
    """A line of the record. `name` is the column's, `kind` says how the value is spelled; `title` is the column's own
    words where the shop added it."""

    name: str
    value: Cell
    kind: str = "text"
    title: str = ""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment in which the customer is, and why there is such a segment."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty of this customer. `how` is its proof, the excuse, or why it is void."""

    title: str
    began: date
    due: date
    standing: str
    days_late: int
    done_on: date | None
    how: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A table of the dossier: the heads' names with their kinds, the rows' cells, and how many rows are not shown."""

    name: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class TalkView:
    """Something to talk about: `kind` chooses the words, `text`, `day` and `number` fill them."""

    kind: str
    text: str = ""
    day: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class DossierView:
    """All that the house knows of a customer; empty parts are left out."""

    person: PersonView
    adviser: AdviserView | None
    record: tuple[FactView, ...]
    needs: tuple[FactView, ...]
    standing: tuple[FactView, ...]
    segments: tuple[SegmentView, ...]
    talk: tuple[TalkView, ...]
    duties: tuple[DutyView, ...]
    duties_more: int
    sections: tuple[SectionView, ...]
    never: tuple[str, ...]
