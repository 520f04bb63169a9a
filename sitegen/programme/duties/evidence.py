"""Which contacts prove an act, and what left the house for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.rows import rows_with
from sitegen.model.duty import Act, Duty
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.standing_rows import fulfilling
from sitegen.programme.duties.ways import CHANNELS, IN_VAIN

FROM_THE_SHOP = (Act.CALL, Act.MESSAGE, Act.LETTER)
"""Acts that only the shop can begin; a visit counts, whoever came to whom."""


def proving(tables: Mapping[str, ibis.Table], duty: Duty, asked: Asked) -> ibis.Table | None:
    """customer_id, day and contact_id of the contacts by today that prove the duty; None where no contact can.

    A contact of which nobody knows how it ended counts. Where a column of the row says when it was done, contacts
    prove it only by conditions of its own.
    """
    if duty.act not in CHANNELS or (duty.done_on and not duty.evidence):
        return None
    paths = [condition.fact.column for condition in duty.evidence]
    contacts = rows_with(tables, "contacts", paths, asked.schema)
    contacts = contacts.filter(contacts["at"].cast("date") <= ibis.date(asked.today), _matches(contacts, duty.act))
    contacts = fulfilling(contacts, duty.evidence, asked.today)
    return contacts.select("customer_id", "contact_id", day=contacts["at"].cast("date"))


def letters(duty: Duty, asked: Asked) -> ibis.Table | None:
    """customer_id and day of the deliveries by today that prove the duty; None where none can."""
    if not duty.campaign or asked.deliveries is None:
        return None
    left = asked.deliveries
    left = left.filter(left["campaign"] == duty.campaign, left["day"] <= ibis.date(asked.today))
    return left.select("customer_id", "day")


def _matches(contacts: ibis.Table, act: Act) -> ir.BooleanValue:
    asked = [(contacts["outcome"] != IN_VAIN).fill_null(True)]
    if CHANNELS[act]:
        asked.append(contacts["channel"].isin(CHANNELS[act]).fill_null(False))
    if act in FROM_THE_SHOP:
        asked.append((contacts["direction"] == "out").fill_null(False))
    return reduce(and_, asked)
