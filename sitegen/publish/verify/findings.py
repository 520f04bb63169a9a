"""What a comparison found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong with a path."""

    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    REDIRECTED = "redirected"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One path of the site, relative to it, that is not as it was built; `said` is a sentence about it."""

    path: str
    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """A comparison: where, how many files were compared, what is wrong, and what could be better."""

    where: str
    files: int
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()
