"""Read `event:` of a page or campaign: when it is, where, and who invites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.event import Event
from sitegen.model.tree import Mapping, Scalar

TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_event(keys: Keys) -> Event | None:
    """The event, None where there is none. Whether its hours exist is asked by `check_hours`, which knows the zone."""
    inner = keys.keys("event")
    if inner is None:
        return None
    start, end = _when(inner, "start", required=True), _when(inner, "end")
    event = Event(start or date.min, end, inner.text("place"), inner.text("organizer"), inner.text("id"))
    inner.finish()
    if start is None:
        return None
    if end is not None and isinstance(end, datetime) != isinstance(start, datetime):
        hint = "write both as times like 2026-10-03 15:00, or both as days"
        _report(inner, "end", "wrong-value", "one of 'start' and 'end' is a day, the other a time", hint)
        return None
    if end is not None and (end < start or (end == start and not event.whole_days)):
        _report(inner, "end", "backwards", "the event ends before it starts", "swap or move the times")
        return None
    return event


def check_hours(fronts: Iterable[Mapping], timezone: str) -> Iterator[Problem]:
    """The hours of events that the zone's clocks jump over; a zone that nobody knows is told elsewhere."""
    try:
        zone = ZoneInfo(timezone or "UTC")
    except (KeyError, ValueError, OSError):
        return
    for front in fronts:
        event = front.get("event")
        for key in ("start", "end") if isinstance(event, Mapping) else ():
            node = event.get(key) if isinstance(event, Mapping) else None
            moment = _moment(node.text) if isinstance(node, Scalar) else None
            if node and isinstance(moment, datetime) and not _exists(moment, zone):
                message = f"there is no {moment:%H:%M} on {moment:%Y-%m-%d}: the clocks go forward"
                yield node.place.problem("no-such-hour", message, "write an hour that there is")


def _when(keys: Keys, key: str, required: bool = False) -> datetime | date | None:
    node = keys.node(key, required)
    if node is None:
        return None
    moment = _moment(node.text) if isinstance(node, Scalar) else None
    if moment is None:
        written = node.text if isinstance(node, Scalar) else ""
        hint = "write a time like 2026-10-03 15:00, or a day like 2026-10-03"
        _report(keys, key, "wrong-value", f"'{key}' can't be '{written}'", hint)
    return moment


def _moment(text: str) -> datetime | date | None:
    try:
        if TIME.fullmatch(text):
            return datetime.fromisoformat(text)
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _exists(moment: datetime, zone: ZoneInfo) -> bool:
    there = moment.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment


def _report(keys: Keys, key: str, code: str, message: str, hint: str) -> None:
    keys.problems.append(keys.place(key).problem(code, message, hint))
