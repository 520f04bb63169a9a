"""Say whose duty it is."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.duty import By, Desk
from sitegen.programme.duties.asked import Asked


def with_adviser(begun: ibis.Table, tables: Mapping[str, ibis.Table], asked: Asked) -> ibis.Table:
    """The rows whose customer exists, with adviser_id; null where nobody is responsible.

    A number that no adviser has counts as nobody. Where the row, the region or the head office names nobody, the
    customer's own adviser is responsible.
    """
    customers = rows_with(tables, "customers", ("adviser_id", "store.region"), asked.schema)
    customers = customers.select(whose="customer_id", own="adviser_id", region=customers["store.region"])
    joined = begun.inner_join(customers, begun["customer_id"] == customers["whose"])
    # To Ibis a value reckoned in a join is no column yet that another join could ask for.
    joined = joined.select(*begun.columns, "own", "region")
    named = joined.mutate(named=_named(joined, asked.desk))
    advisers = table_of(tables, "advisers", asked.schema)
    first, second = advisers.select(first="adviser_id"), advisers.select(second="adviser_id")
    found = named.left_join(first, [("named", "first")])
    found = found.left_join(second, [("own", "second")])
    return found.select(*begun.columns, adviser_id=ibis.coalesce(found["first"], found["second"]))


def _named(rows: ibis.Table, desk: Desk) -> ir.Value:
    nobody = ibis.null("string")
    of_regions = [(rows["region"] == region, ibis.literal(adviser)) for region, adviser in desk.regions.items()]
    region = ibis.cases(*of_regions) if of_regions else nobody
    return ibis.cases(
        (rows["by"] == By.ROW.value, rows["row_adviser"]),
        (rows["by"] == By.REGION.value, region),
        (rows["by"] == By.HEAD_OFFICE.value, ibis.literal(desk.head_office)),
        else_=nobody,
    )
