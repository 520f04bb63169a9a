"""One duty whenever so much time has passed since the last proof of the act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import table_of
from sitegen.model.duty import Duty, Every
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.begun import Said, begun, later
from sitegen.programme.duties.evidence import letters, proving
from sitegen.programme.duties.meant import only_meant


def every(tables: Mapping[str, ibis.Table], duty: Duty, trigger: Every, asked: Asked) -> ibis.Table:
    """BEGUN_TYPES: customers for whom the act was last proved so long ago, or who first ordered then.

    Of those for whom it was never proved and who never ordered, and of those who are not meant, there is nothing. What
    fell due before the desk began is due from its first day.
    """
    proofs = _last(tables, duty, asked)
    orders = purchases(tables, asked.today)
    firsts = orders.group_by("customer_id").aggregate(first=orders["ordered_at"].cast("date").min())
    firsts = firsts.rename(buyer="customer_id")
    customers = only_meant(table_of(tables, "customers", asked.schema).select("customer_id"), duty, asked)
    joined = customers.left_join(proofs, customers["customer_id"] == proofs["whose"])
    joined = joined.left_join(firsts, joined["customer_id"] == firsts["buyer"])
    found = joined.select("customer_id", anchor=ibis.coalesce(joined["proved"], joined["first"]))
    found = found.filter(found["anchor"].notnull())
    day = ibis.greatest(later(found["anchor"], trigger.span), ibis.date(asked.desk.since))
    subject = found["customer_id"] + "@" + found["anchor"].cast("string")
    return begun(found, Said(subject, found["customer_id"], day), duty, asked)


def _last(tables: Mapping[str, ibis.Table], duty: Duty, asked: Asked) -> ibis.Table:
    """whose, proved: the latest day on which a contact, a delivery or the desk proves the act."""
    results = table_of(tables, "duty_results", asked.schema)
    done = results.filter(
        results["duty"] == duty.name, results["result"] == "done", results["day"] <= ibis.date(asked.today)
    )
    days = [done.select("customer_id", day=done["day"].cast("date"))]
    days += [
        table.select("customer_id", "day")
        for table in (proving(tables, duty, asked), letters(duty, asked))
        if table is not None
    ]
    together = reduce(lambda one, other: one.union(other), days)
    return together.group_by("customer_id").aggregate(proved=together["day"].max()).rename(whose="customer_id")
