"""The complaint desk as data: the nine steps, their times, and a complaint on its way through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sitegen.model.tree import Place


class Step(StrEnum):
    """The nine steps, in their order. Source: "listen, talk, apologise, analyse ... result, feedback"."""

    LISTEN = "listen"
    TALK = "talk"
    APOLOGISE = "apologise"
    ANALYSE = "analyse"
    EXPLAIN = "explain"
    PROCESS = "process"
    COMPENSATE = "compensate"
    RESULT = "result"
    FEEDBACK = "feedback"


class Route(StrEnum):
    """Where something goes.

    Source: "unified management ... by the region, while the content related to the company will be transferred to the
    customer service department of the head office".
    """

    REGION = "region"
    HEAD_OFFICE = "head-office"


USUAL_TIMES: Mapping[Step, int] = {
    Step.LISTEN: 0,
    Step.TALK: 1,
    Step.APOLOGISE: 0,
    Step.ANALYSE: 2,
    Step.EXPLAIN: 1,
    Step.PROCESS: 3,
    Step.COMPENSATE: 2,
    Step.RESULT: 3,
    Step.FEEDBACK: 7,
}
"""Days that a step may take after the one before it (listening: after the complaint came)."""


@dataclass(frozen=True, slots=True)
class ComplaintDesk:
    """`complaint_desk:` of content/programme/*.yaml.

    `days` is how long each step may take after the one before; `head_office` lists the factors (complaints.factor)
    whose complaints go to the head office, the others stay in the region; `second_chance`: days after a closed
    complaint in which the customer is asked again; `likeness`: per cent of the same words from which an apology counts
    as boiler-plate.
    """

    days: Mapping[Step, int] = field(default_factory=lambda: USUAL_TIMES)
    head_office: tuple[str, ...] = ()
    second_chance: int = 30
    likeness: int = 70
    place: Place = field(default=Place("content/programme/duties.yaml", 1, 1))


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    step: Step
    on: date
    adviser_id: str
    evidence: str
    satisfied: bool | None = None
    opinion_by: str = ""
    opinion: str = ""
