"""Lists of public pages: one for each section without a page of its own, one for each tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markdown.extensions.toc import slugify_unicode

from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list: of a section (`section`) or of a tag (`tag`), the other being ""."""

    section: str
    tag: str
    url: str
    path: str
    entries: tuple[PublicEntry, ...]


def lists(entries: tuple[PublicEntry, ...], shop: Shop) -> tuple[PublicList, ...]:
    """All lists, sections first, each newest first and then by title. A folder of translations is no section."""
    return (*_sections(entries, shop), *_tags(entries, shop.base_path))


def _sections(entries: tuple[PublicEntry, ...], shop: Shop) -> list[PublicList]:
    base = shop.base_path
    taken = {entry.path for entry in entries}
    names = {entry.path.split("/")[0] for entry in entries if entry.path.count("/") > 1}
    found: list[PublicList] = []
    for name in sorted(names - set(shop.languages)):
        path = f"{name}/index.html"
        if path not in taken:
            inside = _ordered(entry for entry in entries if entry.path.startswith(f"{name}/"))
            found.append(PublicList(name, "", f"{base}{name}/", path, inside))
    return found


def _tags(entries: tuple[PublicEntry, ...], base: str) -> list[PublicList]:
    names: dict[str, str] = {}
    for name in sorted({tag for entry in entries for tag in entry.tags}):
        # "Linen" and "linen" have one address, so they are one tag.
        names.setdefault(tag_slug(name), name)
    return [
        PublicList(
            section="",
            tag=name,
            url=f"{base}tags/{slug}/",
            path=f"tags/{slug}/index.html",
            entries=_ordered(entry for entry in entries if slug in map(tag_slug, entry.tags)),
        )
        for slug, name in names.items()
    ]


def tag_slug(tag: str) -> str:
    """A tag as a part of an address; Chinese stays Chinese."""
    return slugify_unicode(tag, "-")


def _ordered(entries: Iterable[PublicEntry]) -> tuple[PublicEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (-(entry.day or date.min).toordinal(), entry.title)))
