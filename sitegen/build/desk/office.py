"""Open the office: the theme's templates for people of the house, or those of the theme that comes along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sitegen.content.folder import theme_folder
from sitegen.content.theme_files import read_theme
from sitegen.errors import Mistakes, Problem
from sitegen.model.project import Project
from sitegen.model.theme import Theme
from sitegen.render.desk.kit import BASE, Link, Office, office

FALLBACK = "hearth"
"""Whose pages a theme borrows that has none for the house."""


def open_office(root: Path, project: Project, today: date, to: Link | None = None) -> Office:
    """The office of the shop in `root` on a day; `to` as `render.desk.kit.office` takes it. Raises Mistakes."""
    return office(house_theme(root, project.theme), project.shop, today, to)


def house_theme(root: Path, theme: Theme) -> Theme:
    """The theme whose `work/` templates the shop's pages of the house are made with. Raises Mistakes."""
    if theme.source(BASE) is not None:
        return theme
    problems: list[Problem] = []
    folder = theme_folder(root, FALLBACK)
    found = read_theme(folder, root, problems) if folder else None
    if problems:
        raise Mistakes(problems)
    if found is None:
        hint = "the theme 'hearth' comes with sitegen: install it again"
        raise Mistakes([Problem("content/site.yaml", 0, 0, "missing-theme", f"no theme has '{BASE}'", hint)])
    return found
