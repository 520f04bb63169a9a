"""Bring the pages of the house that a shop chose onto its site, each for those of the staff who may read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from html import unescape
from pathlib import Path

from sitegen.build.apart import apart
from sitegen.model.project import Project
from sitegen.model.segment import OWNER
from sitegen.model.staff_page import STAFF_PAGES, StaffPage, StaffPart, staff_id
from sitegen.render.desk.kit import Office
from sitegen.render.desk.paths import COMPLAINTS, INDEX, REPORTS, day_path
from sitegen.render.site.staff import AIM, LINK

WORK = "work/"
FIRST = 900
"""The weight of an adviser's day in menus: after what every customer finds there."""
OWNERS_MENU = {INDEX: FIRST + 1, COMPLAINTS: FIRST + 2, REPORTS: FIRST + 3}
"""The pages in the menu of whoever owns the house, with their weights; all others are reached from these."""
_ANCHOR = re.compile(rf'<a\b[^>]*\bhref="{LINK}([^"#]*)(#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class _Inside(Office):
    """An office whose pages are what a frame of the site's own holds."""

    def page(self, template: str, at: str, *, light: bool = False, **views: object) -> str:  # noqa: ARG002 - as Office
        return self.content(template, at, **views)


@dataclass(frozen=True, slots=True)
class _Task:
    root: Path
    project: Project
    today: date
    database: str


def with_staff(root: Path, project: Project, today: date, database: str = "") -> Project:
    """The project with the pages of the house that its site shows on a day; as it is where it shows none.

    A process of its own makes them: they hold what customers said and bought. `database` is the secret address of one.
    Raises Mistakes with what is wrong in the customer file, Unusable where it can't be read.
    """
    if not project.shop.output.staff_pages or project.programme.desk is None:
        return project
    # Neither pages nor pictures are asked for, and both may be large.
    slim = replace(project, pages=(), messages=(), assets={})
    return replace(project, staff=apart(_made, _Task(root, slim, today, database)))


def _made(task: _Task) -> tuple[StaffPage, ...]:
    # The process that reads alone needs the engine.
    from sitegen.build.desk.house import Beside, house_pages  # noqa: PLC0415 - see above
    from sitegen.build.desk.office import open_office  # noqa: PLC0415 - as above
    from sitegen.build.people import open_people  # noqa: PLC0415 - as above

    project = task.project
    outside = open_office(task.root, project, task.today, lambda _, to: LINK + to)
    parts = frozenset(project.shop.output.staff_pages)
    there = partial(stands, parts)
    office = _Inside(
        outside.shop, outside.today, outside.templates, outside.style, outside.plain_style, outside.to, there
    )
    with open_people(task.root, project, task.today, task.database) as people:
        files = house_pages(task.root, project, people, office, Beside(reports=StaffPart.REPORTS in parts))
        html = {file.path.removeprefix(WORK): file.content.decode() for file in files if file.path.endswith(".html")}
        advisers = tuple(row["adviser_id"] for row in people.engine.ask(people.tables["advisers"].select("adviser_id")))
    return staff_pages(html, advisers, parts)


def staff_pages(
    html: Mapping[str, str], advisers: Iterable[str], parts: Collection[StaffPart]
) -> tuple[StaffPage, ...]:
    """The chosen pages among those of the house (by their paths below output/work/), in order.

    An adviser reads their own day and each dossier to which it leads; whoever owns the house reads everything.
    """
    days = {day_path(adviser): staff_id(adviser) for adviser in advisers}
    readers = {path: {OWNER} for path in html if _part(path) in parts}
    for day, adviser in days.items():
        for path in (day, *AIM.findall(html.get(day, ""))):
            if path in readers and (path == day or path.startswith("desk/customers/")):
                readers[path].add(adviser)
    menus = dict.fromkeys(OWNERS_MENU, OWNER) | days
    return tuple(_page(path, html[path], readers, menus.get(path, "")) for path in sorted(readers))


def stands(parts: Collection[StaffPart], path: str) -> bool:
    """Whether a file below output/work/ is one of the chosen pages; lists and what is printed are no pages."""
    return path.endswith(".html") and _part(path) in parts


def _part(path: str) -> StaffPart:
    if path.startswith("reports/"):
        return StaffPart.REPORTS
    return StaffPart.CUSTOMERS if path.startswith("desk/customers/") else StaffPart.DESK


def _page(path: str, html: str, readers: Mapping[str, set[str]], whose: str) -> StaffPage:
    found = _HEADING.search(html)
    title = unescape(_TAG.sub("", found[1])).strip() if found else path
    others = readers[path] - {OWNER}
    # A link that leads somebody to a closed door, or to a list that is no page, becomes its words.
    inside = _ANCHOR.sub(lambda link: link[0] if link[1] in readers and others <= readers[link[1]] else link[3], html)
    return StaffPage(
        id=STAFF_PAGES + path,
        title=" ".join(title.split()),
        readers=tuple(sorted(readers[path])),
        html=inside,
        weight=OWNERS_MENU.get(path, FIRST),
        menu=(whose,) if whose else (),
    )
