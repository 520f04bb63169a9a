"""Name the reports in the order in which owners read them, and make them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

from sitegen.model.report import Report
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.loss import bucket, churn, lost, warning
from sitegen.programme.reports.opinion import experience, satisfaction
from sitegen.programme.reports.trade import gold, responses, unsold, value, word
from sitegen.programme.reports.work import desk, plan, quality, staff

Maker: TypeAlias = Callable[[Ground], Report]

REPORTS: Mapping[str, Maker] = {
    "gold": gold.report,
    "value": value.report,
    "lost": lost.report,
    "bucket": bucket.report,
    "churn": churn.report,
    "word": word.report,
    "satisfaction": satisfaction.report,
    "experience": experience.report,
    "responses": responses.report,
    "unsold": unsold.report,
    "quality": quality.report,
    "staff": staff.report,
    "warning": warning.report,
    "desk": desk.report,
}
"""The makers by the reports' names; each name is also the report's own."""

LAST: Mapping[str, Callable[[Ground, Mapping[str, Report]], Report]] = {"plan": plan.report}
"""Reports that are made of others, by their names: they come last."""

NAMES = (*REPORTS, *LAST)


def made(ground: Ground, names: Collection[str] = ()) -> Iterator[Report]:
    """The reports of these names in the order of NAMES, all of them where none is named; each when it is asked for."""
    wanted, done = names or NAMES, dict[str, Report]()
    for name, report in REPORTS.items():
        if name in wanted:
            done[name] = report(ground)
            yield done[name]
    for name, last in LAST.items():
        if name in wanted:
            done |= {other: REPORTS[other](ground) for other in _needed(ground) if other not in done}
            yield last(ground, done)


def _needed(ground: Ground) -> tuple[str, ...]:
    """The reports whose figures the plan's goals name."""
    named = dict.fromkeys(goal.report for goal in ground.setting.plan.goals)
    return tuple(name for name in named if name in REPORTS)
