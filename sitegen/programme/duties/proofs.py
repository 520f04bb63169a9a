"""Find what became of the duties that began: their earliest proof, and the desk's excuse."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.rows import table_of
from sitegen.model.duty import Every
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.evidence import letters, proving

KEY = ("duty", "subject")
ROW, CONTACT, LETTER, DESK = "0123"
"""What goes first where several things prove a duty on one day."""
_ISO = len("2026-09-08")


def with_results(begun: ibis.Table, tables: Mapping[str, ibis.Table], asked: Asked) -> ibis.Table:
    """The rows with done_on, proof, excused_on and excuse, null where there is none."""
    results = table_of(tables, "duty_results", asked.schema)
    results = results.filter(results["day"].cast("date") <= ibis.date(asked.today))
    found = _earliest(_proofs(begun, results, _witnesses(tables, asked), asked), "proof")
    excused = results.filter(results["result"] == "excused")
    excuses = _earliest(_told(excused, excused["day"], excused["reason"].fill_null("")), "excuse")
    joined = begun.left_join(found, [begun[key] == found[f"proof {key}"] for key in KEY])
    joined = joined.left_join(excuses, [joined[key] == excuses[f"excuse {key}"] for key in KEY])
    return joined.select(
        *begun.columns,
        done_on=_day(joined["told proof"]),
        proof=_words(joined["told proof"]).substr(1),
        excused_on=_day(joined["told excuse"]),
        excuse=_words(joined["told excuse"]).nullif(""),
    )


def _proofs(begun: ibis.Table, results: ibis.Table, witnesses: ibis.Table | None, asked: Asked) -> ibis.Table:
    """Everything that proves a duty: duty, subject, and when and what in one text."""
    rows = begun.filter(begun["row_done"].notnull())
    done = results.filter(results["result"] == "done", ~results["duty"].isin(_endless(asked)))
    told = _told(rows, rows["row_done"], ROW + rows["row_proof"]).union(
        _told(done, done["day"], ibis.literal(DESK + "desk"))
    )
    return told if witnesses is None else told.union(_seen(begun, witnesses))


def _witnesses(tables: Mapping[str, ibis.Table], asked: Asked) -> ibis.Table | None:
    """What left for customers, and who spoke with them: duty, customer, day, words, and the contact's number."""
    parts = []
    for duty in (duty for duty in asked.duties if duty.name not in _endless(asked)):
        contacts, left = proving(tables, duty, asked), letters(duty, asked)
        if contacts is not None:
            contacts = contacts.filter(contacts["day"] >= ibis.date(asked.desk.since))
            said = CONTACT + "contact " + contacts["contact_id"]
            parts.append(_of(duty.name, contacts, said, contacts["contact_id"]))
        if left is not None:
            parts.append(_of(duty.name, left, ibis.literal(f"{LETTER}letter {duty.campaign}"), ibis.null("string")))
    return reduce(lambda one, other: one.union(other), parts) if parts else None


def _endless(asked: Asked) -> list[str]:
    """Duties that are never done: each proof makes a new one."""
    return [duty.name for duty in asked.duties if isinstance(duty.trigger, Every)]


def _of(duty: str, rows: ibis.Table, said: ir.Value, contact: ir.Value) -> ibis.Table:
    return rows.select(of=ibis.literal(duty), whose=rows["customer_id"], on=rows["day"], said=said, contact=contact)


def _seen(begun: ibis.Table, witnesses: ibis.Table) -> ibis.Table:
    """The witnesses of each duty from the trigger's day on; a contact is none of the duty that it makes."""
    joined = begun.inner_join(
        witnesses,
        [
            begun["duty"] == witnesses["of"],
            begun["customer_id"] == witnesses["whose"],
            witnesses["on"] >= begun["day"],
            (begun["row_contact"] != witnesses["contact"]).fill_null(True),
        ],
    )
    return _told(joined, joined["on"], joined["said"])


def _told(rows: ibis.Table, day: ir.Value, words: ir.Value) -> ibis.Table:
    return rows.select(*KEY, told=day.cast("date").cast("string") + words)


def _earliest(told: ibis.Table, what: str) -> ibis.Table:
    """Of each duty the first text: days in ISO form are in order, and what stands behind them decides within a day."""
    first = told.group_by(*KEY).aggregate(**{f"told {what}": told["told"].min()})
    return first.rename({f"{what} {key}": key for key in KEY})


def _day(told: ir.Value) -> ir.Value:
    return told.substr(0, _ISO).cast("date")


def _words(told: ir.Value) -> ir.Value:
    return told.substr(_ISO)
