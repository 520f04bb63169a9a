"""Keep the registers of the desk: defects by product, promises, suggestions with their gates, notes by their way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.complaint_desk import Route
from sitegen.model.table import STANDARD, Schema

YEAR = 365
QUARTER = 90
LOW = 2
"""Stars of an order that count as a low rating, and fewer."""
GATES = ("fits_brand", "feasible", "no_conflict")
"""The three gates of a suggestion, in their order."""
REPAIRS = "repairs"
"""A shop's own table, one row a repair; it counts where it has a `product_id`."""


def defect_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """A row for each product that was ordered in the last YEAR days: what its orders brought, most defects first.

    `orders` were not cancelled; of these so many came back (`returned`) or brought a complaint about quality
    (`complained`), and `defects` one or the other. `rated_low` stands beside, for a low rating may mean the courier. An
    order with several products counts for each, since nobody wrote down which one it was. `repaired` counts repairs.
    Source: "zero defect products".
    """
    lines = table_of(tables, "order_lines", schema).select("order_id", "product_id").distinct()
    told = lines.inner_join(_judged_orders(tables, today, schema), "order_id")
    found = told.group_by("product_id").aggregate(
        orders=told.count(),
        returned=told.count(where=told["returned"]),
        complained=told.count(where=told["complained"]),
        rated_low=told.count(where=told["rated_low"]),
        defects=told.count(where=told["returned"] | told["complained"]),
    )
    products = table_of(tables, "products", schema).select(known="product_id", name="name", group="group")
    named = found.inner_join(products, found["product_id"] == products["known"])
    repairs = _repairs(tables, today)
    if repairs is None:
        named = named.mutate(repaired=ibis.literal(0))
    else:
        named = named.left_join(repairs, named["product_id"] == repairs["mended"])
        named = named.mutate(repaired=named["repaired"].fill_null(0))
    columns = ("product_id", "name", "group", "orders", "returned", "complained", "rated_low", "defects", "repaired")
    told = named.select(*columns)
    return told.order_by(ibis.desc("defects"), ibis.desc("repaired"), ibis.desc("rated_low"), "orders", "product_id")


def promise_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """The promises: late ones first, then those that wait, those kept without proof, and those kept of a QUARTER.

    `standing` is late, waiting, unproven or kept; `days_late` counts from the day it was due to the day on which it
    was kept, or today; below 1 there was time. Source: "conscientiously fulfill the 'promise service'".
    """
    day = ibis.date(today)
    rows = table_of(tables, "promises", schema)
    rows = rows.filter(rows["made_on"] <= day)
    kept = (rows["kept_on"] <= day).fill_null(False)
    shown = rows["proof"].strip().nullif("").notnull()
    late = ibis.ifelse(kept, rows["kept_on"], day).delta(rows["due_on"], unit="day").cast("int64")
    place = ibis.cases((~kept & (late > 0), 0), (~kept, 1), (~shown, 2), else_=3)
    rows = rows.mutate(
        kept_on=ibis.ifelse(kept, rows["kept_on"], ibis.null("date")),
        days_late=late,
        place=place,
        standing=ibis.cases((place == 0, "late"), (place == 1, "waiting"), (place == 2, "unproven"), else_="kept"),
        old=kept & shown & (rows["kept_on"] < ibis.date(today - timedelta(days=QUARTER))),
    )
    rows = with_names(rows.filter(~rows["old"]), tables, schema)
    newest = ibis.desc(ibis.ifelse(rows["place"] == 3, rows["kept_on"], ibis.null("date")))
    return rows.order_by("place", newest, "due_on", "promise_id").drop("place", "old")


def suggestion_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """The suggestions: undecided ones first, the oldest of them first, then those decided in the last YEAR days.

    `age` is how many days one waits or waited; what was decided after today is not known yet.
    Source: "proactively propose rationalization proposals"; the gates: "does not affect the brand image, the opinions
    are feasible and there is no obvious conflict".
    """
    day = ibis.date(today)
    rows = table_of(tables, "suggestions", schema)
    rows = rows.filter(rows["given_on"] <= day)
    decided = (rows["decided_on"] <= day).fill_null(False)
    rows = rows.mutate(
        decided_on=ibis.ifelse(decided, rows["decided_on"], ibis.null("date")),
        decision=ibis.ifelse(decided, rows["decision"], ibis.null("string")),
        age=ibis.ifelse(decided, rows["decided_on"], day).delta(rows["given_on"], unit="day").cast("int64"),
        place=ibis.ifelse(decided, 1, 0),
        old=decided & (rows["decided_on"] < ibis.date(today - timedelta(days=YEAR))),
    )
    rows = with_names(rows.filter(~rows["old"]), tables, schema)
    newest = ibis.desc(rows["decided_on"])
    return rows.order_by("place", newest, "given_on", "suggestion_id").drop("place", "old")


def note_rows(tables: Mapping[str, ibis.Table], today: date, schema: Schema = STANDARD) -> ibis.Table:
    """Notes of the last QUARTER days: those that the row sends somewhere, and those of visits; latest first.

    `route` is where a note goes: as the row says, else to the region; `region` is that of the customer's store.
    Source: "unified management ... by the region, while the content related to the company will be transferred to the
    customer service department of the head office".
    """
    rows = table_of(tables, "contacts", schema)
    when = rows["at"].cast("date")
    recent = (when <= ibis.date(today)) & (when > ibis.date(today - timedelta(days=QUARTER)))
    said = rows["note"].strip().nullif("").notnull()
    visit = (rows["channel"] == "visit").fill_null(False)
    rows = rows.filter(recent, said, rows["routed_to"].notnull() | visit)
    rows = rows.mutate(day=rows["at"].cast("date"), route=rows["routed_to"].fill_null(Route.REGION.value))
    named = with_names(rows, tables, schema)
    return named.order_by("route", "region", ibis.desc("day"), "contact_id")


def with_names(rows: ibis.Table, tables: Mapping[str, ibis.Table], schema: Schema = STANDARD) -> ibis.Table:
    """The rows with `name`, `phone` and `region` of the customer and `adviser`, who looks after it, all perhaps null.

    An adviser_id that the row does not have is the customer's own.
    """
    people = rows_with(tables, "customers", ("store.region",), schema)
    people = people.select(
        person="customer_id",
        name=full_name(people["first_name"], people["last_name"]),
        phone="phone",
        region=people["store.region"],
        own="adviser_id",
    )
    joined = rows.left_join(people, rows["customer_id"] == people["person"])
    own = joined["adviser_id"].nullif("") if "adviser_id" in rows.columns else ibis.null("string")
    joined = joined.mutate(adviser_id=ibis.coalesce(own, joined["own"].nullif(""))).drop("person", "own")
    staff = table_of(tables, "advisers", schema)
    staff = staff.select(number="adviser_id", adviser=full_name(staff["first_name"], staff["last_name"]))
    return joined.left_join(staff, joined["adviser_id"] == staff["number"]).drop("number")


def _judged_orders(tables: Mapping[str, ibis.Table], today: date, schema: Schema) -> ibis.Table:
    """order_id, returned, complained and rated_low of each order of the year that was not cancelled."""
    orders = table_of(tables, "orders", schema)
    day = orders["ordered_at"].cast("date")
    recent = (day <= ibis.date(today)) & (day > ibis.date(today - timedelta(days=YEAR)))
    orders = orders.filter(recent, (orders["status"] != "cancelled").fill_null(True))
    complaints = table_of(tables, "complaints", schema)
    about = complaints.filter(complaints["opened_on"] <= ibis.date(today), complaints["factor"] == "quality")
    about = about.filter(about["order_id"].notnull()).select(about="order_id").distinct()
    joined = orders.left_join(about, orders["order_id"] == about["about"])
    return joined.select(
        "order_id",
        returned=(joined["status"] == "returned").fill_null(False),
        complained=joined["about"].notnull(),
        rated_low=(joined["rating"] <= LOW).fill_null(False),
    )


def _repairs(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table | None:
    rows = tables.get(REPAIRS)
    if rows is None or not {"product_id", "day"} <= set(rows.columns):
        return None
    day: ir.Value = rows["day"].cast("date")
    recent = rows.filter(day <= ibis.date(today), day > ibis.date(today - timedelta(days=YEAR)))
    return recent.group_by(mended="product_id").aggregate(repaired=recent.count())
