"""One thing that is wrong with a theme, or may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.errors import Problem


class Level(StrEnum):
    """How bad it is. A warning makes no page wrong today."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What `theme doctor` says; problems come before warnings."""

    level: Level
    problem: Problem


def bad(file: str, code: str, message: str, hint: str, line: int = 0) -> Finding:
    """Something that is wrong."""
    return Finding(Level.PROBLEM, Problem(file, line, 0, code, message, hint))


def odd(file: str, code: str, message: str, hint: str, line: int = 0) -> Finding:
    """Something to look at."""
    return Finding(Level.WARNING, Problem(file, line, 0, code, message, hint))
