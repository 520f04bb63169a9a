"""Say which phrases about one fact exclude or imply each other, whatever the day and the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, inf
from typing import TypeAlias

from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import CountOf, FactSpec, Phrase, Unit

Bound: TypeAlias = tuple[Decimal | float, int]
"""A value, and whether the end lies at it (0), just above it (1) or just below it (-1)."""

LENGTHS = {Unit.DAYS: (1, 1), Unit.WEEKS: (7, 7), Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366)}
"""The fewest and the most days of a unit."""


@dataclass(frozen=True, slots=True)
class _Range:
    low: Bound = (-inf, 0)
    high: Bound = (inf, 0)

    def meets(self, other: _Range) -> bool:
        return max(self.low, other.low) <= min(self.high, other.high)

    def inside(self, other: _Range) -> bool:
        return other.low <= self.low and self.high <= other.high


def excludes(fact: FactSpec, one: Phrase, other: Phrase, strict: bool) -> bool:
    """Whether no value makes both phrases true. `strict`: a missing value makes neither of them true."""
    if rule.IsEmpty() in (one, other):
        second = other if one == rule.IsEmpty() else one
        return second == rule.IsKnown() or (strict and _needs_value(second))
    exclude = EXCLUDE.get(fact.kind)
    return strict and exclude is not None and exclude(fact.kind, one, other)


def implies(fact: FactSpec, one: Phrase, other: Phrase) -> bool:
    """Whether each known value that makes the first phrase true makes the second one true."""
    if other == rule.IsKnown():
        return _needs_value(one)
    imply = IMPLY.get(fact.kind)
    return one == other or (imply is not None and imply(fact.kind, one, other))


def never(fact: FactSpec, phrase: Phrase) -> bool:
    """Whether no value at all makes the phrase true: half an order, or fewer than none."""
    if fact.kind not in (Kind.INTEGER, Kind.MONEY):
        return False
    meant = _numbers(phrase, fact.kind)
    possible = _Range((0, 0)) if isinstance(fact.definition, CountOf) else _Range()
    return meant is not None and (meant.low > meant.high or not meant.meets(possible))


def _needs_value(phrase: Phrase) -> bool:
    """Whether the phrase is true of known values only; an empty text is not X, and an empty list has none of it."""
    match phrase:
        case rule.IsEmpty() | rule.HasNone():
            return False
        case rule.TextIs(negated=negated):
            return not negated
    return True


def _numbers_exclude(kind: Kind, one: Phrase, other: Phrase) -> bool:
    first, second = _numbers(one, kind), _numbers(other, kind)
    return first is not None and second is not None and not first.meets(second)


def _numbers_imply(kind: Kind, one: Phrase, other: Phrase) -> bool:
    first, second = _numbers(one, kind), _numbers(other, kind)
    return first is not None and second is not None and first.inside(second)


def _numbers(phrase: Phrase, kind: Kind) -> _Range | None:
    match phrase:
        case rule.AtLeast(number):
            found = _Range(low=(number, 0))
        case rule.MoreThan(number):
            found = _Range(low=(number, 1))
        case rule.AtMost(number):
            found = _Range(high=(number, 0))
        case rule.LessThan(number):
            found = _Range(high=(number, -1))
        case rule.Between(low, high):
            found = _Range((low, 0), (high, 0))
        case rule.NumberIs(number):
            found = _Range((number, 0), (number, 0))
        case _:
            return None
    return _whole(found) if kind is Kind.INTEGER else found


def _whole(found: _Range) -> _Range:
    """The whole numbers of a range, with closed ends."""
    low, above = found.low
    high, below = found.high
    return _Range(
        (low if low == -inf else floor(low) + 1 if above else ceil(low), 0),
        (high if high == inf else ceil(high) - 1 if below else floor(high), 0),
    )


def _days_exclude(_: Kind, one: Phrase, other: Phrase) -> bool:
    for first, second in ((one, other), (other, one)):
        match first, second:
            case rule.WithinLast(near, unit), rule.MoreThanAgo(far, same) if unit is same:
                return far >= near
    return any(
        first is not None and second is not None and not first.meets(second)
        for first, second in ((_from_today(one), _from_today(other)), (_calendar(one), _calendar(other)))
    )


def _days_imply(_: Kind, one: Phrase, other: Phrase) -> bool:
    match one, other:
        case (rule.WithinLast(few, unit), rule.WithinLast(many, same)) if unit is same:
            return few <= many
        case (rule.WithinNext(few, unit), rule.WithinNext(many, same)) if unit is same:
            return few <= many
        case (rule.MoreThanAgo(many, unit), rule.MoreThanAgo(few, same)) if unit is same:
            return few <= many
    return any(
        first is not None and second is not None and first.inside(second)
        for first, second in ((_from_today(one), _surely(other)), (_calendar(one), _calendar(other)))
    )


def _from_today(phrase: Phrase) -> _Range | None:
    """The days after today that the phrase can mean on some day."""
    match phrase:
        case rule.WithinLast(count, unit):
            return _Range((-count * LENGTHS[unit][1], 0), (0, 0))
        case rule.WithinNext(count, unit):
            return _Range((0, 0), (count * LENGTHS[unit][1], 0))
        case rule.MoreThanAgo(count, unit):
            return _Range(high=(-count * LENGTHS[unit][0] - 1, 0))
        case rule.ThisMonth():
            return _Range((-30, 0), (30, 0))
        case rule.IsDay(offset):
            return _Range((offset, 0), (offset, 0))
    return None


def _surely(phrase: Phrase) -> _Range | None:
    """The days after today that the phrase means on every day."""
    match phrase:
        case rule.WithinLast(count, unit):
            return _Range((-count * LENGTHS[unit][0], 0), (0, 0))
        case rule.WithinNext(count, unit):
            return _Range((0, 0), (count * LENGTHS[unit][0], 0))
        case rule.MoreThanAgo(count, unit):
            return _Range(high=(-count * LENGTHS[unit][1] - 1, 0))
        case rule.ThisMonth():
            return _Range((0, 0), (0, 0))
        case rule.IsDay(offset):
            return _Range((offset, 0), (offset, 0))
    return None


def _calendar(phrase: Phrase) -> _Range | None:
    match phrase:
        case rule.Before(day):
            return _Range(high=(_number_of(day) - 1, 0))
        case rule.After(day):
            return _Range(low=(_number_of(day) + 1, 0))
        case rule.On(day):
            return _Range((_number_of(day), 0), (_number_of(day), 0))
    return None


def _number_of(day: date) -> int:
    return day.toordinal()


def _texts_exclude(_: Kind, one: Phrase, other: Phrase) -> bool:
    return _none_fits(one, other) or _none_fits(other, one)


def _texts_imply(_: Kind, one: Phrase, other: Phrase) -> bool:
    texts = _texts(one)
    return bool(texts) and all(_fits(text, other) is True for text in texts)


def _none_fits(one: Phrase, other: Phrase) -> bool:
    texts = _texts(one)
    return bool(texts) and all(_fits(text, other) is False for text in texts)


def _texts(phrase: Phrase) -> tuple[str, ...]:
    """The only texts of which the phrase is true; () where they are without number."""
    match phrase:
        case rule.TextIs(text, negated=False):
            return (text,)
        case rule.OneOf(texts):
            return texts
    return ()


def _fits(text: str, phrase: Phrase) -> bool | None:
    """Whether the phrase is true of the text; None where engines may differ about capitals."""
    match phrase:
        case rule.TextIs(other, negated):
            return (text == other) != negated
        case rule.OneOf(texts):
            return text in texts
        case rule.Contains(part) if part.isascii() and text.isascii():
            return part.lower() in text.lower()
        case rule.StartsWith(part) if part.isascii() and text.isascii():
            return text.lower().startswith(part.lower())
        case rule.EndsWith(part) if part.isascii() and text.isascii():
            return text.lower().endswith(part.lower())
    return None


def _lists_exclude(_: Kind, one: Phrase, other: Phrase) -> bool:
    match one, other:
        case (rule.HasNone(none), rule.HasAny(some)) | (rule.HasAny(some), rule.HasNone(none)):
            return set(some) <= set(none)
        case (rule.HasNone(none), rule.HasAll(each)) | (rule.HasAll(each), rule.HasNone(none)):
            return bool(set(each) & set(none))
    return False


def _lists_imply(_: Kind, one: Phrase, other: Phrase) -> bool:
    match one, other:
        case rule.HasAny(few), rule.HasAny(many):
            return set(few) <= set(many)
        case rule.HasAll(each), rule.HasAny(some):
            return bool(set(each) & set(some))
        case rule.HasAll(many), rule.HasAll(few):
            return set(few) <= set(many)
        case rule.HasNone(many), rule.HasNone(few):
            return set(few) <= set(many)
    return False


def _yes_excludes_no(_: Kind, one: Phrase, other: Phrase) -> bool:
    return {one, other} == {rule.YesNo(True), rule.YesNo(False)}


EXCLUDE: Mapping[Kind, Callable[[Kind, Phrase, Phrase], bool]] = {
    Kind.INTEGER: _numbers_exclude,
    Kind.MONEY: _numbers_exclude,
    Kind.DATE: _days_exclude,
    Kind.TIME: _days_exclude,
    Kind.TEXT: _texts_exclude,
    Kind.LIST: _lists_exclude,
    Kind.YES_NO: _yes_excludes_no,
}
"""Days of the year are left out: a day that is not there in every year is celebrated beside another one."""
IMPLY: Mapping[Kind, Callable[[Kind, Phrase, Phrase], bool]] = {
    Kind.INTEGER: _numbers_imply,
    Kind.MONEY: _numbers_imply,
    Kind.DATE: _days_imply,
    Kind.TIME: _days_imply,
    Kind.TEXT: _texts_imply,
    Kind.LIST: _lists_imply,
}
