"""Find all that the shop knows of a customer, table by table: what a dossier shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.table import STANDARD, Schema
from sitegen.programme.desk.history import first_of, with_adviser_names

Tables: TypeAlias = Mapping[str, ibis.Table]
Source: TypeAlias = Callable[[Tables, date, Schema], ibis.Table]
MOST = 25
"""Rows of each kind that stand in a dossier; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier. `columns` are shown, each with its kind: text, note, day, time, money, number, yes_no, value
    (a word of the customer file), goods or steps. `order` sorts the rows, "-" in front: downwards."""

    name: str
    rows: Source
    columns: tuple[tuple[str, str], ...]
    order: tuple[str, ...]


def _plain(name: str, day: str = "", paths: Sequence[str] = ()) -> Source:
    """The rows of a table, those of days to come left out, with what they refer to."""

    def rows(tables: Tables, today: date, schema: Schema) -> ibis.Table:
        found = rows_with(tables, name, paths, schema)
        found = found.rename({path.replace(".", " "): path for path in paths}) if paths else found
        if "adviser_id" in found.columns:
            found = with_adviser_names(found, tables)
        return found.filter(found[day].cast("date") <= ibis.date(today)) if day else found

    return rows


def _referrals(tables: Tables, today: date, schema: Schema) -> ibis.Table:  # noqa: ARG001 - as every Source
    """Each referral twice: for whoever brought somebody, and for whoever was brought."""
    rows = table_of(tables, "referrals")
    rows = rows.filter(rows["day"] <= ibis.date(today))
    people = table_of(tables, "customers")
    names = people.select(other_id="customer_id", other=full_name(people["first_name"], people["last_name"]))
    sides = [("referrer_id", "referred_id", "brought"), ("referred_id", "referrer_id", "brought-by")]
    one, two = (
        rows.select(
            "day", "order_id", "thanked_on", "called_on", customer_id=mine, other_id=theirs, side=ibis.literal(side)
        )
        for mine, theirs, side in sides
    )
    both = one.union(two)
    return both.left_join(names, "other_id").drop("other_id_right")


ORDERS = Section(
    "orders",
    _plain("orders", "ordered_at"),
    (
        ("ordered_at", "day"),
        ("order_id", "text"),
        ("goods", "goods"),
        ("amount", "money"),
        ("status", "value"),
        ("channel", "value"),
        ("courier", "text"),
        ("rating", "number"),
    ),
    ("-ordered_at", "-order_id"),
)
CONTACTS = Section(
    "contacts",
    _plain("contacts", "at"),
    (
        ("at", "day"),
        ("channel", "value"),
        ("direction", "value"),
        ("subject", "value"),
        ("outcome", "value"),
        ("liked", "yes_no"),
        ("comfortable", "yes_no"),
        ("washing_question", "note"),
        ("note", "note"),
        ("by", "text"),
    ),
    ("-at", "-contact_id"),
)
COMPLAINTS = Section(
    "complaints",
    _plain("complaints", "opened_on"),
    (
        ("opened_on", "day"),
        ("complaint_id", "text"),
        ("factor", "value"),
        ("text", "note"),
        ("steps", "steps"),
        ("compensation", "note"),
        ("solved_on", "day"),
        ("satisfied", "yes_no"),
    ),
    ("-opened_on", "-complaint_id"),
)
SECTIONS = (
    ORDERS,
    CONTACTS,
    COMPLAINTS,
    Section(
        "promises",
        _plain("promises", "made_on"),
        (("due_on", "day"), ("promise", "note"), ("made_on", "day"), ("kept_on", "day"), ("proof", "note")),
        ("-due_on", "-promise_id"),
    ),
    Section(
        "loans",
        _plain("loans", "lent_on"),
        (("lent_on", "day"), ("item", "text"), ("deposit", "money"), ("returned_on", "day")),
        ("-lent_on", "-loan_id"),
    ),
    Section(
        "children",
        _plain("children"),
        (("first_name", "text"), ("due_on", "day"), ("born_on", "day")),
        ("child_id",),
    ),
    Section(
        "attendances",
        _plain("attendances", paths=("event.title", "event.starts_at")),
        (("event starts_at", "time"), ("event title", "text"), ("status", "value"), ("party", "number")),
        ("-event starts_at", "event_id"),
    ),
    Section(
        "referrals",
        _referrals,
        (("day", "day"), ("side", "value"), ("other", "text"), ("thanked_on", "day"), ("called_on", "day")),
        ("-day", "other_id"),
    ),
    Section(
        "survey_answers",
        _plain("survey_answers", "answered_on"),
        (
            ("answered_on", "day"),
            ("survey", "text"),
            ("question", "text"),
            ("factor", "value"),
            ("score", "number"),
            ("answer", "note"),
        ),
        ("-answered_on", "survey", "question"),
    ),
    Section(
        "suggestions",
        _plain("suggestions", "given_on"),
        (("given_on", "day"), ("about", "value"), ("text", "note"), ("decision", "value")),
        ("-given_on", "-suggestion_id"),
    ),
    Section(
        "responses",
        _plain("responses", "day"),
        (("day", "day"), ("campaign", "text"), ("channel", "value"), ("answer", "value")),
        ("-day", "campaign", "channel", "answer"),
    ),
    Section(
        "consents",
        _plain("consents"),
        (
            ("channel", "value"),
            ("purpose", "value"),
            ("status", "value"),
            ("given_on", "day"),
            ("withdrawn_on", "day"),
            ("source", "value"),
        ),
        ("channel", "purpose"),
    ),
)
"""What stands in a dossier after the record, in this order; a section without rows is left out."""


def section_rows(
    section: Section, tables: Tables, whose: Sequence[str], today: date, schema: Schema = STANDARD
) -> ibis.Table:
    """The first MOST rows of some customers, in the section's order, with `place` and `total`."""
    rows = section.rows(tables, today, schema)
    rows = rows.filter(rows["customer_id"].isin(list(whose)))
    order = [rows[name[1:]].desc(nulls_first=False) if name.startswith("-") else rows[name] for name in section.order]
    return first_of(rows, "customer_id", order, MOST).order_by("customer_id", "place")


def steps_of(tables: Tables, complaint_ids: Sequence[str], today: date) -> ibis.Table:
    """The steps that were taken of some complaints by today, in the order of their days."""
    rows = table_of(tables, "complaint_steps")
    rows = rows.filter(rows["complaint_id"].isin(list(complaint_ids)), rows["done_on"] <= ibis.date(today))
    return rows.select("complaint_id", "step", "done_on", "evidence").order_by("complaint_id", "done_on", "step")
