"""Read when nothing may ring at a customer's: the `quiet_hours:` of site.yaml."""

from __future__ import annotations

import re
from datetime import time

from sitegen.content.keys import Keys
from sitegen.model.quiet_hours import BY_WIRE, QuietChannel, QuietHours
from sitegen.model.tree import Scalar

_SPAN = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])-([01]?[0-9]|2[0-3]):([0-5][0-9])")
_NEVER = "none"


def read_quiet_hours(keys: Keys) -> tuple[QuietChannel, ...]:
    """The quiet hours of each channel that rings; what is wrong is added to the keys' problems.

    `quiet_hours: 20:00-09:00` is for all of them, and also what holds without the key; `none` is never.
    """
    node = keys.node("quiet_hours")
    if node is None or isinstance(node, Scalar):
        hours = _hours(keys, "quiet_hours")
        return tuple(QuietChannel(channel, hours) for channel in BY_WIRE)
    inner = keys.keys("quiet_hours")
    if inner is None:
        return ()
    found = tuple(QuietChannel(channel, _hours(inner, channel.value)) for channel in BY_WIRE)
    inner.finish()
    return found


def _hours(keys: Keys, key: str) -> QuietHours:
    text = keys.text(key)
    if not text:
        return QuietHours()
    if text == _NEVER:
        return QuietHours(time(0), time(0))
    spelled = _SPAN.fullmatch(text.replace(" ", ""))
    parts = [int(part) for part in spelled.groups()] if spelled else []
    if not parts or parts[:2] == parts[2:]:
        hint = "write when they begin and end, like 20:00-09:00, or none"
        keys.problems.append(keys.place(key).problem("bad-quiet-hours", f"quiet hours can't be '{text}'", hint))
        return QuietHours()
    return QuietHours(time(parts[0], parts[1]), time(parts[2], parts[3]))
