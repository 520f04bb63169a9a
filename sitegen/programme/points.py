"""Count the points that a customer may spend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis


def balances(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """One row for each customer of the points ledger: customer_id and points, as they stand on `today`.

    The ledger's rows are signed (spent and expired are negative), so the balance is their sum. Pending points
    can't be spent yet and don't count. Source: "long-term points, and points for the gift".
    """
    ledger = tables["points"]
    counted = ledger.filter(ledger.kind != "pending", ledger.day <= today)
    return counted.group_by("customer_id").aggregate(points=counted.points.sum())
