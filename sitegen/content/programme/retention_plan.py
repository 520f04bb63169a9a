"""Read `plan:` of the reports: the goals that a shop sets itself, and what it does in which month."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.forms import mappings
from sitegen.model.report_setting import REPORT_NAMES, Action, Goal, Plan
from sitegen.model.tree import Scalar

JUDGED = tuple(name for name in REPORT_NAMES if name != "plan")
"""Reports whose figures may be goals: all but the plan itself."""
LAST_MONTH = 12


def read_plan(keys: Keys | None) -> Plan:
    """The plan, with nothing in it where nothing is written."""
    if keys is None:
        return Plan()
    plan = Plan(keys.text("title"), tuple(_goals(keys)), tuple(_actions(keys)))
    keys.finish()
    return plan


def _goals(keys: Keys) -> Iterator[Goal]:
    for inner in mappings(keys.node("goals"), keys.problems, "goals", "goal"):
        title = inner.text("title", required=True)
        report, figure = _report(inner), inner.text("figure", required=True)
        least, most = inner.node("at least"), inner.node("at most")
        number = inner.decimal("at least" if least else "at most")
        # Both are asked for, so that neither is an unknown key.
        if (least is None) == (most is None):
            hint = "write one of 'at least: 40' and 'at most: 20'"
            words = "says both 'at least' and 'at most'" if least else "does not say how much it wants"
            place = inner.mapping.place
            inner.problems.append(place.problem("goal-without-number", f"the goal '{title}' {words}", hint))
        elif report:
            yield Goal(report, figure, number, most is None, title, inner.mapping.place)
        inner.finish()


def _report(keys: Keys) -> str:
    """The report that a goal names, "" where there is none of that name."""
    name = keys.text("report", required=True)
    if not name or name in JUDGED:
        return name
    hint = did_you_mean(name, JUDGED)
    keys.problems.append(keys.place("report").problem("unknown-report", f"there is no report '{name}'", hint))
    return ""


def _actions(keys: Keys) -> Iterator[Action]:
    for inner in mappings(keys.node("actions"), keys.problems, "actions", "action"):
        title, who = inner.text("title", required=True), inner.text("who")
        on, months = inner.day("on"), tuple(sorted(set(_months(inner))))
        if inner.node("on") is None and inner.node("months") is None:
            hint = "write the months in which it is done each year, like 'months: [3, 9]', or its day, 'on: 2026-09-25'"
            place = inner.mapping.place
            inner.problems.append(place.problem("action-without-month", f"nobody knows when '{title}' is done", hint))
        inner.finish()
        if on or months:
            yield Action(title, () if on else months, who, inner.mapping.place, on)


def _months(keys: Keys) -> Iterator[int]:
    for scalar in keys.scalars("months"):
        month = _month(scalar)
        if month is None:
            hint = "write months as numbers from 1 to 12, like [3, 9]"
            message = f"'months' can't be '{scalar.text}'"
            keys.problems.append(scalar.place.problem("wrong-value", message, hint))
        else:
            yield month


def _month(scalar: Scalar) -> int | None:
    number = int(scalar.text) if scalar.text.isascii() and scalar.text.isdigit() else 0
    return number if 1 <= number <= LAST_MONTH else None
