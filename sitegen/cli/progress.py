"""Show what a build is doing: bars on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sitegen.build.order import Progress

NAMES = {
    "reading": "reading content and themes",
    "customers": "reading customers",
    "plan": "planning",
    "work": "laying out the work lists",
    "audit": "looking for leaks",
}


def progress(quiet: bool) -> Progress:
    """The progress that fits where the output goes."""
    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


class Silent:
    """Says nothing."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:  # noqa: ARG002
        """Run the step."""
        yield lambda: None


class Lines:
    """One line for each step, for logs."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        """Say that the step begins, and how many things it will make."""
        print(f"{NAMES.get(name, name)}{f': {total:,}' if total else ''} ...", file=sys.stderr, flush=True)
        yield lambda: None


class Bars:
    """A bar for each step, which goes when the step is done."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        """Show the step's bar while it runs."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = [SpinnerColumn(), TextColumn("{task.description:<26}"), BarColumn(), TimeElapsedColumn()]
        if total:
            columns.insert(3, MofNCompleteColumn())
        with RichProgress(*columns, console=Console(stderr=True), transient=True) as bars:
            task = bars.add_task(NAMES.get(name, name), total=total)
            yield lambda: bars.advance(task)
