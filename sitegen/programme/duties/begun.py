"""The rows in which all triggers say what began: one table, whatever made it."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from sitegen.model.duty import Duty, Span
from sitegen.model.rule import Unit
from sitegen.programme.duties.asked import Asked

BEGUN_TYPES = {
    "duty": "string",
    "subject": "string",
    "customer_id": "string",
    "day": "date",
    "began": "date",
    "due": "date",
    "amount": "decimal(18, 2)",
    "by": "string",
    "row_adviser": "string",
    "row_done": "date",
    "row_proof": "string",
    "row_contact": "string",
    "void": "string",
}
"""`day` is the trigger's; `by` a `duty.By`; `row_*` what the row that made it says itself: who served the customer,
when it was done and in which column that stands, and its number where it is a contact."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a trigger says of each row: columns of its table, or null."""

    subject: ir.Value
    customer: ir.Value
    day: ir.Value
    amount: ir.Value | None = None
    adviser: ir.Value | None = None
    done: ir.Value | None = None
    contact: ir.Value | None = None
    void: ir.Value | None = None


def begun(rows: ibis.Table, said: Said, duty: Duty, asked: Asked) -> ibis.Table:
    """BEGUN_TYPES of the rows whose duty has begun, and whose trigger's day is not before the desk's `since`."""
    day = said.day.cast("date")
    began = later(day, duty.after)
    values = {
        "duty": ibis.literal(duty.name),
        "subject": said.subject,
        "customer_id": said.customer,
        "day": day,
        "began": began,
        "due": later(began, duty.within),
        "amount": said.amount,
        "by": ibis.literal(duty.by.value),
        "row_adviser": said.adviser,
        "row_done": said.done,
        "row_proof": ibis.literal(duty.done_on),
        "row_contact": said.contact,
        "void": said.void,
    }
    typed = {name: _typed(value, BEGUN_TYPES[name]) for name, value in values.items()}
    today = ibis.date(asked.today)
    return rows.select(typed).filter(
        lambda table: table["day"].between(ibis.date(asked.desk.since), today) & (table["began"] <= today)
    )


def later(day: ir.Value, span: Span) -> ir.Value:
    """The day so much later; months and years end on the last day of a month that is too short."""
    match span.unit:
        case Unit.DAYS:
            moved = day + ibis.interval(days=span.count)
        case Unit.WEEKS:
            moved = day + ibis.interval(days=7 * span.count)
        case Unit.MONTHS:
            moved = day + ibis.interval(months=span.count)
        case Unit.YEARS:
            moved = day + ibis.interval(months=12 * span.count)
    # To Ibis a day and some months are a day, to DuckDB a moment: without the detour no cast is written.
    return moved.cast("timestamp").cast("date") if span.count else day


def _typed(value: ir.Value | None, type_: str) -> ir.Value:
    return ibis.null(type_) if value is None else value.cast(type_)
