"""The schedule as lines to read, as JSON, as a calendar file and as lines for cron."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from sitegen.build.schedule import Change
from sitegen.model.event import Event
from sitegen.model.shop import Shop
from sitegen.render.site.calendar_files import CalendarEntry, calendar_file


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose schedule it is, and for which days."""

    shop: Shop
    root: Path
    first: date
    last: date


def in_format(form: str, asked: Asked, changes: tuple[Change, ...]) -> str:
    """The text of a schedule, with the end of its last line."""
    match form:
        case "json":
            return json.dumps(_document(asked, changes), ensure_ascii=False, indent=2) + "\n"
        case "ics":
            return _calendar(asked, changes)
        case "cron":
            return "".join(f"{line}\n" for line in _cron(asked, changes))
        case _:
            return "".join(f"{line}\n" for line in _lines(asked, changes))


def _lines(asked: Asked, changes: tuple[Change, ...]) -> Iterator[str]:
    if not changes:
        yield f"nothing changes by itself from {asked.first} to {asked.last}"
    for day, found in groupby(changes, key=lambda change: change.at):
        yield f"{day:%Y-%m-%d %H:%M} ({asked.shop.timezone})"
        for change in found:
            yield f"  {change.reason} ({change.place.file})"


def _document(asked: Asked, changes: Iterable[Change]) -> dict[str, object]:
    return {
        "zone": asked.shop.timezone,
        "first": asked.first.isoformat(),
        "last": asked.last.isoformat(),
        "changes": [
            {
                "at": change.at.isoformat(),
                "what": change.what,
                "reason": change.reason,
                "file": change.place.file,
            }
            for change in changes
        ],
    }


def _calendar(asked: Asked, changes: tuple[Change, ...]) -> str:
    found = [
        CalendarEntry(
            id=f"schedule {change.at:%Y-%m-%d} {change.what} {change.place.file} {change.reason}",
            title=change.reason,
            description=change.place.file,
            url=asked.shop.url + "/",
            event=Event(change.at.replace(tzinfo=None)),
            revised=asked.first,
        )
        for change in changes
    ]
    return calendar_file(asked.shop, found, f"{asked.shop.name}: builds").decode() if found else ""


def _cron(asked: Asked, changes: tuple[Change, ...]) -> Iterator[str]:
    yield f"# The days from {asked.first} to {asked.last} on which {_one_line(asked.shop.name)} must be built again."
    yield "# A line comes back each year: ask for the schedule again before that."
    yield f"CRON_TZ={asked.shop.timezone}"
    for at, found in groupby(changes, key=lambda change: change.at):
        yield from (f"# {_one_line(change.reason)}" for change in found)
        # A per cent sign would end a command of cron.
        folder = shlex.quote(str(asked.root)).replace("%", r"\%")
        yield f"{at.minute} {at.hour} {at.day} {at.month} *\tcd {folder} && sitegen build --quiet"


def _one_line(text: str) -> str:
    return " ".join(text.split())
