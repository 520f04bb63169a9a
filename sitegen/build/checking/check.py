"""Know everything about a shop that can be known without writing: its files, its pages, its mails and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from sitegen.build.checking.letters import Letter, letters
from sitegen.build.checking.report import Findings, Report
from sitegen.build.order import EVERY_PART, Order, Progress
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import examined
from sitegen.data.engine import customer_problems
from sitegen.errors import LAW, Exit, Mistakes, Problem, Unusable, exit_for
from sitegen.model.campaign import Window
from sitegen.model.channel import Channel
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource, PostgresSource, Shop, SqliteSource
from sitegen.protect.keys import Roots
from sitegen.publish.lock_file import read_lock

LOCK = Lock("0" * 32)
ROOTS = Roots(bytes(32), bytes(32), bytes(32))
"""Addresses need a site and keys; nobody will ever see those of a check, so it asks nobody for theirs."""


def check(root: Path, today: date, database: str, progress: Progress, strict: bool = False) -> Report:
    """Look at the shop in `root` as it is on a day; `database` is the secret address of its customers, "" for none.

    Nothing is written. What can't be composed, because some file can't be read, is left out. With `strict`,
    warnings are mistakes.
    """
    found = Findings()
    with progress.step("reading"):
        project, problems = examined(root)
        found.add(problems, exit_for(problems))
        found.warnings.update(project.warnings)
        found.attempt(partial(_lock, root))
    with progress.step("customers"):
        _customers(root, project.shop, database, found)
    if all(problem.code == "broken-link" or problem.code.startswith(LAW) for problem in problems):
        order = _order(today)
        with progress.step("pages"):
            _pages(project, order, found)
        for channel, name in ((Channel.MAIL, "mails"), (Channel.TEXT, "texts")):
            with progress.step(name):
                _letters(letters(project, channel, order, LOCK), name, found)
    return found.report(strict)


def _lock(root: Path) -> tuple[Problem, ...]:
    read_lock(root)
    return ()


def _order(today: date) -> Order:
    return Order(
        first=today,
        last=today,
        instant=0,
        parts=EVERY_PART,
        roots=ROOTS,
        receiver=bytes(32),
        entropy=bytes,
        dev=True,
    )


def _customers(root: Path, shop: Shop, database: str, found: Findings) -> None:
    if not _has_customers(root, shop, database):
        found.notes.append("there is no customer file here, so nobody looked at it")
        return
    try:
        problems = customer_problems(root, shop, database)
        found.add(problems, exit_for(problems))
    except Mistakes as mistakes:
        found.add(mistakes.problems, mistakes.exit_code)
    except Unusable as error:
        said, _, hint = str(error).partition("\nhint: ")
        found.add([Problem("", 0, 0, "unusable", said, hint)], Exit.MISTAKE)


def _has_customers(root: Path, shop: Shop, database: str) -> bool:
    """Customers are committed nowhere, so that a check elsewhere has to do without."""
    match shop.source:
        case FolderSource(folder):
            return (root / folder).is_dir()
        case SqliteSource(file):
            return (root / file).is_file()
        case PostgresSource():
            return bool(database)


def _pages(project: Project, order: Order, found: Findings) -> None:
    """The site as it is on the day, and with everything that is to come or has gone."""
    whole = _without_windows(project)
    found.count("pages", sum(1 for _ in _shown(whole)))
    for one in (project, whole) if whole != project else (project,):
        found.attempt(partial(_rendered, one, order))


def _rendered(project: Project, order: Order) -> tuple[Problem, ...]:
    readable_site(project, order, content_ring(project, order, LOCK))
    return ()


def _shown(project: Project) -> Iterator[object]:
    yield from (page for page in project.pages if not page.draft)
    yield from (one for one in project.campaigns if Channel.PAGE in one.channels and not one.draft)


def _without_windows(project: Project) -> Project:
    return replace(
        project,
        pages=tuple(replace(page, window=Window()) for page in project.pages),
        campaigns=tuple(replace(campaign, window=Window()) for campaign in project.campaigns),
    )


def _letters(made: tuple[Letter, ...], name: str, found: Findings) -> None:
    found.count(name, len(made))
    for letter in made:
        for variant in letter.variants:
            found.attempt(partial(letter.compose, variant))
