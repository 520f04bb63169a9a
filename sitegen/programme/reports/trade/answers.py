"""Reckon what became of each campaign: who accepted, ignored, refused it, and what they ordered then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Window
from sitegen.programme.reports.compared import MONEY, days_between, how_many, within
from sitegen.programme.reports.ground import Ground, Row
from sitegen.programme.reports.months import month
from sitegen.programme.reports.purchases import cents, outside, purchases

ANSWERS = ("accepted", "ignored", "refused", "bounced", "unsubscribed")
"""What may become of a campaign. Source: "records of customer acceptance and response to promotional information"."""
ORDERED_WITHIN = 14
"""Days after an accepted answer in which an order may be its fruit."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Customers by their answers: each is counted once for each kind of answer; `customers` are all of them. `gone` are
    those who refused, bounced or unsubscribed."""

    customers: int = 0
    accepted: int = 0
    ignored: int = 0
    refused: int = 0
    bounced: int = 0
    unsubscribed: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign with the day of its first answer, and the orders that followed accepted ones."""

    name: str
    first: date
    answers: Answers
    orders: int = 0
    amount: Decimal = Decimal("0.00")


def campaigns(ground: Ground, window: Window) -> tuple[Campaign, ...]:
    """The campaigns with an answer in the window, the latest first."""
    rows = _rows(ground, window)
    people = rows.group_by("campaign", "customer_id").aggregate(
        first=rows["day"].min(), **{answer: (rows["answer"] == answer).any() for answer in ANSWERS}
    )
    counted = people.group_by("campaign").aggregate(first=people["first"].min(), **_counts(people))
    fruits = _fruits(ground, window).group_by("fruit_of")
    fruit = fruits.aggregate(orders=lambda row: row.count(), amount=lambda row: row["amount"].sum().cast(MONEY))
    both = counted.left_join(fruit, counted["campaign"] == fruit["fruit_of"])
    return tuple(_campaign(row) for row in ground.ask(both.order_by(ibis.desc("first"), "campaign")))


def all_answers(ground: Ground, window: Window) -> tuple[Answers, int, Decimal]:
    """All campaigns of the window as one, each customer counted once for each; with orders and amount, each order
    once even where it followed several campaigns."""
    rows = _rows(ground, window)
    people = rows.group_by("campaign", "customer_id").aggregate(
        **{answer: (rows["answer"] == answer).any() for answer in ANSWERS}
    )
    (row,) = ground.ask(people.aggregate(**_counts(people)))
    fruit = _fruits(ground, window).select("order_id", "amount").distinct()
    (fruits,) = ground.ask(fruit.aggregate(orders=fruit.count(), amount=fruit["amount"].sum().cast(MONEY)))
    return _answers(row), int(fruits["orders"]), cents(fruits["amount"])


def by_month(ground: Ground, window: Window) -> dict[str, Answers]:
    """The answers by the month in which they came, each customer once a month and campaign."""
    rows = _rows(ground, window).mutate(month=lambda row: month(row["day"]))
    people = rows.group_by("month", "campaign", "customer_id").aggregate(
        **{answer: (rows["answer"] == answer).any() for answer in ANSWERS}
    )
    found = people.group_by("month").aggregate(**_counts(people))
    return {row["month"]: _answers(row) for row in ground.ask(found)}


def _rows(ground: Ground, window: Window) -> ibis.Table:
    rows = outside(ground, table_of(ground.tables, "responses", ground.schema))
    rows = rows.filter(within(rows["day"], window))
    return rows.select("campaign", "customer_id", "answer", day=rows["day"].cast("date"))


def _counts(people: ibis.Table) -> dict[str, ibis.Value]:
    gone = people["refused"] | people["bounced"] | people["unsubscribed"]
    return {
        "customers": people.count(),
        **{answer: how_many(people[answer]) for answer in ANSWERS},
        "gone": how_many(gone),
    }


def _fruits(ground: Ground, window: Window) -> ibis.Table:
    """fruit_of (a campaign), order_id, amount: each order once for each campaign that it followed."""
    rows = _rows(ground, window)
    accepted = rows.filter(rows["answer"] == "accepted")
    accepted = accepted.group_by("campaign", "customer_id").aggregate(said=accepted["day"].min())
    orders = purchases(ground).select("order_id", "amount", buyer="customer_id", bought="day")
    both = accepted.inner_join(orders, accepted["customer_id"] == orders["buyer"])
    gap = days_between(both["said"], both["bought"])
    return both.filter(gap >= 0, gap <= ORDERED_WITHIN).select("order_id", "amount", fruit_of="campaign")


def _answers(row: Row) -> Answers:
    return Answers(*(int(row[name]) for name in ("customers", *ANSWERS, "gone")))


def _campaign(row: Row) -> Campaign:
    return Campaign(row["campaign"], row["first"], _answers(row), int(row["orders"] or 0), cents(row["amount"]))
