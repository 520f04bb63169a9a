"""Say who is in a segment, slowly and obviously: plain loops over dicts, written from the language's description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any, TypeAlias

from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import Condition, Phrase, RankPhrase, Rule, SegmentIs
from sitegen.model.segment import Segment
from tests.audience.oracle.days import lunar_celebrated, period, solar_celebrated

Row: TypeAlias = Mapping[str, Any]
Members: TypeAlias = Mapping[str, set[str]]


def members_of(segments: Sequence[Segment], rows: Sequence[Row], today: date) -> dict[str, set[str]]:
    """The ids of the customers in each audience."""
    found = {
        "everyone": {row["customer_id"] for row in rows},
        "staff": {row["customer_id"] for row in rows if row["class"] == "staff"},
        "owner": {row["customer_id"] for row in rows if row["class"] == "owner"},
    }
    waiting = list(segments)
    while waiting:
        segment = next(one for one in waiting if _asks_for(one.rule) <= found.keys())
        found[segment.id] = {row["customer_id"] for row in rows if _holds(segment, row, (rows, found), today)}
        waiting.remove(segment)
    return found


def primary_of(segments: Sequence[Segment], members: Members, customer: str) -> str | None:
    """The named segment of the lowest priority, then id, that the customer is in."""
    ranked = sorted((segment.priority, segment.id) for segment in segments if segment.named)
    return next((name for _, name in ranked if customer in members[name]), None)


def condition_holds(condition: Condition, row: Row, rows: Sequence[Row], today: date) -> bool | None:
    """Whether a condition holds of a row among all rows; None: its value is missing."""
    fact, phrase = condition.fact, condition.phrase
    value = row[fact.column]
    match phrase:
        case rule.IsEmpty():
            return value in (None, "", [])
        case rule.IsKnown():
            return value not in (None, "", [])
    if value is None:
        return None
    match phrase:
        case rule.TopPercent() | rule.TopCount() | rule.TopBringing():
            return row["customer_id"] in first_by(phrase, {one["customer_id"]: one[fact.column] for one in rows})
    return phrase_holds(fact.kind, phrase, value, today)


def first_by(phrase: RankPhrase, values: Mapping[str, Any]) -> set[str]:
    """The ids of those who come first by a value, largest first, ties by id."""
    known = sorted((-value, customer) for customer, value in values.items() if value is not None)
    match phrase:
        case rule.TopCount(count):
            return {customer for _, customer in known[:count]}
        case rule.TopPercent(percent):
            return {customer for _, customer in known[: ceil(Fraction(percent) * len(known) / 100)]}
        case rule.TopBringing(percent):
            positive = [(-value, customer) for value, customer in known if -value > 0]
            need = sum(Fraction(value) for value, _ in positive) * Fraction(percent) / 100
            chosen: set[str] = set()
            brought = Fraction(0)
            for value, customer in positive:
                if brought >= need:
                    break
                chosen.add(customer)
                brought += Fraction(value)
            return chosen


def phrase_holds(kind: Kind, phrase: Phrase, value: Any, today: date) -> bool:
    """Whether the phrase holds of a value that is there."""
    match kind:
        case Kind.INTEGER | Kind.MONEY:
            return _number_holds(phrase, Decimal(value))
        case Kind.DATE | Kind.TIME:
            return _day_holds(phrase, value.date() if isinstance(value, datetime) else value, today)
        case Kind.YEARLY | Kind.LUNAR:
            assert isinstance(phrase, rule.PeriodPhrase)
            return _celebrated(value, *period(phrase, today))
        case Kind.TEXT:
            return _text_holds(phrase, value)
        case Kind.LIST:
            return _list_holds(phrase, value)
        case Kind.YES_NO:
            assert isinstance(phrase, rule.YesNo)
            return bool(value is phrase.value)


def _asks_for(part: Rule) -> set[str]:
    match part:
        case SegmentIs(segment):
            return {segment}
        case Condition():
            return set()
    return {name for inner in part.parts for name in _asks_for(inner)}


def _holds(segment: Segment, row: Row, around: tuple[Sequence[Row], Members], today: date) -> bool:
    rows, members = around

    def holds(part: Rule) -> bool:
        match part:
            case SegmentIs(name, _, negated):
                return (row["customer_id"] in members[name]) != negated
            case Condition():
                answer = condition_holds(part, row, rows, today)
                return segment.unknown == "include" if answer is None else answer
            case rule.All(parts):
                return all(holds(inner) for inner in parts)
            case rule.Any(parts):
                return any(holds(inner) for inner in parts)
            case rule.None_(parts):
                return not any(holds(inner) for inner in parts)

    return holds(segment.rule)


def _number_holds(phrase: Phrase, value: Decimal) -> bool:
    match phrase:
        case rule.AtLeast(number):
            return value >= number
        case rule.MoreThan(number):
            return value > number
        case rule.AtMost(number):
            return value <= number
        case rule.LessThan(number):
            return value < number
        case rule.Between(low, high):
            return low <= value <= high
        case rule.NumberIs(number):
            return value == number
    raise AssertionError(phrase)


def _day_holds(phrase: Phrase, value: date, today: date) -> bool:
    match phrase:
        case rule.Before(day):
            return value < day
        case rule.After(day):
            return value > day
        case rule.On(day):
            return value == day
    assert isinstance(phrase, rule.PeriodPhrase)
    first, last = period(phrase, today)
    return first <= value <= last


def _celebrated(value: date | str, first: date, last: date) -> bool:
    if isinstance(value, date):
        return solar_celebrated(value, first, last)
    # A text with nothing in it is no day, so it is celebrated on none.
    return value != "" and lunar_celebrated(value, first, last)


def _text_holds(phrase: Phrase, value: str) -> bool:
    match phrase:
        case rule.TextIs(text, negated):
            return (value == text) != negated
        case rule.OneOf(texts):
            return value in texts
        case rule.Contains(text):
            return small(text) in small(value)
        case rule.StartsWith(text):
            return small(value).startswith(small(text))
        case rule.EndsWith(text):
            return small(value).endswith(small(text))
        case rule.MatchesDomain(domain):
            wanted, there = small(domain).removeprefix("@"), small(value).rpartition("@")
            return there[1] == "@" and (there[2] == wanted or there[2].endswith("." + wanted))
    raise AssertionError(phrase)


def small(text: str) -> str:
    """The text without capitals, letter by letter: I and İ are i in every language, a last sigma is a sigma."""
    return "".join({"I": "i", "İ": "i", "ς": "σ"}.get(letter, letter.lower()) for letter in text)


def _list_holds(phrase: Phrase, value: list[str]) -> bool:
    match phrase:
        case rule.HasAny(texts):
            return any(text in value for text in texts)
        case rule.HasAll(texts):
            return all(text in value for text in texts)
        case rule.HasNone(texts):
            return not any(text in value for text in texts)
    raise AssertionError(phrase)
