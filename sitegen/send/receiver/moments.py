"""Say a day, or a day with its hour, as people of a language write it."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_time, get_datetime_format

from sitegen.render.fields import locale_of


def moment_text(moment: datetime | date, language: str) -> str:
    """The moment in words: "Saturday, 26 September 2026, 15:00"."""
    locale = locale_of(language)
    day = str(format_date(moment, "full", locale=locale))
    if not isinstance(moment, datetime):
        return day
    clock = str(format_time(moment.time(), "short", locale=locale))
    return str(get_datetime_format("medium", locale=locale)).replace("{1}", day).replace("{0}", clock)
