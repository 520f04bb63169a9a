"""Say in English why a duty is there and by when it is due: in the rule's own words."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.audience.language.words import condition_in_words
from sitegen.model.duty import Crossed, Duty, Each, Every, ForEach, Span, Top, Trigger
from sitegen.model.rule import Condition, SumOf
from sitegen.model.table import TABLES
from sitegen.programme.duties.crossed import plain

ROWS = {
    "orders": "an order",
    "order_lines": "goods of an order",
    "contacts": "a contact",
    "attendances": "an invitation to a gathering",
    "events": "a gathering",
    "complaints": "a complaint",
    "survey_answers": "an answer to a survey",
    "suggestions": "a suggestion",
    "referrals": "a referral",
    "points": "an entry of points",
    "coupons": "a coupon",
    "gifts": "a gift",
    "responses": "a response to a letter",
    "promises": "a promise",
    "loans": "something lent",
    "children": "a child",
    "customers": "a customer",
}
"""A row of each table, as people say it."""


USUAL = {table.name: table for table in TABLES}
"""Tables whose own day and customer need no words."""


def why(duty: Duty) -> str:
    """Why the duty is there: the shop's words where it has some, else the rule's.

    "an order with amount more than 2000", "the sum of orders.amount reached 1000 or 3000 within a calendar year".
    """
    return duty.why or trigger_in_words(duty.trigger)


def trigger_in_words(trigger: Trigger) -> str:
    """What makes a duty, as a part of a sentence."""
    match trigger:
        case ForEach():
            return _for_each(trigger)
        case Crossed():
            return _crossed(trigger)
        case Top():
            return _top(trigger)
        case Every():
            return f"it is {_span(trigger.span)} since the last time, or since the first order"


def deadline(duty: Duty) -> str:
    """By when it is due: "the same day", "within 7 days", "within 7 days, from 2 days after"."""
    if not duty.within.count:
        return f"{_span(duty.after)} after" if duty.after.count else "the same day"
    within = f"within {_span(duty.within)}"
    return f"{within}, from {_span(duty.after)} after" if duty.after.count else within


def _for_each(trigger: ForEach) -> str:
    row = ROWS.get(trigger.table, f"a row of {trigger.table}")
    usual = USUAL.get(trigger.table)
    day = "" if usual and usual.day == trigger.day else f", by {_spoken(trigger.day)}"
    whom = "" if usual and usual.customer == trigger.customer else f", for the {_spoken(trigger.customer)}"
    weather = f", on a day of {trigger.weather}" if trigger.weather else ""
    return f"{row}{_with(trigger.where)}{day}{whom}{weather}"


def _spoken(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def _crossed(trigger: Crossed) -> str:
    thresholds = [plain(at) for at in trigger.at]
    numbers = " or ".join([", ".join(thresholds[:-1]), thresholds[-1]] if len(thresholds) > 1 else thresholds)
    span = " within a calendar year" if trigger.each is Each.YEAR else ""
    return f"{_sum(trigger.sum)} reached {numbers}{span}"


def _top(trigger: Top) -> str:
    who = "the first" if trigger.count == 1 else f"among the first {trigger.count}"
    where = f" in the {trigger.per}" if trigger.per else ""
    return f"{who}{where} by {_sum(trigger.sum)} in the calendar year that ended"


def _sum(sum_of: SumOf) -> str:
    return f"the sum of {sum_of.table}.{sum_of.column}{_with(sum_of.where)}"


def _with(conditions: Iterable[Condition]) -> str:
    said = " and ".join(map(condition_in_words, conditions))
    return f" with {said}" if said else ""


def _span(span: Span) -> str:
    unit = span.unit.value
    return f"{span.count} {unit.removesuffix('s') if span.count == 1 else unit}"
