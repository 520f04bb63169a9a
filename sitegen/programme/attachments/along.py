"""Find what goes along with a product, and with the orders that are to be packed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import rows_with
from sitegen.audience.language.catalogue import UNDONE
from sitegen.model.attachment import Attachment

COLUMNS = ("order_id", "customer_id", "attachment", "thing", "file", "page")
TO_PACK = "paid"
"""The state of an order that has not left."""


def along_with(attachments: Iterable[Attachment], product_id: str, group: str | None) -> tuple[Attachment, ...]:
    """What goes along with a product of that group, as it is written."""
    return tuple(one for one in attachments if one.goods.hold(product_id, group))


def packing(
    tables: Mapping[str, ibis.Table], attachments: tuple[Attachment, ...], days: tuple[date, date]
) -> ibis.Table | None:
    """COLUMNS for each order and attachment, once, by order: orders of `days` (first, last), and those that wait.

    None where nothing ever goes along. `page` is the page's file below content/pages/.
    """
    if not attachments:
        return None
    paths = ("order.customer_id", "order.ordered_at", "order.status", "product.group")
    rows = rows_with(tables, "order_lines", paths)
    status, day = rows["order.status"], rows["order.ordered_at"].cast("date")
    waits = (status == TO_PACK).fill_null(False) & (day <= ibis.date(days[1]))
    fresh = day.between(ibis.date(days[0]), ibis.date(days[1])) & ~status.isin(UNDONE).fill_null(False)
    lines = rows.filter(waits | fresh).select(
        "order_id", "product_id", customer_id="order.customer_id", group="product.group"
    )
    found = ibis.union(*(_with(lines, one) for one in attachments)) if attachments[1:] else _with(lines, attachments[0])
    return found.order_by(["order_id", "attachment"])


def _with(lines: ibis.Table, one: Attachment) -> ibis.Table:
    goods = one.goods
    if goods.groups or goods.products:
        in_group = lines["group"].isin(goods.groups).fill_null(False)
        lines = lines.filter(in_group | lines["product_id"].isin(goods.products))
    said = {
        "attachment": one.name,
        "thing": one.thing,
        "file": one.file,
        "page": one.page.id.removeprefix("pages/") if one.page else "",
    }
    literals = {name: ibis.literal(text, "string") for name, text in said.items()}
    return lines.select("order_id", "customer_id").distinct().mutate(**literals)
