"""Problems that a user can mend, the exceptions that carry them, and the exit codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Exit(IntEnum):
    """What a command's exit code says to a script."""

    DONE = 0
    MISTAKE = 1
    USAGE = 2
    BUG = 3
    BROKEN_LINK = 4
    LEAK = 5
    MESSAGE = 6
    CARD = 7
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in content, data or configuration, and how to mend it.

    `file` is relative to the shop's folder, with forward slashes; `line` and `column` count from 1, and are 0
    where the mistake has no place inside the file. `code` is stable (`unknown-key`), for people to search by.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\nhint: {self.hint}" if self.hint else text


ROOTS = frozenset(
    {"missing-file", "missing-theme", "no-front-matter", "not-a-mapping", "not-utf-8", "yaml-syntax", "yaml-tab"}
)
"""Codes of files that can't be read: what else is wrong may only follow from them."""


class SitegenError(Exception):
    """Anything that stops a command with a message and without a traceback."""

    exit_code = Exit.MISTAKE


class Mistakes(SitegenError):
    """All the problems found in one run: files that can't be read, then the rest, each sorted by place."""

    def __init__(self, problems: Iterable[Problem], exit_code: Exit = Exit.MISTAKE) -> None:
        self.problems = in_order(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, each once: root causes first, then by place."""
    return tuple(sorted(set(problems), key=lambda problem: (problem.code not in ROOTS, problem)))


LAW = "law-"
"""What the codes of problems with the message law begin with."""
LINKS = frozenset({"broken-link", "broken-anchor", "anchor-for-few", "dead-link"})
"""The codes of links that lead nowhere."""


def exit_for(problems: Iterable[Problem]) -> Exit:
    """The exit code of problems in content: 4 where nothing but links is broken, 6 where nothing but words may not be
    sent, else 1."""
    codes = [problem.code for problem in problems]
    if all(code in LINKS for code in codes):
        return Exit.BROKEN_LINK
    return Exit.MESSAGE if all(code.startswith(LAW) for code in codes) else Exit.MISTAKE


class Unusable(SitegenError):
    """Something outside the shop's files stops the command: a missing library, an unwritable folder."""
