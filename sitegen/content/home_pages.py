"""Check that a shop has its two homes: one for everybody, and one for members."""

from __future__ import annotations

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import SHOP_FILE
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Mapping, Place


def check_home_pages(project: Project, shop: Mapping) -> list[Problem]:
    """Homes that are missing, or not for those who come home there; `shop` is the tree of site.yaml."""
    problems: list[Problem] = []
    if not any(page.url_path == "" for page in project.pages):
        problems.append(Place(SHOP_FILE).problem("no-home", "there is no home page", "write content/pages/index.md"))
    home = next((page for page in project.pages if page.id == f"pages/{project.shop.member_home}"), None)
    if home is None:
        pages = (page.id.removeprefix("pages/") for page in project.pages)
        hint = did_you_mean(project.shop.member_home, pages) or f"write content/pages/{project.shop.member_home}"
        named = shop.get("member_home") or shop
        message = f"there is no page '{project.shop.member_home}' to be the members' home"
        problems.append(named.place.problem("no-member-home", message, hint))
    elif home.audience != EVERYONE:
        problems.append(
            home.place.problem("member-home", "the members' home must be for 'everyone'", "remove 'audience'")
        )
    return problems
