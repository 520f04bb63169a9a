"""Say what proves a duty, or excuses it, for the oracle: slowly and obviously."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.model.duty import Act, Duty, Every, ForEach
from tests.desk.oracle_shop import Begun, Row, Shop, day_of, holds

_WRITTEN = ("mail", "text", "card")


def proof_of(shop: Shop, duty: Duty, begun: Begun) -> tuple[date | None, str | None]:
    """The earliest day wins; on one day the row, then a contact, then a delivery, then the desk."""
    if isinstance(duty.trigger, Every):
        return None, None
    found: list[tuple[date, int, str, str]] = []
    if duty.done_on:
        assert begun.row is not None
        day = day_of(begun.row[duty.done_on])
        found += [(day, 0, "", duty.done_on)] if day else []
    if not duty.done_on or duty.evidence:
        found += _proving_contacts(shop, duty, begun)
    left = [row["day"] for row in letters(shop, duty, begun.customer["customer_id"]) if row["day"] >= begun.day]
    found += [(day, 2, "", f"letter {duty.campaign}") for day in left]
    found += [(day, 3, "", "desk") for day, _ in _said(shop, duty, begun.subject, "done")]
    known = sorted(one for one in found if one[0] <= shop.today)
    return (known[0][0], known[0][3]) if known else (None, None)


def _proving_contacts(shop: Shop, duty: Duty, begun: Begun) -> Iterator[tuple[date, int, str, str]]:
    itself = isinstance(duty.trigger, ForEach) and duty.trigger.table == "contacts"
    for row in shop.contacts.get(begun.customer["customer_id"], ()):
        if itself and row is begun.row:
            continue
        if row["at"] >= begun.day and proves(shop, duty, row):
            yield row["at"], 1, row["contact_id"], f"contact {row['contact_id']}"


def proves(shop: Shop, duty: Duty, contact: Row) -> bool:
    if contact["outcome"] == "not-reached":
        return False
    channel, out = contact["channel"], contact["direction"] == "out"
    right = {
        Act.CALL: channel == "call" and out,
        Act.VISIT: channel == "visit",
        Act.MESSAGE: channel in (*_WRITTEN, "call") and out,
        Act.LETTER: channel in _WRITTEN and out,
        Act.CONTACT: True,
        Act.TASK: False,
    }[duty.act]
    return right and holds(shop, duty.evidence, contact, "contacts")


def letters(shop: Shop, duty: Duty, customer: str) -> list[Row]:
    if not duty.campaign:
        return []
    return [row for row in shop.deliveries if (row["campaign"], row["customer_id"]) == (duty.campaign, customer)]


def excuse_of(shop: Shop, duty: Duty, subject: str) -> tuple[date | None, str | None]:
    said = [one for one in _said(shop, duty, subject, "excused") if one[0] <= shop.today]
    return min(said, key=lambda one: one[0], default=(None, None))


def _said(shop: Shop, duty: Duty, subject: str, result: str) -> list[tuple[date, str | None]]:
    return [
        (row["day"], row["reason"])
        for row in shop.rows("duty_results")
        if (row["duty"], row["subject"], row["result"]) == (duty.name, subject, result)
    ]
