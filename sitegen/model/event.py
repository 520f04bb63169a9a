"""Events: something that happens at a place, from one time to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """When something happens, by the clocks of the shop's zone, and where.

    `start` and `end` are both times or both days; the last day is part of the event. `end` is None where nobody says
    when it ends. `id` is its number in the customer file, "" where it is no gathering there.
    """

    start: datetime | date
    end: datetime | date | None = None
    place: str = ""
    organizer: str = ""
    id: str = ""

    @property
    def whole_days(self) -> bool:
        """Whether it has days, but no times."""
        return not isinstance(self.start, datetime)
