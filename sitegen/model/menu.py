"""Menus as site.yaml writes them: lines that pages of their own don't make."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.tree import Place

MAIN = "main"
"""The menu in which a page with `menu: yes` stands."""


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of a menu: `page` is the id of a page ("pages/about.md"), else `url` is an address somewhere else.

    Without both it only holds its `children`. `title` may be "" where there is a page: then it is the page's own.
    """

    title: str
    place: Place
    page: str = ""
    url: str = ""
    weight: int = 100
    children: tuple[MenuLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu by its name."""

    name: str
    lines: tuple[MenuLine, ...]
