"""Read menus: `menus:` of site.yaml, and `menu:` of a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.menu import MAIN, Menu, MenuLine
from sitegen.model.page import Page
from sitegen.model.segment import PUBLIC
from sitegen.model.tree import Mapping, Scalar, Sequence

NAME = re.compile(r"[a-z][a-z0-9_]*")
ELSEWHERE = re.compile(r"(https://|mailto:|tel:)\S+|[/#]\S*")
YES, NO = ("yes", "true"), ("no", "false")


def read_menu(keys: Keys) -> tuple[str, ...]:
    """The menus in which a page stands: `menu: yes` is the main one."""
    names: list[str] = []
    for scalar in keys.scalars("menu"):
        if scalar.text.lower() in YES:
            names.append(MAIN)
        elif scalar.text.lower() not in NO:
            names += [scalar.text] if _is_name(keys, scalar) else []
    return tuple(dict.fromkeys(names))


def read_menus(keys: Keys) -> tuple[Menu, ...]:
    """The menus of site.yaml, in its order."""
    outer = keys.keys("menus")
    if outer is None:
        return ()
    found = [(entry.key, outer.node(entry.key.text)) for entry in outer.rest()]
    return tuple(
        Menu(key.text, tuple(_lines(outer, key.text, node, nested=False)))
        for key, node in found
        if node is not None and _is_name(outer, key)
    )


def check_menus(menus: tuple[Menu, ...], pages: Collection[Page]) -> Iterator[Problem]:
    """The pages in menus that there are not, or that not everybody may read: a menu is on every page."""
    known = {page.id: page for page in pages}
    for line in (line for menu in menus for first in menu.lines for line in (first, *first.children)):
        if line.page and line.page not in known:
            name = line.page.removeprefix("pages/")
            hint = did_you_mean(name, (page.removeprefix("pages/") for page in known))
            yield line.place.problem("broken-link", f"there is no page '{name}'", hint)
        elif line.page and known[line.page].audience != PUBLIC:
            name = line.page.removeprefix("pages/")
            hint = "write 'menu: yes' into the page itself: then it stands in its members' menu"
            message = f"'{name}' is not for anybody, but a menu stands on every page"
            yield line.place.problem("gated-menu", message, hint)


def _lines(keys: Keys, name: str, node: object, nested: bool) -> Iterator[MenuLine]:
    items = node.items if isinstance(node, Sequence) else ()
    if not isinstance(node, Sequence):
        hint = "write a list, each line like {title: Our shop, url: https://...}"
        keys.problems.append(keys.place(name).problem("wrong-form", f"the menu '{name}' must be a list", hint))
    for item in items:
        if not isinstance(item, Mapping):
            message = f"a line of the menu '{name}' must hold keys and values"
            hint = "write it like {title: Our shop, url: https://...}"
            keys.problems.append(item.place.problem("wrong-form", message, hint))
            continue
        yield _line(Keys(item, keys.problems, "this line of a menu"), name, nested)


def _line(keys: Keys, name: str, nested: bool) -> MenuLine:
    page, url = keys.text("page"), keys.text("url")
    if page and url:
        keys.problems.append(keys.place("url").problem("two-targets", "'page' and 'url' both say where", "keep one"))
    if url and not ELSEWHERE.fullmatch(url):
        hint = "write https://..., mailto:..., tel:..., or a path that begins with /"
        keys.problems.append(keys.place("url").problem("bad-url", f"'{url}' is no address", hint))
    children: tuple[MenuLine, ...] = ()
    below = None if nested else keys.node("children")
    if below is not None:
        children = tuple(_lines(keys, name, below, nested=True))
    line = MenuLine(
        title=keys.text("title", required=not page),
        place=keys.place("page") if page else keys.mapping.place,
        page=f"pages/{page.removeprefix('/').removeprefix('pages/')}" if page else "",
        url=url,
        weight=keys.integer("weight", 100),
        children=children,
    )
    keys.finish()
    if not (page or url or children):
        hint = "add 'page', 'url' or 'children'"
        keys.problems.append(keys.mapping.place.problem("missing-key", "this line of a menu leads nowhere", hint))
    return line


def _is_name(keys: Keys, scalar: Scalar) -> bool:
    if NAME.fullmatch(scalar.text):
        return True
    message = f"'{scalar.text}' can't be the name of a menu"
    keys.problems.append(
        scalar.place.problem("bad-name", message, "write yes, or a word in small letters, like footer")
    )
    return False
