"""Find in the engine the lines of orders whose prices are protected: kept where one rose, credited where one fell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.audience.language.catalogue import UNDONE
from sitegen.model.relationship import PriceProtection

WAITING = ("paid", "sent")
"""States of an order whose goods the customer does not have yet."""
BY_LINE = ("order_id", "line")
COMMON = ("customer_id", "order_id", "line", "product_id", "quantity", "price")


def fallen(
    tables: Mapping[str, ibis.Table],
    protection: PriceProtection,
    days: tuple[date, date],
    chosen: ibis.Table | None = None,
) -> ibis.Table:
    """The goods to be marked anew for falls of `days` (first, last): "goods taken but unsold re-marked at new price".

    A row for each line and fall: customer_id, order_id, line, product_id, quantity (unsold pieces), price (paid for
    one), day, list_at_order, list_before, list_after. A price that fell, rose and falls again counts only where it is
    lower than ever since the order. `chosen` holds the customer_id of those who are protected; None: all.
    """
    lines = _lines(tables, protection, days[1], chosen)
    # Where a value is unknown, engines differ in which of two is the least.
    unsold = lines["unsold"].fill_null(0)
    lines = lines.mutate(quantity=ibis.least(unsold, lines["quantity"]), taken=_taken(lines))
    rows = _marked(lines.filter(lines["quantity"] > 0, lines["taken"].notnull()), tables, days[1])
    in_time = rows["day"] <= rows["ordered_at"] + ibis.interval(days=protection.unsold)
    fell, known = rows["list_after"] < rows["list_before"], rows["day"] >= ibis.date(days[0])
    rows = rows.filter(fell, known, rows["taken"] <= rows["day"], in_time)
    return rows.select(*COMMON, "day", "list_at_order", "list_before", "list_after")


def risen(
    tables: Mapping[str, ibis.Table], protection: PriceProtection, on: date, chosen: ibis.Table | None = None
) -> ibis.Table:
    """The goods that cost more by now: "goods not yet collected keep old price".

    A row for each line: customer_id, order_id, line, product_id, quantity, price (of one, as ordered), ordered_at,
    list_at_order, list_now.
    """
    lines = _lines(tables, protection, on, chosen)
    since = ibis.date(shift_days(on, -protection.uncollected))
    lines = lines.filter(_waits(lines, on), lines["ordered_at"] >= since)
    rows = _marked(lines, tables, on)
    last = rows["day"].max().over(group_by=BY_LINE)
    rows = rows.mutate(last=last).filter(lambda row: row["day"] == row["last"])
    rows = rows.filter(rows["list_after"] > rows["list_at_order"])
    return rows.select(*COMMON, "ordered_at", "list_at_order", list_now="list_after")


def _lines(
    tables: Mapping[str, ibis.Table], protection: PriceProtection, on: date, chosen: ibis.Table | None
) -> ibis.Table:
    """The lines of goods that are protected and of orders that stand."""
    paths = {
        "customer_id": "order.customer_id",
        "ordered_at": "order.ordered_at",
        "status": "order.status",
        "delivered_on": "order.delivered_on",
        "group": "product.group",
    }
    rows = rows_with(tables, "order_lines", paths.values())
    own = ("order_id", "line", "product_id", "quantity", "price", "collected_on", "unsold")
    rows = rows.select(*own, **{name: rows[path] for name, path in paths.items()})
    stands = ~rows["status"].isin(UNDONE).fill_null(False) & (rows["ordered_at"] <= ibis.date(on))
    rows = rows.filter(stands)
    goods = protection.goods
    if goods.groups or goods.products:
        rows = rows.filter(rows["group"].isin(goods.groups).fill_null(False) | rows["product_id"].isin(goods.products))
    return rows if chosen is None else rows.semi_join(chosen, "customer_id")


def _taken(lines: ibis.Table) -> ibis.Value:
    """The day on which the customer had the goods: a shop that says nothing of it sold them over the counter."""
    counter = ibis.ifelse(lines["status"].isin(WAITING).fill_null(False), ibis.null("date"), lines["ordered_at"])
    return ibis.coalesce(lines["collected_on"], lines["delivered_on"], counter)


def _waits(lines: ibis.Table, on: date) -> ibis.Value:
    """Whether the goods are not collected on the day."""
    collected = ibis.coalesce(lines["collected_on"], lines["delivered_on"])
    known = (collected > ibis.date(on)).fill_null(True)
    return ibis.ifelse(collected.isnull(), lines["status"].isin(WAITING).fill_null(False), known)


def _marked(lines: ibis.Table, tables: Mapping[str, ibis.Table], on: date) -> ibis.Table:
    """Each line with each change of its product's list price after the order, and what the price was before.

    `list_at_order` is what the first of these changes replaced; where nobody wrote that down, the price that was paid.
    `list_before` is the lowest list price from the order to the day before the change.
    """
    rows = table_of(tables, "price_changes")
    one_before = rows["price"].lag().over(group_by="product_id", order_by="day")
    changes = rows.select(
        changed="product_id", day="day", list_after="price", former=ibis.coalesce(rows["former"], one_before)
    )
    changes = changes.filter(changes["day"] <= ibis.date(on))
    later = [lines["product_id"] == changes["changed"], changes["day"] > lines["ordered_at"]]
    joined = lines.inner_join(changes, later)
    first = (
        joined["former"]
        .first(include_null=True)
        .over(ibis.window(group_by=BY_LINE, order_by="day", preceding=None, following=0))
    )
    joined = joined.mutate(list_at_order=ibis.coalesce(first, joined["price"]))
    lowest = joined["list_after"].min().over(ibis.window(group_by=BY_LINE, order_by="day", preceding=(None, 1)))
    before = ibis.least(joined["list_at_order"], ibis.coalesce(lowest, joined["list_at_order"]))
    return joined.mutate(list_before=before)
