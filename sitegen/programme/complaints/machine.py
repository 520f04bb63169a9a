"""Lead a complaint through its nine steps: what comes next, by when, and what may not be taken for a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from sitegen.model.complaint_desk import ComplaintDesk, Route, Step, Taken
from sitegen.programme.complaints.evidence import LEAST, says_enough

STEPS = tuple(Step)
"""The nine steps, in their order."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint as its row says it.

    `claimed` is the last step that was done by the row's own word, `routed` where it goes by the row's own word.
    `spoken_on` is the last day on which somebody of the shop reached the customer about a complaint.
    """

    id: str
    opened_on: date
    factor: str = ""
    claimed: Step | None = None
    solved_on: date | None = None
    routed: Route | None = None
    spoken_on: date | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a step is held to: the day of the complaint, today, and who may give the house's final opinion (advisers'
    ids; nobody named: anybody of the house)."""

    opened_on: date
    today: date
    managers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """The desk's setting on a day. What was settled without evidence before `since` (None: ever) is left in peace."""

    desk: ComplaintDesk
    today: date
    managers: frozenset[str] = frozenset()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """On its way: `next` is due on the day `due`, and late by so many days (0: there is time)."""

    next: Step
    due: date
    late: int


@dataclass(frozen=True, slots=True)
class Closed:
    """All nine steps were taken, the last one `on` that day; `satisfied` is what the customer said of the result."""

    on: date
    satisfied: bool


@dataclass(frozen=True, slots=True)
class Unproven:
    """Settled `on` that day by the row's word alone, before the desk kept evidence."""

    on: date


State: TypeAlias = Open | Closed | Unproven


@dataclass(frozen=True, slots=True)
class SecondChance:
    """The customer is to be asked again by the day `due`; late by so many days."""

    due: date
    late: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that stands in the table and does not count, and why."""

    step: Taken
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint on a day: its steps that count, in their order, and those that don't.

    `claimed` is the step that the row claims and no evidence shows, None where it claims no more than was shown;
    `again` the second chance, None before the case is closed and once the customer was asked again.
    """

    complaint: Complaint
    state: State
    route: Route
    taken: tuple[Taken, ...] = ()
    refused: tuple[Refused, ...] = field(default=())
    claimed: Step | None = None
    again: SecondChance | None = None


def case(complaint: Complaint, steps: Iterable[Taken], rules: Rules) -> Case:
    """How a complaint stands today. A step after today is not known yet.

    Source: "listen, talk, apologise, analyse ... result, feedback"; each step needs its evidence, and none is skipped.
    """
    bounds = Bounds(complaint.opened_on, rules.today, rules.managers)
    taken, refused = walked([step for step in steps if step.on <= rules.today], bounds)
    return Case(
        complaint=complaint,
        state=_state(complaint, taken, rules),
        route=complaint.routed or route(complaint.factor, rules.desk),
        taken=taken,
        refused=refused,
        claimed=_claimed(complaint, taken),
        again=_again(complaint, taken, rules),
    )


def walked(steps: Iterable[Taken], bounds: Bounds) -> tuple[tuple[Taken, ...], tuple[Refused, ...]]:
    """The steps that count, in the order of the nine, and those that don't."""
    taken: tuple[Taken, ...] = ()
    refused: list[Refused] = []
    for step in sorted(steps, key=lambda step: (STEPS.index(step.step), step.on)):
        why = refusal(taken, step, bounds)
        if why:
            refused.append(Refused(step, why))
        else:
            taken = (*taken, step)
    return taken, tuple(refused)


def refusal(taken: Sequence[Taken], step: Taken, bounds: Bounds) -> str:
    """Why a step may not be taken after those of `taken`, in words for people; "" where it may."""
    return _out_of_order(taken, step) or _out_of_time(taken, step, bounds) or _unshown(step, bounds)


def _out_of_order(taken: Sequence[Taken], step: Taken) -> str:
    done = {one.step: one.on for one in taken}
    if step.step in done:
        return f"'{step.step}' was taken already, on {done[step.step]}"
    missing = STEPS[len(taken)]
    return "" if step.step is missing else f"'{missing}' comes before '{step.step}', and no step is skipped"


def _out_of_time(taken: Sequence[Taken], step: Taken, bounds: Bounds) -> str:
    if step.on > bounds.today:
        return f"'{step.step}' can't be done on {step.on}: that day is still to come"
    if step.on < bounds.opened_on:
        return f"'{step.step}' can't be done on {step.on}: the complaint came on {bounds.opened_on}"
    if taken and step.on < taken[-1].on:
        return f"'{step.step}' can't be done on {step.on}: '{taken[-1].step}' was done on {taken[-1].on}"
    return ""


def _unshown(step: Taken, bounds: Bounds) -> str:
    if not says_enough(step.evidence):
        return f"'{step.step}' has no evidence: write down what proves it, in {LEAST}"
    if step.step is not Step.RESULT:
        return ""
    if step.satisfied is None:
        return "'result' must say whether the customer is content: 'satisfied' is yes or no"
    return "" if step.satisfied else _without_opinion(step, bounds.managers)


def _without_opinion(step: Taken, managers: frozenset[str]) -> str:
    """Source: "(satisfied? else final opinion on the spot, goodbye, thank for opinion)"; nobody is turned away."""
    if not step.opinion_by:
        return "a result that contents nobody needs the final opinion of a manager: 'opinion_by' is empty"
    if managers and step.opinion_by not in managers:
        return f"'{step.opinion_by}' gives no final opinions: a manager does ({', '.join(sorted(managers))})"
    if not says_enough(step.opinion):
        return f"a result that contents nobody needs the final opinion in words: 'opinion' has not {LEAST}"
    return ""


def route(factor: str, desk: ComplaintDesk) -> Route:
    """Where a complaint about a factor goes: what concerns the company to the head office, the rest to the region."""
    return Route.HEAD_OFFICE if factor in desk.head_office else Route.REGION


def _state(complaint: Complaint, taken: tuple[Taken, ...], rules: Rules) -> State:
    if len(taken) == len(STEPS):
        return Closed(taken[-1].on, _content(taken))
    if not taken and complaint.solved_on and complaint.solved_on <= rules.today and _before(complaint, rules):
        return Unproven(complaint.solved_on)
    next_step = STEPS[len(taken)]
    before = taken[-1].on if taken else complaint.opened_on
    due = before + timedelta(days=rules.desk.days[next_step])
    return Open(next_step, due, _late(due, rules.today))


def _before(complaint: Complaint, rules: Rules) -> bool:
    return rules.since is None or complaint.opened_on < rules.since


def _claimed(complaint: Complaint, taken: tuple[Taken, ...]) -> Step | None:
    if complaint.claimed is None or STEPS.index(complaint.claimed) < len(taken):
        return None
    return complaint.claimed


def _again(complaint: Complaint, taken: tuple[Taken, ...], rules: Rules) -> SecondChance | None:
    """Who was not content is asked again, too: after every result, once the nine steps are over."""
    if len(taken) < len(STEPS):
        return None
    result, feedback = taken[-2], taken[-1]
    due = result.on + timedelta(days=rules.desk.second_chance)
    asked = complaint.spoken_on is not None and complaint.spoken_on > feedback.on
    return None if asked or feedback.on >= due else SecondChance(due, _late(due, rules.today))


def _content(taken: tuple[Taken, ...]) -> bool:
    return any(step.satisfied is True for step in taken if step.step is Step.RESULT)


def _late(due: date, today: date) -> int:
    return max(0, (today - due).days)
