"""What a check has found: what stops a build, what somebody should know, and with which exit code it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sitegen.build.checking.classes import class_of
from sitegen.errors import Exit, Mistakes, Problem, exit_for, in_order
from sitegen.model.check import CheckLevel, CheckSetting
from sitegen.model.plan import Count


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, what is a mistake, what a warning, what is only told, and what could not be looked at."""

    looked: tuple[Count, ...]
    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    exit_code: Exit
    infos: tuple[Problem, ...] = ()


FOLLOWS = {"damaged-picture": "bad-picture"}
"""Codes that say nothing new beside another."""


@dataclass(slots=True)
class Findings:
    """What the steps of a check have found so far; `exits` are the codes that they would have ended a build with."""

    setting: CheckSetting = field(default_factory=CheckSetting)
    mistakes: set[Problem] = field(default_factory=set)
    warnings: set[Problem] = field(default_factory=set)
    infos: set[Problem] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    exits: set[Exit] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, problems: Iterable[Problem], exit_code: Exit) -> None:
        """Add what stops a build."""
        new = set(problems) - self.mistakes
        if new:
            self.mistakes |= new
            self.exits.add(exit_code)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Add what stops no build of the day: the shop says how much each class of it weighs."""
        for problem in problems:
            match self.setting.level(class_of(problem.code)):
                case CheckLevel.ERROR:
                    self.add([problem], exit_for([problem]))
                case CheckLevel.WARN:
                    self.warnings.add(problem)
                case CheckLevel.INFO:
                    self.infos.add(problem)
                case CheckLevel.IGNORE:
                    pass

    def attempt(self, compose: Callable[[], Iterable[Problem]], today: bool = True) -> None:
        """Compose something; what comes of it had better be mended, and Mistakes are kept.

        Who composes meets a broken link again, and knows less of its place than who read it. What is not composed
        for `today` stops no build yet.
        """
        try:
            self.tell(compose())
        except Mistakes as mistakes:
            told = {(one.file, one.code) for one in self.mistakes if one.column}
            new = [one for one in mistakes.problems if one.column or (one.file, one.code) not in told]
            if today or mistakes.exit_code is not Exit.BROKEN_LINK:
                self.add(new, mistakes.exit_code)
            else:
                self.tell(new)

    def count(self, name: str, number: int) -> None:
        """So many things of that name were looked at."""
        self.counts[name] = number

    def _drop_what_follows(self) -> None:
        """What a mistake about the same file has said already, in stronger words."""
        told = {(one.file, one.code) for one in self.mistakes}
        for some in (self.warnings, self.infos):
            some -= {one for one in some if (one.file, FOLLOWS.get(one.code, "")) in told}

    def report(self, strict: bool) -> Report:
        """All of it in order. With `strict`, a warning is a mistake."""
        self._drop_what_follows()
        if strict and self.warnings:
            self.add(self.warnings, exit_for(self.warnings))
        exits = [*self.exits] or [Exit.DONE]
        warnings = self.warnings - self.mistakes
        return Report(
            looked=tuple(Count(name, number) for name, number in self.counts.items()),
            mistakes=in_order(self.mistakes),
            warnings=in_order(warnings),
            notes=tuple(self.notes),
            exit_code=exits[0] if len(exits) == 1 else Exit.MISTAKE,
            infos=in_order(self.infos - self.mistakes - warnings),
        )
