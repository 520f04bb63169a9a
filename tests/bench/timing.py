"""What a measurement says, and how it is taken."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of each step by the clock and of all cores, members of each segment, lines of the plan, and the peak of
    the memory in gigabytes."""

    seconds: Mapping[str, float]
    worked: Mapping[str, float]
    counts: Mapping[str, int]
    lines: Mapping[str, int] = field(default_factory=dict)
    peak: float = 0.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of each step, by the clock (`taken`) and of all cores (`worked`)."""

    taken: dict[str, float] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time of what happens inside to a step."""
        started, idle = time.perf_counter(), time.process_time()
        yield
        self.taken[name] = self.taken.get(name, 0.0) + time.perf_counter() - started
        self.worked[name] = self.worked.get(name, 0.0) + time.process_time() - idle


def head(*packages: str) -> str:
    """When, and with what, something was measured."""
    libraries = ", ".join(f"{name} {version(name)}" for name in packages)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {python}, {libraries}; {os.cpu_count()} cores."
