"""Reckon what customers' scores say: who is satisfied, who of them bought again, and how the five factors stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.programme.reports.compared import days_between, how_many, known, within
from sitegen.programme.reports.ground import Ground, Row
from sitegen.programme.reports.purchases import outside, purchases

YEAR = 365
CONTENT, BEYOND, LOW = 4, 5, 2
"""Scores: as hoped, beyond expectation, and the highest of those that tell of disappointment."""

FACTORS: Mapping[str, str] = {
    "quality": "Product quality",
    "service": "Service",
    "price": "Price",
    "innovation": "Innovation",
    "image": "Image",
}
"""The five factors as the customer file names them, with their titles."""


@dataclass(frozen=True, slots=True)
class Trap:
    """Customers who answered, the satisfied among them, those who bought again in time, and who still has time."""

    answered: int = 0
    satisfied: int = 0
    bought: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Factor:
    """The scores of a factor: their sum, how many there are of how many customers, and of these 5, and 1 or 2."""

    factor: str
    customers: int = 0
    answers: int = 0
    total: int = 0
    beyond: int = 0
    low: int = 0


def latest_answers(ground: Ground) -> ibis.Table:
    """One row for each customer who ever answered with scores: customer_id, `answered_on`, the latest such day, and of
    that day `total` and `answers`, the sum and the number of scores."""
    rows = outside(ground, table_of(ground.tables, "survey_answers", ground.schema))
    rows = rows.filter(known(rows["answered_on"], ground.today), rows["score"].notnull())
    rows = rows.mutate(latest=rows["answered_on"].max().over(group_by="customer_id"))
    rows = rows.filter(rows["answered_on"] == rows["latest"])
    return rows.group_by("customer_id", answered_on="latest").aggregate(
        total=rows["score"].sum().cast("int64"), answers=rows["score"].count()
    )


def trap(ground: Ground) -> Trap:
    """Source: "90% satisfied, only 40% buy again". In time: after the day of the answers, within `lost_after` days."""
    rows, days = _with_return(ground), ground.setting.lost_after
    satisfied, bought = rows["satisfied"], rows["returned"].notnull()
    has_time = days_between(rows["answered_on"], ibis.date(ground.today)) <= days
    (row,) = ground.ask(
        rows.aggregate(
            answered=rows.count(),
            satisfied=how_many(satisfied),
            bought=how_many(satisfied & bought),
            waiting=how_many(satisfied & ~bought & has_time),
        )
    )
    return Trap(**{name: int(value) for name, value in row.items()})


def trapped(ground: Ground) -> ibis.Table:
    """The satisfied who have not bought since they answered, `warned_after` days ago or longer."""
    answers = latest_answers(ground)
    orders = purchases(ground).select(buyer="customer_id", bought="day")
    since = answers.inner_join(orders, answers["customer_id"] == orders["buyer"])
    since = since.filter(since["bought"] > since["answered_on"]).select("customer_id").distinct()
    quiet = days_between(answers["answered_on"], ibis.date(ground.today)) >= ground.setting.warned_after
    return answers.filter(answers["total"] >= CONTENT * answers["answers"], quiet).anti_join(since, "customer_id")


def _with_return(ground: Ground) -> ibis.Table:
    """The latest answers with `satisfied`, and `returned`, which is null for who did not buy again in time."""
    answers = latest_answers(ground)
    orders = purchases(ground).select(buyer="customer_id", bought="day")
    again = answers.inner_join(orders, answers["customer_id"] == orders["buyer"])
    gap = days_between(again["answered_on"], again["bought"])
    again = again.filter(gap > 0, gap <= ground.setting.lost_after).select(returned="customer_id").distinct()
    both = answers.left_join(again, answers["customer_id"] == again["returned"])
    return both.mutate(satisfied=both["total"] >= CONTENT * both["answers"])


def factor_scores(ground: Ground) -> tuple[Factor, ...]:
    """The five factors over the last YEAR days, in their order. Source: "five main factors ... we must measure"."""
    rows = outside(ground, table_of(ground.tables, "survey_answers", ground.schema))
    rows = rows.filter(within(rows["answered_on"], ground.last(YEAR)), rows["score"].notnull())
    rows = rows.filter(rows["factor"].isin(list(FACTORS)))
    found = rows.group_by("factor").aggregate(
        customers=rows["customer_id"].nunique(),
        answers=rows.count(),
        total=rows["score"].sum().cast("int64"),
        beyond=how_many(rows["score"] >= BEYOND),
        low=how_many(rows["score"] <= LOW),
    )
    numbers = {row["factor"]: row for row in ground.ask(found)}
    return tuple(_factor(name, numbers.get(name, {})) for name in FACTORS)


def _factor(name: str, row: Row) -> Factor:
    counts = (int(row.get(column, 0)) for column in ("customers", "answers", "total", "beyond", "low"))
    return Factor(name, *counts)
