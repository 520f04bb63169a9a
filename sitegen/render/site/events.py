"""Events as pages show them, and their calendar files: open ones on the site, locked ones for a page's segments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from babel.dates import format_date, format_time, get_datetime_format

from sitegen.model.event import Event
from sitegen.model.readable import GatedAsset
from sitegen.model.shop import Shop
from sitegen.render.fields import locale_of
from sitegen.render.site.calendar_files import CalendarEntry, calendar_file
from sitegen.render.site.entries import GatedEntry, PublicEntry
from sitegen.render.site.feeds import absolute, iri
from sitegen.render.site.views import EventView

NAME = "event.ics"
"""The calendar file of a page, beside it."""
CALENDAR = "calendar.ics"
"""All events that anybody may know of."""
MEDIA_TYPE = "text/calendar"


def event_view(shop: Shop, entry: PublicEntry | GatedEntry) -> EventView | None:
    """The event of a page; None where it has none. A locked one still lacks the id of its file."""
    if isinstance(entry, PublicEntry):
        event, language, url = entry.event, entry.language, entry.url + NAME
    else:
        event, language, url = entry.secret.event, entry.secret.language or shop.language, ""
    if event is None:
        return None
    return EventView(
        start=event.start.isoformat(),
        start_text=_text(event.start, language),
        end=event.end.isoformat() if event.end else "",
        end_text=_text(event.end, language, event.start) if event.end else "",
        place=event.place,
        organizer=event.organizer,
        url=url,
    )


def logical_path(id_: str) -> str:
    """The logical path of a locked calendar file, for the id of its page."""
    return f"{id_}/{NAME}"


def calendar_files(shop: Shop, entries: Iterable[PublicEntry]) -> dict[str, bytes]:
    """The files of all public events by their paths: one for each, and one of all. Without events there is none."""
    found = [(entry.path.removesuffix("index.html") + NAME, _public(shop, entry)) for entry in entries if entry.event]
    if not found:
        return {}
    files = {path: calendar_file(shop, [one]) for path, one in found}
    every = sorted((one for _, one in found), key=lambda one: (one.event.start.isoformat(), one.id))
    return files | {CALENDAR: calendar_file(shop, every, shop.name)}


def locked_calendar_files(shop: Shop, entries: Iterable[GatedEntry]) -> tuple[GatedAsset, ...]:
    """The files of events that only members know of."""
    return tuple(
        GatedAsset(logical_path(entry.id), entry.segments, MEDIA_TYPE, calendar_file(shop, [_locked(shop, entry)]))
        for entry in entries
        if entry.secret.event
    )


def _public(shop: Shop, entry: PublicEntry) -> CalendarEntry:
    assert entry.event
    revised = _revised(entry.event, entry.updated, entry.day)
    return CalendarEntry(entry.id, entry.title, entry.description, iri(absolute(shop, entry.url)), entry.event, revised)


def _locked(shop: Shop, entry: GatedEntry) -> CalendarEntry:
    secret = entry.secret
    assert secret.event
    revised = _revised(secret.event, secret.updated, secret.day)
    return CalendarEntry(entry.id, secret.title, secret.description, absolute(shop, entry.shell), secret.event, revised)


def _revised(event: Event, updated: date | None, day: date | None) -> date:
    # Never the build's own day: the file would be another one each day, for nothing.
    return updated or day or date(event.start.year, 1, 1)


def _text(moment: datetime | date, language: str, start: datetime | date | None = None) -> str:
    """The time in words; the end of an event on the day of its start is a time alone."""
    locale = locale_of(language)
    day = str(format_date(moment, "full", locale=locale))
    if not isinstance(moment, datetime):
        return day
    clock = str(format_time(moment.time(), "short", locale=locale))
    if isinstance(start, datetime) and start.date() == moment.date():
        return clock
    return str(get_datetime_format("medium", locale=locale)).replace("{1}", day).replace("{0}", clock)


def with_file(view: EventView, locked: str) -> EventView:
    """The view of a locked event with the id of its file."""
    return replace(view, locked=locked)
