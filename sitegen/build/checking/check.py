"""Know everything about a shop that can be known without writing: its files, its pages, its mails and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sitegen.build.checking.anchors import broken_anchors
from sitegen.build.checking.care import care_problems
from sitegen.build.checking.coverage import bare_occasions, stale_drafts, unused_segments
from sitegen.build.checking.languages import untranslated
from sitegen.build.checking.letters import letters
from sitegen.build.checking.links import Link, links
from sitegen.build.checking.outside.look import Outside, look_outside
from sitegen.build.checking.own_theme import theme_problems
from sitegen.build.checking.people import look_at_customers
from sitegen.build.checking.pictures import broken_pictures, picture_problems, unused_assets
from sitegen.build.checking.reach import breaking_links, orphans
from sitegen.build.checking.report import Findings, Report
from sitegen.build.offers import with_goods
from sitegen.build.order import EVERY_PART, Order, Progress
from sitegen.build.site import content_ring, page_addresses, readable_site
from sitegen.content.project import examined
from sitegen.errors import LAW, Problem, SitegenError, exit_for
from sitegen.model.campaign import Window
from sitegen.model.channel import Channel
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.protect.keys import Roots
from sitegen.publish.lock_file import read_lock

LOCK = Lock("0" * 32)
ROOTS = Roots(bytes(32), bytes(32), bytes(32))
"""Addresses need a site and keys; nobody will ever see those of a check, so it asks nobody for theirs."""


HARMLESS = frozenset({"bad-tag", "broken-link", "empty-window", "missing-image", "unknown-key"})
"""Codes of mistakes beside which pages and messages can be composed all the same, and have mistakes of their own."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a check: the day, whether warnings are mistakes, and whether to look outside (None: no)."""

    today: date
    database: str = ""
    strict: bool = False
    outside: Outside | None = None


def check(root: Path, wish: Wish, progress: Progress) -> Report:
    """Look at the shop in `root` as it is on a day; `database` is the secret address of its customers, "" for none.

    Nothing of the shop is written. What can't be composed, because some file can't be read, is left out, and so is
    what would only follow from that: nobody knows what an unread page links to.
    """
    with progress.step("reading"):
        project, problems = examined(root)
        found = Findings(project.shop.check)
        found.add(problems, exit_for(problems))
        found.tell(project.warnings)
        found.attempt(partial(_lock, root))
    with progress.step("customers"):
        look_at_customers(root, project, wish.database, wish.today, found)
    project = _stocked(root, project, wish)
    pointing = links(project)
    found.tell((*broken_anchors(project, pointing), *picture_problems(project, pointing)))
    found.add(torn := tuple(broken_pictures(project, pointing)), exit_for(torn))
    codes = {problem.code for problem in problems if not problem.code.startswith(LAW)}
    whole = codes <= {"broken-link"}
    if codes <= HARMLESS:
        order = _order(wish.today)
        with progress.step("pages"):
            _pages(project, order, found, whole)
            if whole:
                _together(root, project, pointing, found, wish.today)
        for channel, name in ((Channel.MAIL, "mails"), (Channel.TEXT, "texts")):
            with progress.step(name):
                found.attempt(partial(_letters, project, (channel, name), order, found))
    if wish.outside is not None:
        with progress.step("visiting outside addresses"):
            _outside(root, pointing, project, wish.outside, found)
    return found.report(wish.strict)


def _together(root: Path, project: Project, pointing: tuple[Link, ...], found: Findings, today: date) -> None:
    """What can be said of a shop only where all of it was read."""
    found.tell(breaking_links(project, pointing, today))
    found.tell(unused_assets(root, project))
    found.tell(theme_problems(root, project.shop.theme))
    found.tell(untranslated(project))
    found.tell(care_problems(project, today))
    found.tell((*unused_segments(project, today), *stale_drafts(project, today), *bare_occasions(project, today)))


def _outside(root: Path, pointing: tuple[Link, ...], project: Project, outside: Outside, found: Findings) -> None:
    seen = look_outside(root, pointing, project.shop.check.skip, outside)
    found.tell(seen.problems)
    found.count("outside addresses", seen.addresses)
    if seen.remembered:
        found.notes.append(f"{seen.remembered} of {seen.addresses} outside addresses were looked at not long ago")


def _stocked(root: Path, project: Project, wish: Wish) -> Project:
    """The project with the goods that its pages show; without a customer file, or with a broken one, there are none."""
    try:
        return with_goods(root, project, wish.today, wish.database)
    except SitegenError:
        return project


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


def _pages(project: Project, order: Order, found: Findings, ways: bool) -> None:
    """The site as it is on the day, and with everything that is to come or has gone; `ways`: look for orphans too."""
    whole = _without_windows(project)
    found.count("pages", sum(1 for _ in _shown(whole)))
    found.attempt(lambda: _ways(project, order) if ways else _composed(project, order))
    if whole != project:
        found.attempt(lambda: _composed(whole, order), today=False)


def _rendered(project: Project, order: Order) -> Site:
    return readable_site(project, order, content_ring(project, order, LOCK))


def _ways(project: Project, order: Order) -> tuple[Problem, ...]:
    return tuple(orphans(project, _rendered(project, order), page_addresses(project, order, LOCK)))


def _composed(project: Project, order: Order) -> tuple[Problem, ...]:
    _rendered(project, order)
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


def _letters(project: Project, which: tuple[Channel, str], order: Order, found: Findings) -> tuple[Problem, ...]:
    channel, name = which
    made = letters(project, channel, order, LOCK)
    found.count(name, len(made))
    for letter in made:
        for variant in letter.variants:
            found.attempt(partial(letter.compose, variant), today=False)
    return ()
