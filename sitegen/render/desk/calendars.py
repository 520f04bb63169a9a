"""Write an adviser's calendar (RFC 5545): a day for each duty, hours in which one may ring, and appointments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sitegen.model.shop import Shop
from sitegen.render.icalendar import file_of, head, text_value, uid, utc

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """Something in the calendar. `name` is its own for ever; `begin` and `end` a day (both the same), or two moments
    with a zone. `busy`: it takes the adviser's time, others are only to be seen."""

    name: str
    title: str
    text: str
    begin: date | datetime
    end: date | datetime
    place: str = ""
    busy: bool = False


def desk_calendar(shop: Shop, title: str, today: date, lines: Iterable[CalendarLine]) -> bytes:
    """The file of these lines, as they are `today`."""
    return file_of(_lines(shop, title, today, lines))


def _lines(shop: Shop, title: str, today: date, lines: Iterable[CalendarLine]) -> Iterator[str]:
    yield from head(shop, title)
    for line in lines:
        yield "BEGIN:VEVENT"
        yield f"UID:{uid(shop, line.name)}"
        yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
        yield f"DTSTART{_moment(line.begin)}"
        yield f"DTEND{_moment(line.end if isinstance(line.end, datetime) else line.end + DAY)}"
        yield f"SUMMARY:{text_value(line.title)}"
        if line.text:
            yield f"DESCRIPTION:{text_value(line.text)}"
        if line.place:
            yield f"LOCATION:{text_value(line.place)}"
        yield f"TRANSP:{'OPAQUE' if line.busy else 'TRANSPARENT'}"
        yield "CLASS:CONFIDENTIAL"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _moment(moment: date | datetime) -> str:
    return f":{utc(moment)}" if isinstance(moment, datetime) else f";VALUE=DATE:{moment:%Y%m%d}"
