"""What content/programme/ says of care: answers, care pages, stages of life, and content before and after a sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import TypeAlias

from sitegen.model.tree import Place

PREGNANCY = 280
"""Days from the beginning of a pregnancy to the day on which the child is due: ten months of 28 days (Naegele)."""
LATE = 14
"""A child may come that many days after it was due; a later one has come, and nobody told the shop."""


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page that the programme names, by its id ("pages/care/linen.md")."""

    id: str
    place: Place


@dataclass(frozen=True, slots=True)
class AnswerPromise:
    """Within how many working `hours` a person answers; `days` are weekdays from 0, Monday, of which one works.

    Source: "assure them that we will respond to their questions in a timely manner".
    """

    hours: int
    days: tuple[int, ...]
    opens: time
    closes: time
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """The answer-time promise, and the care pages of groups whose products name none of their own."""

    place: Place
    answer: AnswerPromise | None = None
    pages: Mapping[str, NamedPage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LifeStage:
    """What belongs to the months from `first` to `last`, both included: words, a page, goods.

    Months are counted from the birth: 0 is the child's first month, -1 the last before it is due.
    """

    first: int
    last: int
    title: str
    say: str
    place: Place
    page: NamedPage | None = None
    groups: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LifeStages:
    """The programme of the months from `first` to `last`; its stages stand in the order of their months.

    Source: "start to buy products in pregnancy, each month needs products are different ... customers for a year to
    two years".
    """

    title: str
    first: int
    last: int
    stages: tuple[LifeStage, ...]
    place: Place


class SaleStage(StrEnum):
    """When somebody reads of a product. Source: "always consistent regardless of pre-sales, sales and after-sales"."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


Pages: TypeAlias = Mapping[SaleStage, tuple[NamedPage, ...]]
"""Pages by the stage of the sale that they speak of."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which pages speak of which goods at which stage: of all goods, of a group's, of one product."""

    place: Place
    every: Pages = field(default_factory=dict)
    groups: Mapping[str, Pages] = field(default_factory=dict)
    products: Mapping[str, Pages] = field(default_factory=dict)
