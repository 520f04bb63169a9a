"""Find when one may ring somebody: when the adviser works, and it is quiet nowhere where the customer may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sitegen.audience.calendar.quiet import is_open
from sitegen.model.quiet_hours import QuietHours

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RingWindow:
    """From `begin` to `end`, two instants in UTC, the second no longer within."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Clocks:
    """Whose clocks count: when the adviser works, by the clock of their store, and when it is quiet by the customer's.

    Where nobody knows the customer's zone there are several `zones`, or none: then it is that of the adviser.
    """

    hours: tuple[time, time]
    here: ZoneInfo
    zones: tuple[ZoneInfo, ...]
    quiet: QuietHours

    @property
    def there(self) -> tuple[ZoneInfo, ...]:
        """Where the customer may be."""
        return self.zones or (self.here,)


def ring_windows(day: date, clocks: Clocks) -> tuple[RingWindow, ...]:
    """The windows of a day, in order; none where all its working hours are quiet somewhere."""
    begin, end = (_instant(day, hour, clocks.here) for hour in clocks.hours)
    edges = sorted({begin, end, *(edge for edge in _edges(day, clocks) if begin < edge < end)})
    found: list[RingWindow] = []
    for first, last in pairwise(edges):
        if not is_open(first, clocks.there, clocks.quiet):
            continue
        if found and found[-1].end == first:
            found[-1] = RingWindow(found[-1].begin, last)
        else:
            found.append(RingWindow(first, last))
    return tuple(found)


def hours_ahead(day: date, here: ZoneInfo, there: ZoneInfo) -> timedelta:
    """By how much the clock there is ahead of the one here at noon of that day; below zero where it is behind."""
    noon = datetime.combine(day, time(12), here)
    ours, theirs = noon.utcoffset(), noon.astimezone(there).utcoffset()
    assert ours is not None
    assert theirs is not None
    return theirs - ours


def _edges(day: date, clocks: Clocks) -> Iterator[datetime]:
    """The instants at which it gets quiet, or no longer is, somewhere."""
    for zone in clocks.there:
        for number in (-1, 0, 1):
            for hour in (clocks.quiet.start, clocks.quiet.end):
                yield _instant(day + number * DAY, hour, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
