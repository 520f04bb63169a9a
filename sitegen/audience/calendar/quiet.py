"""Find the instant at which a message may leave: on its day, and when it is quiet nowhere where the reader may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sitegen.model.quiet_hours import QuietHours

LEAVES_AT = time(9)
"""When a planned message leaves, by the shop's clock, where nothing speaks against it."""

DAY = timedelta(1)
PATIENCE = 7
"""Days after which an hour that has not come will never come: summer time moves clocks by an hour or two."""


def leaves_at(day: date, zones: tuple[ZoneInfo, ...], quiet: QuietHours, home: ZoneInfo) -> datetime | None:
    """The instant, in UTC, at which a message of that day leaves for somebody in one of the `zones`.

    Nine o'clock in the shop (`home`), or the first instant after it at which it is quiet in none of the zones; where
    the day, as the shop counts it, has no such instant any more, the beginning of the last open time before nine;
    where it has none at all, the first open instant of the days after. None where there never is one.
    """
    usual = _instant(day, LEAVES_AT, home)
    if is_open(usual, zones, quiet):
        return usual
    begins, ends = _instant(day, time(0), home), _instant(day + DAY, time(0), home)
    opened = sorted({*_openings(day, zones, quiet), begins})
    later = [one for one in opened if one > usual and is_open(one, zones, quiet)]
    earlier = [one for one in opened if begins <= one < usual and is_open(one, zones, quiet)]
    today = [one for one in later if one < ends]
    return next(iter((*today, *reversed(earlier), *later)), None)


def is_open(instant: datetime, zones: tuple[ZoneInfo, ...], quiet: QuietHours) -> bool:
    """Whether it is quiet in none of the zones at that instant."""
    return not any(quiet.covers(instant.astimezone(zone).time()) for zone in zones)


def _openings(day: date, zones: tuple[ZoneInfo, ...], quiet: QuietHours) -> Iterator[datetime]:
    """The instants at which quiet hours end in one of the zones, from a day before: an open time begins with one."""
    for number in range(-1, PATIENCE + 1):
        for zone in zones:
            yield _instant(day + number * DAY, quiet.end, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That time on a day in a zone, in UTC; where the clock jumps over it, as much later as it jumps."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
