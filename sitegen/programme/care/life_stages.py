"""Find the stage of a family in the life-stage programme, the rule that selects it, and months without content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sitegen.audience.calendar.spans import month_of
from sitegen.errors import Problem
from sitegen.model.care import LATE, PREGNANCY, LifeStage, LifeStages
from sitegen.model.page import Page

DUE_MONTH = 11
"""The pregnancy's tenth month is -1: a month of pregnancy less eleven is the month before the birth."""
EARLIEST = -9
"""The first month of a programme. It holds the first two of the pregnancy: few know of the very first."""


def stage_of(programme: LifeStages, month: int) -> LifeStage | None:
    """The stage that has this month; None where none has."""
    return next((stage for stage in programme.stages if stage.first <= month <= stage.last), None)


def month_on(day: date, due_on: date | None, born_on: date | None) -> int | None:
    """The month of a child on a day: -9 to -1 before the birth, from 0 on after it; None where nobody knows.

    It agrees with the facts `pregnancy month` (of 28 days) and `youngest child month` (of the calendar): a child who is
    up to 14 days late is still awaited, a later one has come without the shop's being told.
    """
    if born_on is not None and born_on <= day:
        full = 31 if day == month_of(day)[1] else day.day
        return (day.year - born_on.year) * 12 + day.month - born_on.month - (born_on.day > full)
    if due_on is None or not -LATE <= (due_on - day).days <= PREGNANCY:
        return None
    pregnancy = min(max((PREGNANCY - (due_on - day).days) // 28 + 1, 1), 10)
    return max(pregnancy - DUE_MONTH, EARLIEST)


def rule_of(stage: LifeStage) -> str:
    """The rule, in the segment language, that selects the customers in a stage."""
    conditions: list[str] = []
    if stage.first < 0:
        first = 1 if stage.first == EARLIEST else stage.first + DUE_MONTH
        conditions.append(f"pregnancy month: between {first} and {min(stage.last, -1) + DUE_MONTH}")
    if stage.last >= 0:
        conditions.append(f"youngest child month: between {max(stage.first, 0)} and {stage.last}")
    return "any:\n" + "".join(f"  - {condition}\n" for condition in conditions)


def bare_months(programme: LifeStages) -> tuple[int, ...]:
    """The months of the programme that no stage has."""
    return tuple(month for month in range(programme.first, programme.last + 1) if stage_of(programme, month) is None)


def stage_findings(programme: LifeStages, pages: Iterable[Page], today: date) -> Iterator[Problem]:
    """What a month lacks: those without a stage, and stages whose page is not there on the day."""
    bare = bare_months(programme)
    if bare:
        message = f"nothing is written for {_said(bare)} of '{programme.title}'"
        hint = "add a stage for them, or end the programme sooner with 'months'"
        yield programme.place.problem("bare-month", message, hint)
    known = {page.id: page for page in pages}
    for stage in programme.stages:
        page = known.get(stage.page.id) if stage.page else None
        if stage.page and page and (page.draft or not page.window.contains(today)):
            message = f"the page of the stage '{stage.title}' is not there on {today}"
            yield stage.page.place.problem("stage-without-page", message, "publish it, or take another page")


def product_findings(programme: LifeStages, products: Iterable[str], groups: Iterable[str]) -> Iterator[Problem]:
    """Goods that stages name and the customer file does not have."""
    there = {"product": frozenset(products), "group of goods": frozenset(groups)}
    for stage in programme.stages:
        named = {"product": stage.products, "group of goods": stage.groups}
        for kind, names in named.items():
            for name in names:
                if name not in there[kind]:
                    message = f"the stage '{stage.title}' names the {kind} '{name}', which the shop does not have"
                    yield stage.place.problem("unknown-goods", message, "correct it, or add it to the customer file")


def _said(months: tuple[int, ...]) -> str:
    spans: list[list[int]] = []
    for month in months:
        if spans and spans[-1][1] == month - 1:
            spans[-1][1] = month
        else:
            spans.append([month, month])
    said = ", ".join(str(first) if first == last else f"{first}..{last}" for first, last in spans)
    return f"month {said}" if len(months) == 1 else f"the months {said}"
