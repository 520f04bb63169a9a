"""Count each adviser's work with customers: contacts, return visits, emotional contacts, scores, promises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.report import Window
from sitegen.programme.reports.compared import how_many, known, within
from sitegen.programme.reports.ground import Ground, Row
from sitegen.programme.reports.purchases import outside
from sitegen.programme.reports.survey_scores import latest_answers

WAYS = ("call", "visit", "mail", "text", "card", "shop")
"""The channels of contacts."""
EMOTIONAL = ("greeting", "thanks", "chat")
"""Subjects of a contact that is not about goods. Source: "return visits and emotional contacts"."""
IN_VAIN = "not-reached"


@dataclass(frozen=True, slots=True)
class Adviser:
    """Somebody who looks after customers; `store` is where, "" if unknown."""

    id: str
    name: str
    store: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What an adviser began: contacts, those that reached somebody, return visits (that reached somebody), emotional
    ones, how many each of WAYS has; `reached_customers` and `visited_customers` count each customer once. `answered`
    are contacts that a customer began."""

    contacts: int = 0
    reached: int = 0
    visits: int = 0
    emotional: int = 0
    answered: int = 0
    reached_customers: int = 0
    visited_customers: int = 0
    ways: tuple[int, ...] = (0,) * len(WAYS)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of an adviser's customers: of how many customers, how many scores, and their sum."""

    customers: int = 0
    answers: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises that were due, and those of them that were kept by their day."""

    due: int = 0
    kept: int = 0


def advisers(ground: Ground) -> tuple[Adviser, ...]:
    """All advisers by their number."""
    rows = rows_with(ground.tables, "advisers", ("store.name",), ground.schema)
    named = rows.select(
        "adviser_id", name=full_name(rows["first_name"], rows["last_name"]), store=rows["store.name"].fill_null("")
    )
    return tuple(
        Adviser(row["adviser_id"], row["name"] or row["adviser_id"], row["store"])
        for row in ground.ask(named.order_by("adviser_id"))
    )


def contacts(ground: Ground, window: Window) -> Mapping[str, Contacts]:
    """What each adviser did in the window. Who began is unknown: the shop did; no outcome: somebody was reached."""
    rows = outside(ground, table_of(ground.tables, "contacts", ground.schema))
    rows = rows.filter(within(rows["at"], window), rows["adviser_id"].notnull())
    ours = (rows["direction"] != "in").fill_null(True)
    reached = ours & (rows["outcome"] != IN_VAIN).fill_null(True)
    visit = reached & (rows["channel"] == "visit").fill_null(False)
    found = rows.group_by("adviser_id").aggregate(
        contacts=how_many(ours),
        reached=how_many(reached),
        visits=how_many(visit),
        emotional=how_many(ours & rows["subject"].isin(EMOTIONAL).fill_null(False)),
        answered=how_many(~ours),
        reached_customers=rows["customer_id"].nunique(where=reached),
        visited_customers=rows["customer_id"].nunique(where=visit),
        **{f"by {way}": how_many(ours & (rows["channel"] == way).fill_null(False)) for way in WAYS},
    )
    return {row["adviser_id"]: _contacts(row) for row in ground.ask(found)}


def scores(ground: Ground) -> Mapping[str, Scores]:
    """The scores of the latest day on which each of an adviser's customers answered. Source: "include customer
    satisfaction as part of employee performance"."""
    answers = latest_answers(ground)
    owners = table_of(ground.tables, "customers", ground.schema)
    owners = owners.filter(owners["adviser_id"].notnull()).select("adviser_id", whose="customer_id")
    both = answers.inner_join(owners, answers["customer_id"] == owners["whose"])
    found = both.group_by("adviser_id").aggregate(
        customers=both.count(), answers=both["answers"].sum(), total=both["total"].sum()
    )
    return {
        row["adviser_id"]: Scores(int(row["customers"]), int(row["answers"]), int(row["total"]))
        for row in ground.ask(found)
    }


def promises(ground: Ground, window: Window) -> Mapping[str, Promises]:
    """The promises of each adviser that were due in the window: kept by their day, or not.

    Let the window end before today: what is due today has time until the evening.
    """
    rows = table_of(ground.tables, "promises", ground.schema)
    rows = rows.filter(known(rows["made_on"], ground.today), within(rows["due_on"], window))
    rows = rows.filter(rows["adviser_id"].notnull())
    kept = known(rows["kept_on"], ground.today) & (rows["kept_on"] <= rows["due_on"]).fill_null(False)
    found = rows.group_by("adviser_id").aggregate(due=rows.count(), kept=how_many(kept))
    return {row["adviser_id"]: Promises(int(row["due"]), int(row["kept"])) for row in ground.ask(found)}


def _contacts(row: Row) -> Contacts:
    names = ("contacts", "reached", "visits", "emotional", "answered", "reached_customers", "visited_customers")
    counts: dict[str, Any] = {name: int(row[name]) for name in names}
    return Contacts(**counts, ways=tuple(int(row[f"by {way}"]) for way in WAYS))
