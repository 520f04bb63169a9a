"""Write events as iCalendar files (RFC 5545), with the zone's clock changes inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sitegen.model.event import Event
from sitegen.model.shop import Shop
from sitegen.render.icalendar import file_of, head, parameter, text_value, uid, utc

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event of a page. `id` is the page's file, `url` its absolute address, `revised` the day of its last change."""

    id: str
    title: str
    description: str
    url: str
    event: Event
    revised: date


def calendar_file(shop: Shop, entries: Iterable[CalendarEntry], title: str = "") -> bytes:
    """The file of some events, at least one. Programs that follow it show `title` as its name."""
    found = tuple(entries)
    zone = ZoneInfo(shop.timezone)
    lines = [*head(shop, title)]
    timed = [moment for entry in found for moment in _moments(entry.event)]
    if timed and shop.timezone != "UTC":
        lines += _zone(zone, max(min(timed).year - 1, 2), min(max(timed).year + 1, 9998))
    for entry in found:
        lines += _event(shop, entry)
    return file_of((*lines, "END:VCALENDAR"))


def _event(shop: Shop, entry: CalendarEntry) -> Iterator[str]:
    event = entry.event
    yield "BEGIN:VEVENT"
    # The file's path, not its title or address: it stays when those change, and tells nobody what it is.
    yield f"UID:{uid(shop, entry.id)}"
    # Without a METHOD, this is the day on which the event was last revised (3.8.7.2).
    yield f"DTSTAMP:{utc(datetime.combine(entry.revised, time(), ZoneInfo(shop.timezone)))}"
    yield f"DTSTART{_moment(shop, event.start)}"
    if isinstance(event.end, datetime):
        yield f"DTEND{_moment(shop, event.end)}"
    elif event.end is not None:
        yield f"DTEND{_moment(shop, event.end + DAY)}"
    yield f"SUMMARY:{text_value(entry.title)}"
    if entry.description:
        yield f"DESCRIPTION:{text_value(entry.description)}"
    if event.place:
        yield f"LOCATION:{text_value(event.place)}"
    if event.organizer:
        yield f'ORGANIZER;CN="{parameter(event.organizer)}":mailto:{shop.sender.address}'
    yield f"URL:{entry.url}"
    yield "END:VEVENT"


def _moments(event: Event) -> list[datetime]:
    return [moment for moment in (event.start, event.end) if isinstance(moment, datetime)]


def _moment(shop: Shop, moment: datetime | date) -> str:
    if not isinstance(moment, datetime):
        return f";VALUE=DATE:{moment:%Y%m%d}"
    if shop.timezone == "UTC":
        return f":{moment:%Y%m%dT%H%M%S}Z"
    return f";TZID={shop.timezone}:{moment:%Y%m%dT%H%M%S}"


def _zone(zone: ZoneInfo, first: int, last: int) -> Iterator[str]:
    """A VTIMEZONE with each change of the clocks from the year `first` to `last`."""
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    yield from _change(begin, zone, begin)
    for instant in clock_changes(zone, begin, end):
        yield from _change(instant, zone, instant - SECOND)
    yield "END:VTIMEZONE"


def _change(instant: datetime, zone: ZoneInfo, before: datetime) -> Iterator[str]:
    earlier, now = before.astimezone(zone), instant.astimezone(zone)
    kind = "DAYLIGHT" if now.dst() else "STANDARD"
    # The start of a change is told by the clock that it ends (3.6.5).
    onset = instant.astimezone(UTC).replace(tzinfo=None) + (earlier.utcoffset() or timedelta())
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{onset:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_offset(earlier)}"
    yield f"TZOFFSETTO:{_offset(now)}"
    yield f"TZNAME:{text_value(now.tzname() or zone.key)}"
    yield f"END:{kind}"


def clock_changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The instants, in UTC, at which a zone's clocks are put forward or back."""
    instant = begin
    while instant < end:
        following = min(instant + DAY, end)
        if _rule(instant, zone) != _rule(following, zone):
            low, high = instant, following
            while high - low > SECOND:
                middle = low + (high - low) // 2 // SECOND * SECOND
                low, high = (middle, high) if _rule(middle, zone) == _rule(instant, zone) else (low, middle)
            yield high
        instant = following


def _rule(instant: datetime, zone: ZoneInfo) -> tuple[timedelta | None, str | None]:
    there = instant.astimezone(zone)
    return there.utcoffset(), there.tzname()


def _offset(moment: datetime) -> str:
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}" + (f"{rest:02d}" if rest else "")
