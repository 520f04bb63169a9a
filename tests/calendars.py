"""Calendar files, as another's reader understands them."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar


def calendar(content: str | bytes) -> Any:
    """The calendar that a file holds. Without types: what a property holds hangs on its name."""
    return Calendar.from_ical(content)


def events(content: str | bytes) -> list[Any]:
    """Its events."""
    found: list[Any] = calendar(content).events
    return found
