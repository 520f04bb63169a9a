"""What a look at something said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at and how it is; why that matters, and what to do about it, "" where nothing is to be done."""

    name: str
    state: State
    said: str
    why: str = ""
    todo: str = ""


def fine(name: str, said: str) -> Check:
    """All is well."""
    return Check(name, State.OK, said)


def warning(name: str, said: str, why: str, todo: str) -> Check:
    """It works, but not for everything or not for ever."""
    return Check(name, State.WARNING, said, why, todo)


def problem(name: str, said: str, why: str, todo: str) -> Check:
    """It does not work, or is not safe."""
    return Check(name, State.PROBLEM, said, why, todo)
