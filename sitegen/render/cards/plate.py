"""What a design becomes once, before any card is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a design's texts are set: many lines at once, each text as a group, or whole pages (the reference)."""

    LINES = "lines"
    GROUPS = "groups"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Plate:
    """A design ready for cards.

    `art` is a PDF with a page for each side that has art (b"" without), `way` the fastest way that prints what the
    reference prints, `why` what the faster ways could not express, "" where there was nothing.
    """

    art: bytes
    way: Way
    why: str
