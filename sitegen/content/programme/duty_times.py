"""Read the times of duties: spans, spans in days, and the hours of the desk."""

from __future__ import annotations

import re
from datetime import time

from sitegen.audience.language.phrases import Unreadable, period
from sitegen.content.keys import Keys
from sitegen.model.duty import SAME_DAY, Span

THE_SAME_DAY = "the same day"
MOST_DAYS = 3650
_DAYS = re.compile(r"([0-9]{1,4}) (day|week)s?")
_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]) ?- ?([01][0-9]|2[0-3]):([0-5][0-9])")


def read_span(keys: Keys, key: str, default: Span = SAME_DAY, required: bool = False, least: int = 0) -> Span:
    """`7 days`, `6 months`, `the same day`."""
    text = " ".join(keys.text(key, required=required).split())
    if not text:
        return default
    if text == THE_SAME_DAY and not least:
        return SAME_DAY
    try:
        span = Span(*period(text))
    except Unreadable:
        span = None
    if span is not None and least <= span.count:
        return span
    either = "" if least else f"'{THE_SAME_DAY}', or "
    hint = f"write {either}a number from {least} of days, weeks, months or years, like 7 days"
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
    return default


def read_days(keys: Keys, key: str, default: int) -> int:
    """`2 days` or `1 week`, in days."""
    text = " ".join(keys.text(key).split())
    if not text:
        return default
    found = _DAYS.fullmatch(text)
    days = int(found[1]) * (7 if found[2] == "week" else 1) if found else -1
    if 0 <= days <= MOST_DAYS:
        return days
    hint = "write a number of days or weeks, like 2 days"
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
    return default


def read_hours(keys: Keys, key: str, default: tuple[time, time]) -> tuple[time, time]:
    """`10:00-18:00`: the beginning before the end."""
    text = keys.text(key)
    if not text:
        return default
    found = _HOURS.fullmatch(" ".join(text.split()))
    if found:
        begin, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        if begin < end:
            return begin, end
    hint = "write when the day begins and ends, like 10:00-18:00"
    keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
    return default
