"""The work lists of protected prices: credit notes for what fell, and prices that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, fields
from datetime import date

from sitegen.audience.calendar.spans import shift_days
from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.programme.relationship.meant import chosen
from sitegen.programme.relationship.notes import CreditNote, KeptPrice, credit_note, kept_price
from sitegen.programme.relationship.protection import fallen, risen


def protection_lists(project: Project, people: People, days: tuple[date, date]) -> Iterator[PrivateArtifact]:
    """work/credit-notes.csv for the price falls of `days` (first, last), and work/kept-prices.csv on the last of them.

    Falls of the days before, on which nobody may have built, are among them: a note has the same number in each list.
    Nothing where the programme protects no prices.
    """
    protection, rounding = project.programme.price_protection, project.programme.prices.rounding
    if protection is None:
        return
    tables, meant = people.engine.tables, chosen(protection.who, people.facts, people.members)
    if protection.unsold:
        since = shift_days(days[0], -project.shop.catch_up)
        found = fallen(tables, protection, (since, days[1]), meant).order_by(["customer_id", "order_id", "line", "day"])
        notes = (credit_note(row, rounding) for batch in people.engine.rows(found) for row in batch)
        yield _list("work/credit-notes.csv", CreditNote, (note for note in notes if note.credit))
    if protection.uncollected:
        waiting = risen(tables, protection, days[1], meant).order_by(["customer_id", "order_id", "line"])
        kept = (kept_price(row, protection, rounding) for batch in people.engine.rows(waiting) for row in batch)
        yield _list("work/kept-prices.csv", KeptPrice, (one for one in kept if one.new > one.price))


def _list(
    path: str, kind: type[CreditNote | KeptPrice], things: Iterator[CreditNote] | Iterator[KeptPrice]
) -> PrivateArtifact:
    return sheet(path, [field.name for field in fields(kind)], (astuple(thing) for thing in things))
