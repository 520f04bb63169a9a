"""Ask whether customers whose trouble was mended come back more than others, and who leaves without a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Window
from sitegen.programme.reports.compared import days_between, how_many, known, within
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import outside, purchases
from sitegen.programme.reports.spells import lost_now

AFTER = 180
"""Days after an event in which a customer may buy again."""
EVENTS = 730
"""Days over which events are looked at: they end AFTER days ago, so that all had the same time."""
SOLVED, NEVER, UNSOLVED = "solved", "never", "unsolved"
LEFT_WITHIN = 365


@dataclass(frozen=True, slots=True)
class Group:
    """Customers with an event whose AFTER days have passed, and how many of them bought again in these."""

    customers: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class Leavers:
    """Customers who became lost within LEFT_WITHIN days, and how many of them without a word."""

    customers: int = 0
    silent: int = 0


def events_window(ground: Ground) -> Window:
    """The days of the events."""
    last = ground.today - timedelta(days=AFTER)
    return Window(last, last - timedelta(days=EVENTS - 1))


def recovery(ground: Ground) -> Mapping[str, Group]:
    """The groups SOLVED, NEVER and UNSOLVED; each customer is in one of them at most.

    A customer's first complaint of the window counts: SOLVED from the day of a result that contented them, else
    UNSOLVED from the day on which it came. NEVER: who never complained, from their first order of the window.
    Source: "customers whose problems are solved are more loyal than those who never encountered a problem".
    """
    events = _complained(ground).union(_never_complained(ground))
    orders = purchases(ground).select(buyer="customer_id", bought="day")
    again = events.inner_join(orders, events["customer_id"] == orders["buyer"])
    gap = days_between(again["event"], again["bought"])
    again = again.filter(gap > 0, gap <= AFTER).select(returned="customer_id").distinct()
    both = events.left_join(again, events["customer_id"] == again["returned"])
    groups = both.group_by("kind").aggregate(customers=both.count(), again=both["returned"].count())
    found = {row["kind"]: Group(int(row["customers"]), int(row["again"])) for row in ground.ask(groups)}
    return {kind: found.get(kind, Group()) for kind in (SOLVED, NEVER, UNSOLVED)}


def _complaints(ground: Ground) -> ibis.Table:
    rows = outside(ground, table_of(ground.tables, "complaints", ground.schema))
    return rows.filter(known(rows["opened_on"], ground.today))


def _complained(ground: Ground) -> ibis.Table:
    window, rows = events_window(ground), _complaints(ground)
    rows = rows.filter(within(rows["opened_on"], window))
    first = ibis.row_number().over(group_by="customer_id", order_by=["opened_on", "complaint_id"])
    rows = rows.mutate(first=first).filter(lambda row: row["first"] == 0)
    solved = known(rows["solved_on"], ground.today) & rows["satisfied"].fill_null(False)
    events = rows.select(
        "customer_id",
        event=ibis.ifelse(solved, rows["solved_on"], rows["opened_on"]).cast("date"),
        kind=ibis.ifelse(solved, SOLVED, UNSOLVED),
    )
    return events.filter(known(events["event"], window.last))


def _never_complained(ground: Ground) -> ibis.Table:
    orders = purchases(ground)
    orders = orders.filter(within(orders["day"], events_window(ground)))
    first = orders.group_by("customer_id").aggregate(event=orders["day"].min())
    quiet = first.anti_join(_complaints(ground).select("customer_id"), "customer_id")
    return quiet.select("customer_id", "event", kind=ibis.literal(NEVER))


def leavers(ground: Ground) -> Leavers:
    """Who was lost in the last LEFT_WITHIN days, and who of them never said a word from their last order on: no
    complaint, no answer to a question, no contact that they began, no reason at a goodbye.

    Source: "Most dissatisfied customers will leave silently".
    """
    lost = _lost(ground)
    spoken = _words(ground)
    heard = lost.inner_join(spoken, lost["customer_id"] == spoken["speaker"])
    heard = heard.filter(heard["spoke_on"] >= heard["last_order"]).select(heard="customer_id").distinct()
    both = lost.left_join(heard, lost["customer_id"] == heard["heard"])
    silent = both["heard"].isnull() & ~both["told_why"]
    (row,) = ground.ask(both.aggregate(customers=both.count(), silent=how_many(silent)))
    return Leavers(int(row["customers"]), int(row["silent"]))


def _lost(ground: Ground) -> ibis.Table:
    """customer_id, last_order, told_why of who was lost in the window: `spells.lost_now`."""
    gone = lost_now(ground)
    gone = gone.filter(within(gone["lost"], ground.last(LEFT_WITHIN)))
    customers = table_of(ground.tables, "customers", ground.schema)
    told = customers.select(person="customer_id", goodbye="lost_on", why="lost_reason")
    rows = gone.left_join(told, gone["customer_id"] == told["person"])
    why = known(rows["goodbye"], ground.today) & rows["why"].strip().nullif("").notnull()
    return rows.select("customer_id", last_order="day", told_why=why.fill_null(False))


def _words(ground: Ground) -> ibis.Table:
    """Each word of a customer: `speaker`, `spoke_on`."""
    contacts = table_of(ground.tables, "contacts", ground.schema)
    began = contacts.filter((contacts["direction"] == "in").fill_null(False))
    answers = table_of(ground.tables, "survey_answers", ground.schema)
    parts = (
        _complaints(ground).select(speaker="customer_id", spoke_on="opened_on"),
        began.select(speaker="customer_id", spoke_on="at"),
        answers.select(speaker="customer_id", spoke_on="answered_on"),
    )
    words = ibis.union(*parts)
    return words.filter(known(words["spoke_on"], ground.today))
