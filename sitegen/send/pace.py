"""Decide when the next message may leave: not too fast, and slower the longer a server is in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

FIRST, LONGEST = 1.0, 300.0
"""Seconds of the first pause after trouble, and of the longest."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Time, as the run sees it; tests have their own.

    `now` is the instant in UTC, `seconds` a clock that only goes forward. `wait` waits so many seconds and says
    whether somebody asked to stop meanwhile; `jitter` is a random share from 0 to 1.
    """

    now: Callable[[], datetime]
    seconds: Callable[[], float]
    wait: Callable[[float], bool]
    jitter: Callable[[], float]


@dataclass(slots=True)
class Pace:
    """At most `rate` messages a second; time that was lost is not made up for."""

    rate: float
    due: float = 0.0

    def pause(self, now: float) -> float:
        """Seconds until the next message may leave, which is then counted as leaving."""
        start = max(self.due, now)
        self.due = start + 1 / self.rate
        return start - now


def backing_off(failures: int, jitter: float) -> float:
    """Seconds to wait after so many failures in a row: twice as long each time, and never two runs in step."""
    longest = min(LONGEST, FIRST * 2.0 ** min(failures - 1, 20))
    return longest * (0.5 + jitter / 2)
