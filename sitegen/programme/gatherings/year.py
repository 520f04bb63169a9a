"""Look at a year of gatherings: whether there are enough of them, and which quarter has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model.gathering import Gathering, Gatherings

QUARTERS = (1, 2, 3, 4)
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Year:
    """The VIP gatherings of a year: how many there are, how many there must be, and the quarters without one."""

    year: int
    held: int
    least: int
    missing: tuple[int, ...]

    @property
    def enough(self) -> bool:
        """Whether there are as many as promised."""
        return self.held >= self.least


def year_of(gatherings: Iterable[Gathering], setting: Gatherings, year: int) -> Year:
    """The year as it stands in the customer file. Source: "VIP gatherings at least four times a year"."""
    days = [one.day for one in gatherings if one.vip and one.day.year == year]
    quarters = {(day.month - 1) // MONTHS + 1 for day in days}
    return Year(year, len(days), setting.least, tuple(one for one in QUARTERS if one not in quarters))
