"""Work out every duty of a day: what made it, whose it is, until when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis

from sitegen.model.duty import Crossed, Duty, Every, ForEach, Top
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.crossed import crossed
from sitegen.programme.duties.every import every
from sitegen.programme.duties.for_each import for_each
from sitegen.programme.duties.meant import void_where_not_meant
from sitegen.programme.duties.proofs import with_results
from sitegen.programme.duties.responsible import with_adviser
from sitegen.programme.duties.top import top
from sitegen.programme.reports.ground import DUTY_TYPES, no_duties


def instances(tables: Mapping[str, ibis.Table], asked: Asked) -> ibis.Table:
    """DUTY_TYPES, one row for each (duty, subject), in no order: all that began from the desk's `since` to today.

    `tables` is the customer file with what the ledger adds, each customer with the closest adviser. The same tables
    and the same day give the same rows.
    """
    parts = [part for duty in asked.duties if (part := _begun(tables, duty, asked)) is not None]
    if not parts:
        return no_duties()
    begun = with_adviser(reduce(lambda one, other: one.union(other), parts), tables, asked)
    rows = with_results(begun, tables, asked)
    return rows.select({name: rows[name].cast(type_) for name, type_ in DUTY_TYPES.items()})


def _begun(tables: Mapping[str, ibis.Table], duty: Duty, asked: Asked) -> ibis.Table | None:
    match duty.trigger:
        case ForEach():
            found: ibis.Table | None = for_each(tables, duty, duty.trigger, asked)
        case Crossed():
            found = crossed(tables, duty, duty.trigger, asked)
        case Top():
            found = top(tables, duty, duty.trigger, asked)
        case Every():
            return every(tables, duty, duty.trigger, asked)
    return None if found is None else void_where_not_meant(found, duty, asked)
