"""Make the preview's pages, and its keyrings, in folders of their own: what may be deployed is never touched."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.errors import Mistakes, Problem, SitegenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.build.order import Order
    from sitegen.model.campaign import Campaign
    from sitegen.model.lock import Lock
    from sitegen.model.page import Page
    from sitegen.serve.trees import Change, Tree

PREVIEW = ".sitegen/preview"
PAGES, KEYRINGS = f"{PREVIEW}/pages", f"{PREVIEW}/keyrings"
"""Pages and keyrings lie apart, so that neither waits for the other; the server shows them as one site."""

FIELD = re.compile(r'data-sg-field="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a build: what changed, or the mistakes for which nothing did.

    `failure` is what else stopped it, in words.
    """

    seconds: float
    change: Change | None = None
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""

    @property
    def good(self) -> bool:
        """Whether the site is the new one."""
        return not self.problems and not self.failure


class PageMaker:
    """Makes the pages, and remembers what they were before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tree: Tree = {}

    def make(self, order: Order) -> Made:
        """Build the pages of a shop. They take the old ones' place at one instant, or those stay."""
        from sitegen.serve.trees import compare, tree_of  # noqa: PLC0415 - only the worker needs it

        started = time.perf_counter()
        made = _built(self.root, replace(order, folder=PAGES), None)
        if not made.good:
            return replace(made, seconds=time.perf_counter() - started)
        tree = tree_of(self.root / PAGES, self.tree)
        change = compare(self.tree, tree)
        self.tree = tree
        return replace(made, seconds=time.perf_counter() - started, change=change)


@dataclass(slots=True)
class KeyringMaker:
    """Makes the keyrings; their layout stays as it is from one time to the next, and enters no lock of the shop."""

    root: Path
    lock: Lock | None = None
    asked: tuple[str, ...] = ()

    def make(self, order: Order, anyway: bool) -> Made | None:
        """Build the keyrings of a shop, with those of invented members where the order wants them.

        None where what is written asks for the same keys and values as before, unless they are wanted `anyway`.
        """
        started = time.perf_counter()
        try:
            asked = _asked(self.root)
        except SitegenError:
            # Whoever makes the pages tells what is wrong.
            return None
        if asked == self.asked and not anyway:
            return None
        made = _built(self.root, replace(order, folder=KEYRINGS), self)
        self.asked = asked if made.good else ()
        return replace(made, seconds=time.perf_counter() - started)


def _asked(root: Path) -> tuple[str, ...]:
    """What the pages of a shop ask of keyrings: audiences to open something for, and fields of the members' records."""
    from sitegen.content.project import read_project  # noqa: PLC0415 - only the worker reads

    project = read_project(root)
    things: tuple[Page | Campaign, ...] = (*project.pages, *project.campaigns)
    asked: set[str] = {thing.audience for thing in things}
    asked |= {audience for thing in things for audience in thing.body.audiences}
    asked |= {use.key for thing in things for use in thing.body.fields}
    asked |= {use for source in project.theme.reached().values() for use in FIELD.findall(source)}
    return tuple(sorted(asked))


def _built(root: Path, order: Order, keeper: KeyringMaker | None) -> Made:
    from sitegen.build.keys import open_lock  # noqa: PLC0415 - only the worker builds
    from sitegen.build.walk import build  # noqa: PLC0415 - as above

    try:
        lock = open_lock(root, order.roots, order.dev, order.entropy).lock
        if keeper and keeper.lock:
            layout = keeper.lock
            lock = replace(lock, pack_bits=layout.pack_bits, slot=layout.slot, capacity=layout.capacity)
        try:
            summary, now = build(root, order, lock, _Silent())
        except FileNotFoundError:
            # Another process of the shop has just put the same note away below .sitegen/, or an editor a file.
            summary, now = build(root, order, lock, _Silent())
    except Mistakes as mistakes:
        return Made(0, problems=mistakes.problems, failure="" if mistakes.problems else str(mistakes))
    except SitegenError as error:
        return Made(0, failure=str(error))
    if keeper:
        keeper.lock = now
    return Made(0, notices=summary.notices)


class _Silent:
    """A build that says nothing of its steps: a preview tells the end alone."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:  # noqa: ARG002
        """Run the step."""
        yield lambda: None
