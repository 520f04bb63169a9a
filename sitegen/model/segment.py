"""Audiences and segments: who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sitegen.model.rule import Rule
from sitegen.model.tree import Place

PUBLIC = "public"
EVERYONE = "everyone"
STAFF = "staff"
OWNER = "owner"
RESERVED = (PUBLIC, EVERYONE, STAFF, OWNER)
"""Audiences that need no rule: anybody, every customer, and the two classes of the house itself."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Customers selected by a rule. Lower `priority` wins where one message may go out.

    `unknown` says what a condition on a missing value is worth: false (`leave out`), true (`include`), or a
    mistake (`fail`). An audience that was written as a rule in front matter is a segment with `named` False and
    an id made from its text.
    """

    id: str
    title: str
    why: str
    rule: Rule
    place: Place
    priority: int = 100
    unknown: Literal["leave out", "include", "fail"] = "leave out"
    named: bool = True
