"""A duty as the form for its result shows it: all that the receiver needs to know of the rule."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.duty import Act


@dataclass(frozen=True, slots=True)
class DutyQuestion:
    """One question to the customer. `column` of contacts keeps the answer, "" where the note does."""

    ask: str
    column: str = ""
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class DutyForm:
    """What an adviser is asked of a duty: its words are the shop's own."""

    name: str
    title: str
    act: Act
    why: str = ""
    questions: tuple[DutyQuestion, ...] = ()
