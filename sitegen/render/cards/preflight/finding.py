"""What a preflight finds, and what it measures against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sitegen.model.card import Box

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page; y upwards."""


class Severity(StrEnum):
    """An error may not be printed; a warning is for somebody to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look.

    `page` counts from 1; 0 is the file as a whole. `box` is where it stands on the page, None where it stands nowhere.
    `object` names the drawing: the resources that lead to it, and the PDF object. `rule` is stable, to search by.
    """

    rule: str
    severity: Severity
    page: int
    box: Edges | None
    object: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the PDF itself doesn't say. Lengths are millimetres.

    `safe`: how near to the trim text may come. `clear`: where nothing at all may stand (stamp, sorting code, window);
    pages take the sides front, back, front, ..., or are all fronts where `sides` is 1.
    """

    safe: float = 3.0
    clear: tuple[Box, ...] = ()
    sides: int = 2


def error(rule: str, message: str, hint: str = "", page: int = 0, thing: str = "") -> Finding:
    """An error that stands nowhere on the page."""
    return Finding(rule, Severity.ERROR, page, None, thing, message, hint)


def warning(rule: str, message: str, hint: str = "", page: int = 0, thing: str = "") -> Finding:
    """A warning that stands nowhere on the page."""
    return Finding(rule, Severity.WARNING, page, None, thing, message, hint)
