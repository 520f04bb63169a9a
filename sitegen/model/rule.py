"""Say what a rule is: facts of a customer, phrases about them, and groups of conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from sitegen.model.column import Kind
from sitegen.model.tree import Place


class Unit(StrEnum):
    """A unit of a period. Months and years end on the last day of a month that is too short."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`at least N`."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class MoreThan:
    """`more than N`."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class AtMost:
    """`at most N`."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class LessThan:
    """`less than N`."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class Between:
    """`between N and M`: both ends included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class NumberIs:
    """`is N`."""

    number: Decimal


@dataclass(frozen=True, slots=True)
class TopPercent:
    """`top N%`: the first N per cent of the customers whose value is known, rounded up."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class TopCount:
    """`top N`: the first N customers."""

    count: int


@dataclass(frozen=True, slots=True)
class TopBringing:
    """`top customers bringing N%`: the fewest customers whose positive values make N per cent of the whole."""

    percent: Decimal


@dataclass(frozen=True, slots=True)
class WithinLast:
    """`within last N days`: from N days ago up to and including today."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class MoreThanAgo:
    """`more than N days ago`: before the day that lies N days back."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class WithinNext:
    """`within next N days`: from today up to and including N days ahead."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class IsDay:
    """`is today`, `is yesterday`, `is tomorrow`: `offset` days after today."""

    offset: int


@dataclass(frozen=True, slots=True)
class Before:
    """`before DATE`."""

    day: date


@dataclass(frozen=True, slots=True)
class After:
    """`after DATE`."""

    day: date


@dataclass(frozen=True, slots=True)
class On:
    """`on DATE`."""

    day: date


@dataclass(frozen=True, slots=True)
class ThisMonth:
    """`this month`: for a date the month of today's year, for a yearly day the month of any year."""


@dataclass(frozen=True, slots=True)
class TextIs:
    """`is TEXT`, `is not TEXT`."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """`one of [A, B]`."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contains:
    """`contains TEXT`, capitals or not."""

    text: str


@dataclass(frozen=True, slots=True)
class StartsWith:
    """`starts with TEXT`, capitals or not."""

    text: str


@dataclass(frozen=True, slots=True)
class EndsWith:
    """`ends with TEXT`, capitals or not."""

    text: str


@dataclass(frozen=True, slots=True)
class MatchesDomain:
    """`matches domain EXAMPLE.ORG`: an address at that domain or at one below it."""

    domain: str


@dataclass(frozen=True, slots=True)
class YesNo:
    """`yes`, `no`."""

    value: bool


@dataclass(frozen=True, slots=True)
class HasAny:
    """`has A`, `has any of [A, B]`."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasAll:
    """`has all of [A, B]`."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasNone:
    """`has none of [A, B]`."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IsKnown:
    """`is known`."""


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """`is empty`."""


NumberPhrase: TypeAlias = AtLeast | MoreThan | AtMost | LessThan | Between | NumberIs
RankPhrase: TypeAlias = TopPercent | TopCount | TopBringing
PeriodPhrase: TypeAlias = WithinLast | MoreThanAgo | WithinNext | IsDay | ThisMonth
DayPhrase: TypeAlias = Before | After | On
TextPhrase: TypeAlias = TextIs | OneOf | Contains | StartsWith | EndsWith | MatchesDomain
ListPhrase: TypeAlias = HasAny | HasAll | HasNone
KnownPhrase: TypeAlias = IsKnown | IsEmpty
RowPeriod: TypeAlias = WithinLast | WithinNext | Before | After | On | IsDay
"""The days on which a counted row may have happened. Only WithinNext, On and IsDay look at days after today."""
Phrase: TypeAlias = NumberPhrase | RankPhrase | PeriodPhrase | DayPhrase | TextPhrase | YesNo | ListPhrase | KnownPhrase


@dataclass(frozen=True, slots=True)
class SumOf:
    """`{sum of: orders.profit, within last: 365 days, where: {...}}`: a column added up over a customer's rows."""

    table: str
    column: str
    period: RowPeriod | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class CountOf:
    """`{count of: order_lines, where: {product.group: is beads}}`: how many rows a customer has."""

    table: str
    period: RowPeriod | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a rule may ask about a customer, by its name in words ("last order").

    `column` is the column of the facts' table, or in a `where:` a path from the row (`product.group`).
    `definition` says how a shop's own fact is reckoned; None: sitegen reckons it, or the customer file holds it.
    The number of rows that an event's condition asks for is such a fact too, named by the event's word ("ordered").
    `allowed` lists the only texts that it may have; empty: any. A `personal` one is shown only to who asks for it.
    """

    name: str
    kind: Kind
    column: str
    meaning: str = ""
    definition: SumOf | CountOf | None = None
    allowed: tuple[str, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A phrase about one fact: `last order: within last 365 days`."""

    fact: FactSpec
    phrase: Phrase
    place: Place


@dataclass(frozen=True, slots=True)
class SegmentIs:
    """`segment: is gold`, `segment: is not lapsed`."""

    segment: str
    place: Place
    negated: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class None_:  # noqa: N801 - `none` is the word of the language, and None is taken
    """No part holds."""

    parts: tuple[Rule, ...]


Rule: TypeAlias = Condition | SegmentIs | All | Any | None_


def leaves(rule: Rule) -> Iterator[Condition | SegmentIs]:
    """The conditions of a rule, in the order in which they were written."""
    if isinstance(rule, Condition | SegmentIs):
        yield rule
        return
    for part in rule.parts:
        yield from leaves(part)
