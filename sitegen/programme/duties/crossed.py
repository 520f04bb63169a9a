"""One duty for each threshold that a customer's running sum reaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import reduce

import ibis

from sitegen.audience.selection.phrase_values import exact
from sitegen.model.duty import Crossed, Duty, Each
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.begun import Said, begun
from sitegen.programme.duties.standing_rows import summed_rows

EXACT = "decimal(18, 4)"
"""What sums are compared as: the engine's own are too wide to stand beside a threshold."""


def crossed(tables: Mapping[str, ibis.Table], duty: Duty, trigger: Crossed, asked: Asked) -> ibis.Table:
    """BEGUN_TYPES: the first row at which the sum, in order of day and key, is at least the threshold."""
    rows = summed_rows(tables, trigger.sum, asked)
    yearly = trigger.each is Each.YEAR
    if yearly:
        rows = rows.filter(rows["day"] >= ibis.date(date(asked.desk.since.year, 1, 1)))
    rows = rows.mutate(year=rows["day"].year() if yearly else ibis.literal(0, type="int32"))
    rows = _who_may_reach(rows, min(trigger.at))
    reached = rows.mutate(running=rows["value"].sum().over(_running(rows)).cast(EXACT))
    first = reached.group_by("customer_id", "year").aggregate(
        **{plain(one): reached["day"].min(where=reached["running"] >= exact(one)) for one in trigger.at}
    )
    return reduce(lambda one, other: one.union(other), (_of(first, one, duty, trigger, asked) for one in trigger.at))


def plain(number: Decimal) -> str:
    """The number as people write it, without needless zeros: 3000, 2.5."""
    return f"{number.normalize():f}"


def _who_may_reach(rows: ibis.Table, least: Decimal) -> ibis.Table:
    """The rows of those whose sum may ever have been so high: a running sum of all customers takes an engine long."""
    positive = ibis.greatest(rows["value"], ibis.literal(Decimal(0), type="decimal(18, 2)"))
    sums = rows.group_by("customer_id", "year").aggregate(most=positive.sum().cast(EXACT))
    enough = sums.filter(sums["most"] >= exact(least))
    return rows.semi_join(enough, ["customer_id", "year"])


def _running(rows: ibis.Table) -> ibis.expr.builders.LegacyWindowBuilder:
    keys = [rows[column] for column in rows.columns if column.startswith("key ")]
    return ibis.cumulative_window(group_by=[rows["customer_id"], rows["year"]], order_by=[rows["day"], *keys])


def _of(first: ibis.Table, at: Decimal, duty: Duty, trigger: Crossed, asked: Asked) -> ibis.Table:
    rows = first.filter(first[plain(at)].notnull())
    subject = rows["customer_id"] + f"@{plain(at)}"
    if trigger.each is Each.YEAR:
        subject = subject + "@" + rows["year"].cast("string")
    said = Said(subject, rows["customer_id"], rows[plain(at)], ibis.literal(at, type="decimal(18, 2)"))
    return begun(rows, said, duty, asked)
