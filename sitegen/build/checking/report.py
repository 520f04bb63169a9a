"""What a check has found: what stops a build, what somebody should know, and with which exit code it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sitegen.errors import Exit, Mistakes, Problem, exit_for
from sitegen.model.plan import Count


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, what stops a build, what somebody should know, and what could not be looked at."""

    looked: tuple[Count, ...]
    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    exit_code: Exit


@dataclass(slots=True)
class Findings:
    """What the steps of a check have found so far; `exits` are the codes that they would have ended a build with."""

    mistakes: set[Problem] = field(default_factory=set)
    warnings: set[Problem] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    exits: set[Exit] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, problems: Iterable[Problem], exit_code: Exit) -> None:
        """Add what stops a build."""
        new = set(problems) - self.mistakes
        if new:
            self.mistakes |= new
            self.exits.add(exit_code)

    def attempt(self, compose: Callable[[], Iterable[Problem]]) -> None:
        """Compose something; what comes of it are warnings, and Mistakes are kept.

        Who composes meets a broken link again, and knows less of its place than who read it.
        """
        try:
            self.warnings.update(compose())
        except Mistakes as mistakes:
            told = {(one.file, one.code) for one in self.mistakes if one.column}
            new = (one for one in mistakes.problems if one.column or (one.file, one.code) not in told)
            self.add(new, mistakes.exit_code)

    def count(self, name: str, number: int) -> None:
        """So many things of that name were looked at."""
        self.counts[name] = number

    def report(self, strict: bool) -> Report:
        """All of it in order. With `strict`, a warning stops a build too."""
        if strict and self.warnings:
            self.add(self.warnings, exit_for(self.warnings))
        exits = [*self.exits] or [Exit.DONE]
        return Report(
            looked=tuple(Count(name, number) for name, number in self.counts.items()),
            mistakes=tuple(sorted(self.mistakes)),
            warnings=tuple(sorted(self.warnings - self.mistakes)),
            notes=tuple(self.notes),
            exit_code=exits[0] if len(exits) == 1 else Exit.MISTAKE,
        )
