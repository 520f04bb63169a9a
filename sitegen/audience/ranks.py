"""Turn phrases that rank customers against each other into boolean expressions."""

from __future__ import annotations

from decimal import Decimal

import ibis

from sitegen.audience.phrase_values import Boolean
from sitegen.model.rule import RankPhrase, TopBringing, TopCount, TopPercent

HUNDRED = Decimal(100)


def rank_value(column: ibis.Value, phrase: RankPhrase, customer_id: ibis.Value) -> Boolean:
    """Whether a row is among the first by that column, largest first, ties by customer id; null where it is null.

    The share of `top N%` is taken of the customers whose value is known, rounded up. `top customers bringing N%`
    are the fewest whose positive values reach N per cent of all positive values.
    """
    order = [column.desc(nulls_first=False), customer_id.asc()]
    match phrase:
        case TopCount(count):
            among = ibis.row_number().over(order_by=order) < count
        case TopPercent(percent):
            known = column.count().over(ibis.window())
            among = ibis.row_number().over(order_by=order) * _parts(HUNDRED) < known * _parts(percent)
        case TopBringing(percent):
            among = _bringing(column, order, percent)
    return ibis.ifelse(column.notnull(), among, ibis.null("boolean"))


def _bringing(column: ibis.Value, order: list[ibis.Value], percent: Decimal) -> Boolean:
    """Whether the customers before this one bring less than the share."""
    # Whole cents: sums and products of integers are exact in every engine.
    brings = (ibis.greatest(column, 0) * 100).round(0).cast("int64").fill_null(0)
    up_to_here = brings.sum().over(ibis.cumulative_window(order_by=order))
    whole = brings.sum().over(ibis.window())
    return (column > 0) & ((up_to_here - brings) * _parts(HUNDRED) < whole * _parts(percent))


def _parts(percent: Decimal) -> int:
    """The percentage in ten-thousandths: a phrase has at most four decimals."""
    return int(percent * 10_000)
