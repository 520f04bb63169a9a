"""Turn phrases about one value into boolean expressions: null where the value is null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

import ibis

from sitegen.audience.calendar.spans import each_day, month_of, shift, shift_days, yearly_keys
from sitegen.audience.selection.capitals import anyhow
from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import Phrase

Boolean: TypeAlias = ibis.expr.types.BooleanValue

LONGEST_YEAR = 386
"""Days after which each day of the year has come: a lunar year with a leap month has 383 to 385."""


def phrase_value(column: ibis.Value, kind: Kind, phrase: Phrase, today: date) -> Boolean:
    """Whether the phrase holds of a column of that kind; phrases that rank or ask for missing values stay outside."""
    match kind:
        case Kind.INTEGER | Kind.MONEY:
            return _number(column, phrase)
        case Kind.DATE | Kind.TIME:
            return _date(column.cast("date"), phrase, today)
        case Kind.YEARLY | Kind.LUNAR:
            return _returning(column, kind, phrase, today)
        case Kind.TEXT:
            return _text(column, phrase)
        case Kind.LIST:
            return _list(column, phrase)
        case Kind.YES_NO:
            assert isinstance(phrase, rule.YesNo)
            return column == phrase.value


def _number(column: ibis.Value, phrase: Phrase) -> Boolean:
    match phrase:
        case rule.AtLeast(number):
            return column >= exact(number)
        case rule.MoreThan(number):
            return column > exact(number)
        case rule.AtMost(number):
            return column <= exact(number)
        case rule.LessThan(number):
            return column < exact(number)
        case rule.Between(low, high):
            return column.between(exact(low), exact(high))
        case rule.NumberIs(number):
            return column == exact(number)
    raise _foreign(phrase)


def exact(number: Decimal) -> ibis.Value:
    """The number as a decimal literal, never a float."""
    return ibis.literal(number, type="decimal(18, 4)")


def _date(column: ibis.Value, phrase: Phrase, today: date) -> Boolean:
    match phrase:
        case rule.MoreThanAgo(count, unit):
            return column < ibis.date(shift(today, -count, unit))
        case rule.Before(day):
            return column < ibis.date(day)
        case rule.After(day):
            return column > ibis.date(day)
        case rule.On(day):
            return column == ibis.date(day)
    first, last = window(phrase, today)
    return column.between(ibis.date(first), ibis.date(last))


def _returning(column: ibis.Value, kind: Kind, phrase: Phrase, today: date) -> Boolean:
    first, last = window(phrase, today)
    last = min(last, shift_days(first, LONGEST_YEAR))
    keys = keys_between(kind, first, last)
    if kind is Kind.LUNAR:
        return column.isin(keys)
    # Numbers, because writing a day of the year as text takes an engine twice as long.
    day = column.cast("date")
    return (day.month() * 100 + day.day()).isin([int(key.replace("-", "")) for key in keys])


def window(phrase: Phrase, today: date) -> tuple[date, date]:
    """First and last day that a period means, both included."""
    match phrase:
        case rule.WithinLast(count, unit):
            return shift(today, -count, unit), today
        case rule.WithinNext(count, unit):
            return today, shift(today, count, unit)
        case rule.IsDay(offset):
            return shift_days(today, offset), shift_days(today, offset)
        case rule.ThisMonth():
            return month_of(today)
    raise _foreign(phrase)


def yearly_value(column: ibis.Value, kind: Kind) -> ibis.Value:
    """The day of the year as text: MM-DD, and for lunar days MM-DD or MML-DD."""
    return column if kind is Kind.LUNAR else column.cast("date").strftime("%m-%d")


def keys_on(kind: Kind, day: date) -> tuple[str, ...]:
    """The days of the year, as `yearly_value` writes them, that are celebrated on that date."""
    if kind is Kind.LUNAR:
        from sitegen.audience.calendar.lunar import lunar_keys  # noqa: PLC0415 - most shops keep no lunar birthdays

        return lunar_keys(day)
    return yearly_keys(day)


def keys_between(kind: Kind, first: date, last: date) -> tuple[str, ...]:
    """The days of the year that are celebrated from `first` to `last`, each once."""
    return tuple(dict.fromkeys(key for day in each_day(first, last) for key in keys_on(kind, day)))


def _text(column: ibis.Value, phrase: Phrase) -> Boolean:
    match phrase:
        case rule.TextIs(text, negated):
            return column != text if negated else column == text
        case rule.OneOf(texts):
            return column.isin(texts)
        case rule.Contains(text):
            return column.re_search(anyhow(text))
        case rule.StartsWith(text):
            return column.re_search(f"^{anyhow(text)}")
        case rule.EndsWith(text):
            return column.re_search(f"{anyhow(text)}$")
        case rule.MatchesDomain(domain):
            return column.re_search(rf"@([^@]*\.)?{anyhow(domain.removeprefix('@'))}$")
    raise _foreign(phrase)


def _list(column: ibis.Value, phrase: Phrase) -> Boolean:
    match phrase:
        case rule.HasAny(texts):
            return _of_a_list(column, reduce(or_, (column.contains(text) for text in texts)))
        case rule.HasAll(texts):
            return _of_a_list(column, reduce(and_, (column.contains(text) for text in texts)))
        case rule.HasNone(texts):
            return _of_a_list(column, ~reduce(or_, (column.contains(text) for text in texts)))
    raise _foreign(phrase)


def _of_a_list(column: ibis.Value, answer: Boolean) -> Boolean:
    # BigQuery finds nothing in a list that is null, where the others answer null.
    return ibis.ifelse(column.notnull(), answer, ibis.null("boolean"))


def _foreign(phrase: Phrase) -> TypeError:
    """The parser lets no phrase of another kind through; who gets here has built a rule by hand."""
    return TypeError(f"{phrase} does not belong to this kind of fact")
