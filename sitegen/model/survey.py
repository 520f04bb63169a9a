"""A survey: what the shop asks, and what each question measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sitegen.model.tree import Place


class Factor(StrEnum):
    """The five things that make customers stay or leave; the answers of the customer file's `survey_answers`."""

    QUALITY = "quality"
    SERVICE = "service"
    PRICE = "price"
    INNOVATION = "innovation"
    IMAGE = "image"


LEAST, MOST = 1, 5
"""The scale: 4 is as hoped, 5 beyond expectation."""
LIKED = 4
"""The score from which an answer about an idea is a vote for it."""
VOTE = "yes"
"""The answer that is a vote too: a tick has no score, and says nothing of how satisfied somebody is."""


class Ask(StrEnum):
    """What a survey must have questions of, and its purpose.

    Source: "questions that you both think are trivial, ... issues that people tend to avoid, ... achieve the purpose".
    """

    TRIVIAL = "trivial"
    AVOIDED = "avoided"
    PURPOSE = "purpose"


@dataclass(frozen=True, slots=True)
class Trial:
    """Who of the shop filled the survey out before any customer, and when.

    Source: "first fill out one yourself or an employee pretending to be a customer".
    """

    by: str
    on: date


NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey, under the name of the campaign that invites to it. Its words are by language.

    `questions` are asked in their order; one without words is asked in the theme's. `purpose` is what the shop wants
    to know, in words for itself; `checklist` says which questions are of which sort. A poll asks no questions: it
    shows `ideas` for gatherings by their numbers, and a tick is a vote.
    """

    name: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    questions: Mapping[Factor, Mapping[str, str]]
    place: Place = NOWHERE
    purpose: str = ""
    checklist: Mapping[Ask, tuple[Factor, ...]] = field(default_factory=dict)
    trial: Trial | None = None
    ideas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_poll(self) -> bool:
        """Whether it takes votes for ideas."""
        return bool(self.ideas)
