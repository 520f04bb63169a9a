"""One duty for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.duty import By, Duty, ForEach
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.begun import Said, begun
from sitegen.programme.duties.standing_rows import fulfilling, state_of

AMOUNTS = {"orders": "amount", "loans": "deposit"}
"""The money that a row is about."""
CAME_BACK = "the order came back"
CANCELLED = "the order was cancelled"


def for_each(tables: Mapping[str, ibis.Table], duty: Duty, trigger: ForEach, asked: Asked) -> ibis.Table:
    """BEGUN_TYPES: the rows whose day is known and has come, and of which all conditions are true.

    An order that did not last is void, unless a condition asks for its state.
    """
    declared = asked.schema.table(trigger.table)
    state = state_of(trigger.table, trigger.where)
    paths = [trigger.day, trigger.customer, *(condition.fact.column for condition in trigger.where)]
    paths += [path for path in (state, duty.done_on) if path]
    rows = rows_with(tables, trigger.table, paths, asked.schema)
    days = (ibis.date(asked.desk.since), ibis.date(asked.today))
    rows = rows.filter(rows[trigger.day].cast("date").between(*days))
    rows = fulfilling(rows, trigger.where, asked.today)
    if trigger.weather:
        rows = _in_weather(rows, trigger, tables, asked)
    return begun(rows, _said(rows, duty, trigger, declared.key, asked), duty, asked)


def _said(rows: ibis.Table, duty: Duty, trigger: ForEach, key: tuple[str, ...], asked: Asked) -> Said:
    amount = AMOUNTS.get(trigger.table)
    return Said(
        subject=reduce(lambda so_far, part: so_far + "+" + part, (rows[column].cast("string") for column in key)),
        customer=rows[trigger.customer],
        day=rows[trigger.day],
        amount=rows[amount] if amount else None,
        adviser=rows["adviser_id"] if duty.by is By.ROW and "adviser_id" in rows.columns else None,
        done=_by(rows[duty.done_on], asked) if duty.done_on else None,
        contact=rows["contact_id"] if trigger.table == "contacts" else None,
        void=_void(rows, state_of(trigger.table, trigger.where)),
    )


def _by(day: ir.Value, asked: Asked) -> ir.Value:
    """The day itself once it has come, else null."""
    day = day.cast("date")
    return ibis.ifelse(day <= ibis.date(asked.today), day, ibis.null("date"))


def _void(rows: ibis.Table, state: str) -> ir.Value | None:
    if not state:
        return None
    return ibis.cases((rows[state] == "returned", CAME_BACK), (rows[state] == "cancelled", CANCELLED))


def _in_weather(rows: ibis.Table, trigger: ForEach, tables: Mapping[str, ibis.Table], asked: Asked) -> ibis.Table:
    """The rows on whose day it was so at their store, or at the customer's where the row names none."""
    customers = table_of(tables, "customers", asked.schema).select(whose="customer_id", home="store_id")
    housed = rows.left_join(customers, rows[trigger.customer] == customers["whose"])
    own = housed["store_id"] if "store_id" in rows.columns else ibis.null("string")
    housed = housed.mutate(place=ibis.coalesce(own, housed["home"]))
    weather = table_of(tables, "weather", asked.schema)
    told = weather.filter(weather["condition"] == trigger.weather).select(
        wet=weather["day"].cast("date"), at="store_id"
    )
    found = housed.semi_join(told, [housed[trigger.day].cast("date") == told["wet"], housed["place"] == told["at"]])
    return found.select(*rows.columns)
