"""Audiences and segments: who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sitegen.model.rule import Rule
from sitegen.model.tree import Place

PUBLIC = "public"
EVERYONE = "everyone"
STAFF = "staff"
OWNER = "owner"
RESERVED = (PUBLIC, EVERYONE, STAFF, OWNER)
"""Audiences that need no rule: anybody, every customer, and the two classes of the house itself."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A customer who is expected to be in a segment (`member`), or not to be, and where that is written."""

    customer_id: str
    member: bool
    place: Place


@dataclass(frozen=True, slots=True)
class SegmentTest:
    """`test: {on: DATE, members: [...], not members: [...]}`: what must hold on a day; None: on the day of the run."""

    expected: tuple[Expected, ...]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Customers selected by a rule. Lower `priority` wins where one message may go out.

    `unknown` says what a condition on a missing value is worth: false (`leave out`), true (`include`), or a
    mistake (`fail`). `jump` is the per cent by which its count may change from one build to the next before
    somebody has to confirm it; None: any. An audience that was written as a rule in front matter is a segment with
    `named` False and an id made from its text.
    """

    id: str
    title: str
    why: str
    rule: Rule
    place: Place
    priority: int = 100
    unknown: Literal["leave out", "include", "fail"] = "leave out"
    named: bool = True
    jump: Decimal | None = None
    tests: tuple[SegmentTest, ...] = ()
