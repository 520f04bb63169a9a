"""Ask for complaints and their steps, in one order, so that one complaint at a time can be led through its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.table import STANDARD, Schema
from sitegen.programme.duties.ways import IN_VAIN

ABOUT = "complaint"
"""What a contact is about in which a customer is asked again."""


def complaint_rows(
    tables: Mapping[str, ibis.Table], today: date, since: date | None, schema: Schema = STANDARD
) -> ibis.Table:
    """A row for each complaint that came until today, by its number: its columns, and whose it is.

    `first_name`, `last_name`, `name`, `phone` and `region` are the customer's, `whose` who looks after it: whom the
    row names, else the customer's own adviser; null where nobody does. `spoken_on` is the last day on which somebody
    of the shop reached the customer about a complaint. What was settled before `since` (None: ever) without a step is
    left out, unless there is a lesson in it: `settled` counts it.
    """
    rows = _known(tables, today, since, schema)
    kept = rows.filter(~rows["old"] | rows["lesson"].notnull())
    people = _people(tables, schema)
    named = kept.left_join(people, kept["customer_id"] == people["person"])
    advisers = table_of(tables, "advisers", schema)
    first, second = advisers.select(first="adviser_id"), advisers.select(second="adviser_id")
    named = named.left_join(first, named["adviser_id"] == first["first"])
    # To Ibis a value reckoned in a join is no column yet that another join could ask for.
    named = named.select(*named.columns)
    found = named.left_join(second, named["own"] == second["second"])
    found = found.mutate(whose=ibis.coalesce(found["first"], found["second"]))
    spoken = _spoken(tables, today, schema)
    found = found.left_join(spoken, found["customer_id"] == spoken["listener"])
    return found.drop("old", "person", "own", "first", "second", "listener").order_by("complaint_id")


def step_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """The steps that were taken until today, by complaint, then by day."""
    steps = table_of(tables, "complaint_steps", schema)
    return steps.filter(steps["done_on"] <= ibis.date(today)).order_by("complaint_id", "done_on", "step")


def apology_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """complaint_id, done_on and evidence of each apology until today, in the order in which they were made."""
    steps = table_of(tables, "complaint_steps", schema)
    said = steps.filter(steps["step"] == "apologise", steps["done_on"] <= ibis.date(today), steps["evidence"].notnull())
    return said.select("complaint_id", "done_on", "evidence").order_by("done_on", "complaint_id")


def settled(tables: Mapping[str, ibis.Table], today: date, since: date | None, schema: Schema = STANDARD) -> ibis.Table:
    """One row with `number`: the complaints that were settled before the desk began, by their rows' word alone."""
    rows = _known(tables, today, since, schema)
    return rows.filter(rows["old"]).aggregate(number=ibis._.count())


def _known(tables: Mapping[str, ibis.Table], today: date, since: date | None, schema: Schema) -> ibis.Table:
    """The complaints until today; `old`: solved, without a step, and begun before the desk."""
    day = ibis.date(today)
    rows = table_of(tables, "complaints", schema)
    rows = rows.filter(rows["opened_on"] <= day)
    steps = table_of(tables, "complaint_steps", schema)
    shown = steps.filter(steps["done_on"] <= day).select(shown="complaint_id").distinct()
    joined = rows.left_join(shown, rows["complaint_id"] == shown["shown"])
    early = ibis.literal(True) if since is None else joined["opened_on"] < ibis.date(since)
    solved = (joined["solved_on"] <= day).fill_null(False)
    return joined.mutate(old=joined["shown"].isnull() & solved & early).drop("shown")


def _people(tables: Mapping[str, ibis.Table], schema: Schema) -> ibis.Table:
    rows = rows_with(tables, "customers", ("store.region",), schema)
    return rows.select(
        person="customer_id",
        first_name="first_name",
        last_name="last_name",
        name=full_name(rows["first_name"], rows["last_name"]),
        phone="phone",
        region=rows["store.region"],
        own="adviser_id",
    )


def _spoken(tables: Mapping[str, ibis.Table], today: date, schema: Schema) -> ibis.Table:
    contacts = table_of(tables, "contacts", schema)
    reached = (contacts["outcome"] != IN_VAIN).fill_null(True)
    about = (contacts["subject"] == ABOUT) & (contacts["direction"] == "out")
    mine = contacts.filter(contacts["at"].cast("date") <= ibis.date(today), about.fill_null(False), reached)
    return mine.group_by(listener="customer_id").aggregate(spoken_on=mine["at"].cast("date").max())
