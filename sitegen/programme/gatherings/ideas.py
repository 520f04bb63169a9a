"""Collect customers' ideas for gatherings with their votes, and those at which nobody has looked in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.gathering import Idea, Ideas
from sitegen.model.survey import LIKED, VOTE

if TYPE_CHECKING:
    import ibis.expr.types as ir

ABOUT = "event"
"""What a suggestion is about that is an idea for a gathering."""
COLUMNS = ("customer_id", "given_on", "text", "fits_brand", "feasible", "no_conflict", "decided_on", "decision")


def idea_rows(tables: Mapping[str, ibis.Table], setting: Ideas, today: date) -> ir.Table:
    """One row for each idea that was given until a day: suggestion_id, its columns, and its votes; by their days.

    A customer votes by an answer to the survey `setting.poll` whose question is the idea's number: by a tick, or by a
    score of 4 or 5. Of several answers to it the last one counts. What was decided after the day is not known yet.
    """
    rows = table_of(tables, "suggestions")
    day = ibis.date(today)
    rows = rows.filter((rows["about"] == ABOUT).fill_null(False), rows["given_on"] <= day)
    votes = _votes(tables, setting, today)
    joined = rows.left_join(votes, rows["suggestion_id"] == votes["voted"])
    known = (joined["decided_on"] <= day).fill_null(False)
    decided = {name: ibis.ifelse(known, joined[name], ibis.null()) for name in ("decided_on", "decision")}
    columns = {name: decided.get(name, joined[name]) for name in COLUMNS}
    ideas = joined.select("suggestion_id", **columns, votes=joined["votes"].fill_null(0))
    return ideas.order_by("given_on", "suggestion_id")


def idea(row: Mapping[str, Any]) -> Idea:
    """A row of `idea_rows` as a value."""
    return Idea(**{"id" if name == "suggestion_id" else name: value for name, value in row.items()})


def overdue(ideas: Iterable[Idea], setting: Ideas, today: date) -> tuple[Idea, ...]:
    """The ideas that still wait for somebody to look at them although their time is over, in the order given."""
    since = today - timedelta(days=setting.within)
    return tuple(one for one in ideas if one.waits and one.given_on < since)


def _votes(tables: Mapping[str, ibis.Table], setting: Ideas, today: date) -> ir.Table:
    answers = table_of(tables, "survey_answers")
    given = answers.filter(answers["survey"] == setting.poll, answers["answered_on"] <= ibis.date(today))
    # Who changed their mind has one vote less, so only the latest answer about an idea counts.
    latest = given["answered_on"].max().over(group_by=["customer_id", "question"])
    given = given.mutate(latest=latest).filter(lambda row: row["answered_on"] == row["latest"])
    likes = (given["score"] >= LIKED).fill_null(False) | (given["answer"] == VOTE).fill_null(False)
    liked = given.filter(likes)
    return liked.group_by(voted="question").aggregate(votes=liked["customer_id"].nunique())
