"""Give a project the goods that its pages and mails show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sitegen.model.project import Project
from sitegen.render.parts import shelves_of


def with_goods(root: Path, project: Project, today: date, database: str = "") -> Project:
    """The project of the shop in `root` with what its parts show of the customer file, as that is on a day.

    `database` is the secret address of one. Raises Mistakes with what is wrong in those tables, Unusable where the
    customer file can't be opened.
    """
    shelves = shelves_of(project)
    if not shelves:
        return project
    from sitegen.build.goods import goods  # noqa: PLC0415 - few commands show any, and fewer ask for them anew

    return replace(project, goods=goods(root, project, shelves, today, database))
