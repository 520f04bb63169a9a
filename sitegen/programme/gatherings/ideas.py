"""Collect customers' ideas for gatherings: what passed the three gates, in the order of votes, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.gathering import Idea, Ideas

if TYPE_CHECKING:
    import ibis.expr.types as ir

ABOUT = "event"
"""What a suggestion is about that is an idea for a gathering."""
LIKED = 4
"""The score from which an answer is a vote: as hoped, or beyond."""
COLUMNS = ("customer_id", "given_on", "text", "fits_brand", "feasible", "no_conflict", "decided_on", "decision")


def idea_rows(tables: Mapping[str, ibis.Table], setting: Ideas, today: date) -> ir.Table:
    """One row for each idea that was given until a day: suggestion_id, its columns, and its votes; by their days.

    A customer votes by an answer to the survey `setting.poll` whose question is the idea's number; a score below 4 is
    no vote. What was decided after the day is not known yet.
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


def poll(ideas: Iterable[Idea]) -> tuple[Idea, ...]:
    """The ideas that passed the gates: most votes first, of the same number the older one, then by their numbers."""
    passed = (one for one in ideas if one.passed)
    return tuple(sorted(passed, key=lambda one: (-one.votes, one.given_on, one.id)))


def overdue(ideas: Iterable[Idea], setting: Ideas, today: date) -> tuple[Idea, ...]:
    """The ideas that still wait for somebody to look at them although their time is over, in the order given."""
    since = today - timedelta(days=setting.within)
    return tuple(one for one in ideas if one.waits and one.given_on < since)


def _votes(tables: Mapping[str, ibis.Table], setting: Ideas, today: date) -> ir.Table:
    answers = table_of(tables, "survey_answers")
    likes = (answers["survey"] == setting.poll) & (answers["score"] >= LIKED).fill_null(False)
    likes = likes & (answers["answered_on"] <= ibis.date(today))
    liked = answers.filter(likes)
    return liked.group_by(voted="question").aggregate(votes=liked["customer_id"].nunique())
