"""What a measurement says, and how it is taken."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of each step, members of each segment, lines of the plan, and the peak of the memory in gigabytes."""

    seconds: Mapping[str, float]
    counts: Mapping[str, int]
    lines: Mapping[str, int] = field(default_factory=dict)
    peak: float = 0.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of each step, in the order in which they were taken."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time of what happens inside to a step."""
        started = time.perf_counter()
        yield
        self.taken[name] = self.taken.get(name, 0.0) + time.perf_counter() - started
