"""Find whose latest birthday has earned no points yet."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.points import Happening

if TYPE_CHECKING:
    import ibis.expr.types as ir

_LEAP_DAY, _DAY_BEFORE = 229, 228


def birthdays(tables: Mapping[str, ibis.Table], since: date, today: date) -> ibis.Table:
    """customer_id of those whose last birthday until `today` lies neither before `since` nor before they were members,
    and for whose day or later no row of the ledger says so.

    Who was born on 29 February celebrates on 28 February in common years.
    """
    people = table_of(tables, "customers")
    people = people.filter(people["birthday"].notnull())
    latest = _latest(people["birthday"], today)
    ledger = table_of(tables, "points")
    ledger = ledger.filter(ledger["reason"] == Happening.BIRTHDAY.value, ledger["points"] > 0)
    booked = ledger.group_by(booked_for="customer_id").aggregate(booked_on=_number(ledger["day"]).max())
    known = people.select("customer_id", latest=latest, member=_number(people["member_since"]).fill_null(0))
    joined = known.left_join(booked, known["customer_id"] == booked["booked_for"])
    first = ibis.greatest(joined["member"], _number_of(since))
    due = joined.filter(joined["latest"] >= first, joined["latest"] > joined["booked_on"].fill_null(-1))
    return due.select("customer_id")


def _latest(birthday: ir.DateValue, today: date) -> ir.IntegerValue:
    """The last birthday until `today`, as a number like 20260314."""
    in_year = birthday.month() * 100 + birthday.day()

    def celebrated(year: int) -> ir.IntegerValue:
        day = in_year if isleap(year) else ibis.ifelse(in_year == _LEAP_DAY, _DAY_BEFORE, in_year)
        return (day + year * 10_000).cast("int64")

    this_year = celebrated(today.year)
    return ibis.ifelse(this_year <= _number_of(today), this_year, celebrated(today.year - 1))


def _number(day: ir.DateValue) -> ir.IntegerValue:
    return (day.year() * 10_000 + day.month() * 100 + day.day()).cast("int64")


def _number_of(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
