"""What the duties of a day are asked for: the rules, the desk, who is in which segment, and what left the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis

from sitegen.model.duty import Desk, Duty
from sitegen.model.table import STANDARD, Schema


@dataclass(frozen=True, slots=True)
class Asked:
    """`members` has one row for each customer: customer_id, and a boolean column for each segment that a duty's `who`
    names. `deliveries` is what left, with model.ledger.DELIVERY_TYPES; None where nothing ever did.
    """

    duties: tuple[Duty, ...]
    desk: Desk
    today: date
    members: ibis.Table
    schema: Schema = STANDARD
    deliveries: ibis.Table | None = None
