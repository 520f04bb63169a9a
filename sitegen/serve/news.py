"""What the browsers are told: which build is the good one, what it changed, and what is wrong with the last try."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Any

from sitegen.errors import Problem
from sitegen.serve.trees import Change, together

MOST_REMEMBERED = 200
"""Builds back to which a browser that slept is told what changed; after more it takes it that everything did."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the last try is not what is seen. `failure` is what no file is the place of."""

    attempt: int
    problems: tuple[Problem, ...] = ()
    failure: str = ""

    @property
    def number(self) -> int:
        """How many things are wrong."""
        return len(self.problems) + bool(self.failure)


@dataclass(slots=True)
class News:
    """The state of the preview. Threads wait for it to change.

    `number` counts the good builds, `keys` those of the keyrings; `pages` and `members` are what is wrong with the
    last try of either.
    """

    run: str
    number: int = 0
    keys: int = 0
    attempts: int = 0
    version: int = 0
    changes: dict[int, Change] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    pages: Trouble | None = None
    members: Trouble | None = None
    ended: bool = False
    tried: Event = field(default_factory=Event)
    changed: Condition = field(default_factory=Condition)

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong now."""
        return self.pages or self.members

    def good(self, change: Change, notices: tuple[str, ...]) -> None:
        """New pages stand."""
        with self.changed:
            self.pages, self.notices = None, notices
            if change or not self.number:
                self.number += 1
                self.changes[self.number] = change
                self.changes.pop(self.number - MOST_REMEMBERED, None)
            self._tell()

    def keyrings(self) -> None:
        """New keyrings stand."""
        with self.changed:
            self.members = None
            self.keys += 1
            self._tell()

    def bad(self, problems: tuple[Problem, ...], failure: str, *, members: bool = False) -> None:
        """A build failed: of the members' keyrings, or of the pages."""
        with self.changed:
            self.attempts += 1
            trouble = Trouble(self.attempts, problems, failure)
            if members:
                self.members = trouble
            else:
                self.pages = trouble
            self._tell()

    def end(self) -> None:
        """The server goes home, and whoever listens may too."""
        with self.changed:
            self.ended = True
            self._tell()

    def _tell(self) -> None:
        self.version += 1
        self.tried.set()
        self.changed.notify_all()

    def wait(self, version: int, seconds: float) -> int:
        """The version, once it is another one than that, or after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version or self.ended, seconds)
            return self.version

    def told(self, since: int) -> dict[str, Any]:
        """What a browser is told that shows the build `since`: names of public files, and numbers."""
        with self.changed:
            known = all(number in self.changes for number in range(since + 1, self.number + 1))
            after = tuple(self.changes[number] for number in range(since + 1, self.number + 1)) if known else ()
            change = together(after) if known and since <= self.number else Change(None)
            trouble = self.trouble
            return {
                "run": self.run,
                "number": self.number,
                "keys": self.keys,
                "files": sorted(change.files) if change.files is not None else None,
                "sheets": dict(change.sheets),
                "trouble": {"attempt": trouble.attempt, "number": trouble.number} if trouble else None,
                "notices": len(self.notices),
            }
