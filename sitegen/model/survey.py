"""A survey: what the shop asks, and what each question measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Factor(StrEnum):
    """The five things that make customers stay or leave; the answers of the customer file's `survey_answers`."""

    QUALITY = "quality"
    SERVICE = "service"
    PRICE = "price"
    INNOVATION = "innovation"
    IMAGE = "image"


LEAST, MOST = 1, 5
"""The scale: 4 is as hoped, 5 beyond expectation."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey, under the name of the campaign that invites to it. Its words are by language.

    `questions` are asked in their order; one without words is asked in the theme's.
    """

    name: str
    title: Mapping[str, str]
    intro: Mapping[str, str]
    questions: Mapping[Factor, Mapping[str, str]]
