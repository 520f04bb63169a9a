"""Place the first rows of a register as its page shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import groupby

from sitegen.data.engine import Row
from sitegen.programme.complaints.registers import GATES
from sitegen.programme.reports.ground import per_cent
from sitegen.render.desk.complaint_views import CustomerView
from sitegen.render.desk.paths import dossier_path
from sitegen.render.desk.register_views import (
    DefectView,
    NotesView,
    NoteView,
    PromiseView,
    RegisterView,
    SuggestionView,
)

SPOTLESS = 10
"""Orders from which on a product without a defect is called one: fewer say nothing."""


def defects(view: RegisterView, rows: list[Row], _: Collection[str]) -> RegisterView:
    """Products with defects, the most defects first; and those without. Source: "zero defect products"."""
    products = [_defect(row) for row in rows]
    spotless = [one for one in products if not one.defects and not one.repaired]
    return replace(
        view,
        defects=tuple(one for one in products if one not in spotless),
        spotless=tuple(
            sorted((one for one in spotless if one.orders >= SPOTLESS), key=lambda one: (-one.orders, one.id))
        ),
    )


def promises(view: RegisterView, rows: list[Row], dossiers: Collection[str]) -> RegisterView:
    """Promises, late ones first."""
    return replace(view, promises=tuple(_promise(row, dossiers) for row in rows))


def suggestions(view: RegisterView, rows: list[Row], dossiers: Collection[str]) -> RegisterView:
    """Suggestions, undecided ones first."""
    return replace(view, suggestions=tuple(_suggestion(row, dossiers) for row in rows))


def notes(view: RegisterView, rows: list[Row], dossiers: Collection[str]) -> RegisterView:
    """Notes by their way."""
    groups = groupby(rows, key=lambda row: (row["route"], row["region"] or ""))
    return replace(
        view,
        notes=tuple(
            NotesView(route, region, tuple(_note(row, dossiers) for row in found)) for (route, region), found in groups
        ),
    )


def _defect(row: Row) -> DefectView:
    return DefectView(
        id=row["product_id"],
        name=row["name"] or row["product_id"],
        orders=row["orders"],
        returned=row["returned"],
        complained=row["complained"],
        rated_low=row["rated_low"],
        repaired=row["repaired"],
        defects=row["defects"],
        rate=per_cent(row["defects"], row["orders"]),
    )


def _promise(row: Row, dossiers: Collection[str]) -> PromiseView:
    return PromiseView(
        id=row["promise_id"],
        customer=_customer(row, dossiers) if row["customer_id"] else None,
        promise=row["promise"],
        adviser=row["adviser"] or "",
        made=row["made_on"],
        due=row["due_on"],
        standing=row["standing"],
        days_late=row["days_late"],
        kept=row["kept_on"],
        proof=row["proof"] or "",
        order=row["order_id"] or "",
    )


def _suggestion(row: Row, dossiers: Collection[str]) -> SuggestionView:
    return SuggestionView(
        id=row["suggestion_id"],
        customer=_customer(row, dossiers),
        about=row["about"] or "",
        text=row["text"] or "",
        given=row["given_on"],
        age=row["age"],
        gates=tuple((gate, row[gate]) for gate in GATES),
        decided=row["decided_on"],
        decision=row["decision"] or "",
    )


def _note(row: Row, dossiers: Collection[str]) -> NoteView:
    return NoteView(
        id=row["contact_id"],
        customer=_customer(row, dossiers),
        adviser=row["adviser"] or "",
        day=row["day"],
        channel=row["channel"] or "",
        subject=row["subject"] or "",
        note=row["note"],
    )


def _customer(row: Row, dossiers: Collection[str]) -> CustomerView:
    id_ = row["customer_id"]
    return CustomerView(id_, row["name"] or id_, row["phone"] or "", dossier_path(id_) if id_ in dossiers else "")
