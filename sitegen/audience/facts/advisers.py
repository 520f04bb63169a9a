"""Find each customer's adviser: the one who knows them best."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import table_of


def with_closest_adviser(tables: Mapping[str, ibis.Table], today: date) -> Mapping[str, ibis.Table]:
    """The tables with an adviser in `customers.adviser_id` for everybody who has one. Keep that table once.

    That is the one whom the customer file names; else the one with the most contacts; else the one whom the most of
    the customer's orders name (those that stand); else the first adviser, by number, of the home store; else null.
    Among as many contacts or orders the latest decides, then the adviser's number. What happens after `today` is
    not known yet.
    Source: "best to let the shopping guide who has the closest relationship ... send the message directly".
    """
    customers = table_of(tables, "customers")
    named = _text(customers["adviser_id"])
    alone = customers.filter(named.isnull()).select("customer_id")
    contacts = table_of(tables, "contacts")
    orders = purchases(tables, today)
    known = [
        _closest(contacts.filter(contacts["at"].cast("date") <= ibis.date(today)), "at", alone),
        _closest(orders, "ordered_at", alone),
    ]
    joined = customers
    for number, table in enumerate(known):
        there = table.select(**{f"customer {number}": table["customer_id"], f"adviser {number}": table["adviser_id"]})
        joined = joined.left_join(there, joined["customer_id"] == there[f"customer {number}"])
    stores = _first_of_store(table_of(tables, "advisers"))
    joined = joined.left_join(stores, joined["store_id"] == stores["home store"])
    found = ibis.coalesce(_text(joined["adviser_id"]), joined["adviser 0"], joined["adviser 1"], joined["of store"])
    columns = {column: joined[column] for column in customers.columns}
    return {**tables, "customers": joined.select({**columns, "adviser_id": found})}


def _text(column: ibis.Value) -> ibis.Value:
    # An engine strips a text four times as slowly as it looks for a sign in it.
    return ibis.ifelse(column.re_search(r"\S"), column, ibis.null("string"))


def _closest(events: ibis.Table, day: str, customers: ibis.Table) -> ibis.Table:
    """customer_id and adviser_id: of these customers, the adviser with the most events."""
    events = events.filter(events["adviser_id"].notnull()).semi_join(customers, "customer_id")
    pairs = events.group_by("customer_id", "adviser_id").aggregate(number=events.count(), latest=events[day].max())
    best = ibis.row_number().over(
        group_by="customer_id", order_by=[pairs["number"].desc(), pairs["latest"].desc(), pairs["adviser_id"]]
    )
    pairs = pairs.mutate(place=best)
    return pairs.filter(pairs["place"] == 0).select("customer_id", "adviser_id")


def _first_of_store(advisers: ibis.Table) -> ibis.Table:
    housed = advisers.filter(advisers["store_id"].notnull())
    first = housed.group_by("store_id").aggregate(first=housed["adviser_id"].min())
    return first.select(**{"home store": first["store_id"], "of store": first["first"]})
