"""Menus of public pages: what pages ask for, and what site.yaml adds and orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sitegen.model.menu import MAIN, MenuLine
from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry
from sitegen.render.site.views import MenuItemView


def menus(shop: Shop, entries: Iterable[PublicEntry], language: str) -> dict[str, tuple[MenuItemView, ...]]:
    """The items of each menu for pages in a language, by weight and then by title, wherever they stand.

    They lead to pages in that language; where no menu has any, to those in the shop's. A page that site.yaml names
    stands where that says, and once. One that is not on the site today stands nowhere.
    """
    found = tuple(entries)
    spoken = _spoken(shop, found, language)
    pages = {entry.id: entry for entry in spoken} | {entry.group: entry for entry in spoken if entry.group}
    asked = (name for entry in found for name in entry.menus)
    names = dict.fromkeys((MAIN, *(menu.name for menu in shop.menus), *asked))
    return {name: _menu(shop, name, spoken, pages) for name in names}


def _spoken(shop: Shop, entries: tuple[PublicEntry, ...], language: str) -> tuple[PublicEntry, ...]:
    written = {line.page for menu in shop.menus for first in menu.lines for line in (first, *first.children)}
    spoken = tuple(entry for entry in entries if entry.language == language)
    if language == shop.language or any(entry.menus or {entry.id, entry.group} & written for entry in spoken):
        return spoken
    return tuple(entry for entry in entries if entry.language == shop.language)


def at(items: tuple[MenuItemView, ...], url: str, home: str) -> tuple[MenuItemView, ...]:
    """The items as they stand on the page at `url`; `home` is above every page, and no item's ancestor for that."""
    return tuple(_at(item, url, home) for item in items)


def _at(item: MenuItemView, url: str, home: str) -> MenuItemView:
    children = tuple(_at(child, url, home) for child in item.children)
    inside = any(child.current or child.ancestor for child in children)
    above = item.url.endswith("/") and item.url != home and url.startswith(item.url)
    current = bool(item.url) and item.url == url
    return replace(item, current=current, ancestor=(inside or above) and not current, children=children)


def _menu(
    shop: Shop, name: str, entries: tuple[PublicEntry, ...], pages: Mapping[str, PublicEntry]
) -> tuple[MenuItemView, ...]:
    lines = tuple(line for menu in shop.menus if menu.name == name for line in menu.lines)
    written = {line.page for first in lines for line in (first, *first.children)}
    weighed = [found for line in lines if (found := _item(line, shop, pages))]
    weighed += [
        (entry.weight, MenuItemView(entry.title, entry.url))
        for entry in entries
        if name in entry.menus and not {entry.id, entry.group} & written
    ]
    return _ordered(weighed)


def _item(line: MenuLine, shop: Shop, pages: Mapping[str, PublicEntry]) -> tuple[int, MenuItemView] | None:
    below = _ordered(found for child in line.children if (found := _item(child, shop, pages)))
    if line.page:
        entry = pages.get(line.page)
        return (line.weight, MenuItemView(line.title or entry.title, entry.url, children=below)) if entry else None
    if not line.url and not below:
        return None
    inside = line.url.startswith("/") and not line.url.startswith("//")
    url = shop.base_path + line.url[1:] if inside else line.url
    return line.weight, MenuItemView(line.title, url, children=below)


def _ordered(weighed: Iterable[tuple[int, MenuItemView]]) -> tuple[MenuItemView, ...]:
    return tuple(item for _, item in sorted(weighed, key=lambda found: (found[0], found[1].title)))
