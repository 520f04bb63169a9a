"""Find what a duty is about: the order, the loan, the contact, the new customer that made it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.duty import Duty, ForEach
from sitegen.model.table import STANDARD, Schema
from sitegen.programme.desk.history import first_of, goods_of

GOODS = 6
"""Things of an order that stand on an adviser's page."""
TOLD = ("orders", "loans", "contacts", "referrals", "complaints", "attendances")
"""Tables of whose rows a page tells more than their key."""
_SAID = {
    "orders": ("ordered_at", "amount", "channel", "courier", "delivered_on"),
    "loans": ("item", "deposit", "lent_on"),
    "contacts": ("at", "subject", "note", "washing_question"),
    "complaints": ("opened_on", "factor", "text"),
    "attendances": ("event.title", "event.starts_at", "status"),
}


def made_by(duties: tuple[Duty, ...], name: str) -> tuple[str, ...]:
    """The names of the duties that rows of a table make."""
    return tuple(duty.name for duty in duties if isinstance(duty.trigger, ForEach) and duty.trigger.table == name)


def rows_about(
    tables: Mapping[str, ibis.Table], name: str, subjects: ibis.Table, schema: Schema = STANDARD
) -> ibis.Table:
    """`key` and what a page tells of those rows of a table that `subjects` (its column `subject`) name."""
    if name == "referrals":
        rows = _referrals(tables)
    else:
        rows = rows_with(tables, name, _SAID[name], schema)
        key = _joined(rows, schema.table(name).key)
        rows = rows.select(key=key, **{path.rpartition(".")[2]: rows[path] for path in _SAID[name]})
    return rows.filter(rows["key"].isin(subjects["subject"]))


def goods_about(tables: Mapping[str, ibis.Table], subjects: ibis.Table, today: date) -> ibis.Table:
    """The things of the orders that `subjects` name, the first GOODS of each: order_id, name, name_zh, quantity."""
    orders = table_of(tables, "orders")
    known = orders.filter(orders["ordered_at"].cast("date") <= ibis.date(today)).select("order_id")
    goods = goods_of(tables, known.semi_join(subjects, [("order_id", "subject")]))
    return first_of(goods, "order_id", [goods["line"]], GOODS)


def _referrals(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    rows = table_of(tables, "referrals")
    people = table_of(tables, "customers")
    names = people.select(known="customer_id", name=full_name(people["first_name"], people["last_name"]))
    for side in ("referrer", "referred"):
        there = names.rename({f"{side} known": "known", side: "name"})
        rows = rows.left_join(there, rows[f"{side}_id"] == there[f"{side} known"])
    key = _joined(rows, ("referrer_id", "referred_id"))
    return rows.select("referrer_id", "referred_id", "referrer", "referred", "day", "order_id", key=key)


def _joined(rows: ibis.Table, key: tuple[str, ...]) -> ibis.expr.types.Value:
    return reduce(lambda so_far, part: so_far + "+" + part, (rows[column].cast("string") for column in key))
