"""The preview's work: build what was saved, once for each burst, and tell the browsers and the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Condition, Event, Thread
from typing import TypeAlias

from sitegen.build.order import EVERY_SEGMENT, Order, Part
from sitegen.errors import Mistakes, SitegenError
from sitegen.serve.making import KeyringMaker, Made, PageMaker
from sitegen.serve.news import News
from sitegen.serve.trees import Change
from sitegen.serve.watching import Saved, watch
from sitegen.serve.worker import Fault, Worker

PAGES, KEYRINGS = frozenset({Part.PAGES}), frozenset({Part.KEYRINGS})
MIDNIGHT = 20.0
"""Seconds after which one looks whether it is another day."""
LATER = 1.0
"""Seconds after which it is looked at whether a page that was saved asks for other keyrings."""
NAMED = 3
"""Files that a line on the terminal names."""
BUG = "this is a bug in sitegen, not in your shop; please report it"

Orders: TypeAlias = Callable[[frozenset[Part]], Order]
"""Gives the order of a build as it is now: the days, the instant, the keys."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the preview says what it does: `say` takes lines, `wrong` those that something is wrong with."""

    say: Callable[[str], None]
    wrong: Callable[[str], None]
    now: Callable[[], datetime]


@dataclass(slots=True)
class _Waiting:
    """What was saved and is not built yet; several bursts become one."""

    paths: set[str] = field(default_factory=set)
    wanted: bool = True
    changed: Condition = field(default_factory=Condition)

    def add(self, paths: tuple[str, ...]) -> None:
        with self.changed:
            self.paths.update(paths)
            self.wanted = True
            self.changed.notify_all()

    def take(self, seconds: float) -> tuple[str, ...] | None:
        """What waits, once something does; None where nothing came."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.wanted, seconds):
                return None
            paths, self.paths, self.wanted = tuple(sorted(self.paths)), set(), False
            return paths


class Preview:
    """Builds until it ends. `stamp` counts what was saved, and what of it concerns people, for whoever keeps copies."""

    def __init__(self, root: Path, orders: Orders, news: News, terminal: Terminal) -> None:
        self.root, self.orders, self.news, self.terminal = root, orders, news, terminal
        self.pages = Worker(PageMaker, root)
        self.keyrings = Worker(KeyringMaker, root)
        self.stamp = (0, 0)
        self.end = Event()
        self._for_pages, self._for_keyrings = _Waiting(), _Waiting(wanted=False)
        self._day = ""
        self._people = True
        self._threads: list[Thread] = []

    def start(self, poll: bool) -> None:
        """Watch and build in threads of their own."""
        for work in (lambda: self._watch(poll), self._build_pages, self._build_keyrings):
            thread = Thread(target=work, daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """End everything that was started."""
        self.end.set()
        self.news.end()
        for waiting in (self._for_pages, self._for_keyrings):
            waiting.add(())
        self.pages.close()
        self.keyrings.close()
        for thread in self._threads:
            thread.join(5)

    def again(self) -> None:
        """Build everything once more, though nothing was saved."""
        self._saved(Saved(("by hand",), people=True))

    def _watch(self, poll: bool) -> None:
        try:
            for saved in watch(self.root, self.end, poll):
                self._saved(saved)
        except OSError as error:
            if poll or self.end.is_set():
                raise
            # A system tells of so many folders only, and some file systems of none.
            self.terminal.wrong(f"changes can't be heard of ({error}), so they are looked for")
            self._watch(poll=True)

    def _saved(self, saved: Saved) -> None:
        content, people = self.stamp
        self.stamp = (content + 1, people + saved.people)
        self._people |= saved.people
        self._for_pages.add(saved.paths)

    def _build_pages(self) -> None:
        while not self.end.is_set():
            causes = self._for_pages.take(MIDNIGHT)
            order = self._order(PAGES)
            if self.end.is_set() or (causes is None and isinstance(order, Order) and self._is_of(order)):
                continue
            if isinstance(order, Order) and not self._is_of(order):
                causes, self._people = (*(causes or ()), *self._new_day(order)), True
            made = self._made(self.pages, order)
            if made is None or self.end.is_set():
                return
            self._tell(made, causes or ())
            if made.good:
                self.news.good(made.change or Change(), made.notices)
                self._for_keyrings.add(causes or ())
            else:
                self.news.bad(made.problems, made.failure)

    def _build_keyrings(self) -> None:
        while not self.end.is_set():
            causes = self._for_keyrings.take(MIDNIGHT)
            # Who edits waits for the page: whether keyrings hang on it is looked at when that is there.
            if causes is None or self.end.wait(0 if self._people else LATER):
                continue
            anyway, self._people = self._people, False
            made = self._made(self.keyrings, self._order(KEYRINGS), anyway)
            if made is None or self.end.is_set():
                self._people |= anyway
                continue
            self._people |= not made.good
            if made.good:
                self.news.keyrings()
                self.terminal.say(f"{self._clock()} members' keys made in {made.seconds:.2f} s")
            elif not self.news.pages:
                # What the pages have told already need not be told again.
                self._wrong(made, causes, "members' keys not made")
                self.news.bad(made.problems, made.failure, members=True)

    def _is_of(self, order: Order) -> bool:
        return order.first.isoformat() == self._day

    def _new_day(self, order: Order) -> tuple[str, ...]:
        """Take that day for the one that is shown, and say so, unless it is the first."""
        before, self._day = self._day, order.first.isoformat()
        return (f"a new day, {self._day}",) if before else ()

    def _order(self, parts: frozenset[Part]) -> Order | Made:
        """What to build now; a failure where nobody can say: site.yaml is just being saved, or a key is missing."""
        try:
            order = self.orders(parts)
        except Mistakes as mistakes:
            return Made(0, problems=mistakes.problems)
        except SitegenError as error:
            return Made(0, failure=str(error))
        except OSError as error:
            return Made(0, failure=f"the shop can't be read: {error.strerror} ({Path(error.filename or '').name})")
        # A preview asks neither whether a segment may have grown, nor whether anything leaks: it is shown to nobody.
        return replace(order, confirmed=frozenset({EVERY_SEGMENT}), audit=False)

    def _made(self, worker: Worker, order: Order | Made, *more: object) -> Made | None:
        answer: Made | Fault | None = order if isinstance(order, Made) else worker.ask("make", order, *more)
        if answer is None or isinstance(answer, Made):
            return answer
        if answer.traceback and not self.end.is_set():
            self.terminal.wrong(answer.traceback.rstrip())
        return Made(0, failure=f"{answer.last}\nhint: {BUG}" if answer.traceback else answer.last)

    def _tell(self, made: Made, causes: tuple[str, ...]) -> None:
        if not made.good:
            self._wrong(made, causes, "not rebuilt" if self.news.number else "not built")
            return
        change = made.change or Change()
        what = _count(change) if self.news.number else "built"
        self.terminal.say(f"{self._clock()} {what} in {made.seconds:.2f} s{_named(causes)}")
        if made.notices != self.news.notices:
            for notice in made.notices:
                self.terminal.say(f"         {notice}".replace("\n", "\n         "))

    def _wrong(self, made: Made, causes: tuple[str, ...], what: str) -> None:
        number = len(made.problems) or 1
        self.terminal.wrong(f"{self._clock()} {what}: {number} mistake{'s' * (number > 1)}{_named(causes)}")
        for problem in made.problems or (made.failure,):
            self.terminal.wrong(f"  {problem}".replace("\n", "\n  "))

    def _clock(self) -> str:
        return f"{self.terminal.now():%H:%M:%S}"


def _count(change: Change) -> str:
    if not change:
        return "found nothing to change"
    if change.files is not None and not change.pages:
        return "rebuilt styles" if change.sheets and not change.files else "rebuilt files"
    return f"rebuilt {change.pages:,} page{'s' * (change.pages != 1)}"


def _named(causes: tuple[str, ...]) -> str:
    if not causes:
        return ""
    more = f" and {len(causes) - NAMED:,} more" if len(causes) > NAMED else ""
    return f" ({', '.join(causes[:NAMED])}{more})"
