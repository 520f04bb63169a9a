"""Lists of public pages: of each section and of each tag, cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markdown.extensions.toc import slugify_unicode

from sitegen.model.lists import Sort
from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list: of a section (`section`) or of a tag (`tag`), the other being "".

    `page` is the section's own page, where that shows the list; None where the list has a page made for it.
    `folder` is where it lies below the site: "journal/", "zh/tags/linen/".
    """

    section: str
    tag: str
    url: str
    path: str
    entries: tuple[PublicEntry, ...]
    folder: str = ""
    page: PublicEntry | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: `number` of `total`, from 1, with its own address and what stands on it."""

    whole: PublicList
    number: int
    total: int
    url: str
    path: str
    entries: tuple[PublicEntry, ...]


@dataclass(frozen=True, slots=True)
class TagIndex:
    """The page of all tags in a part of the site, each with its list."""

    url: str
    path: str
    tags: tuple[PublicList, ...]


def lists(entries: tuple[PublicEntry, ...], shop: Shop) -> tuple[PublicList, ...]:
    """The lists that need a page made for them, sections first, each newest first and then by title.

    A folder of a language is a part of its own: its sections and its tags lie below it.
    """
    taken = {entry.path for entry in entries}
    # Sorted once for all lists: what is taken from a sorted list in its order is sorted too.
    parts = _parts(ordered(entries), shop)
    found = [listed for part, inside in parts for listed in _sections(inside, part, shop) if listed.path not in taken]
    return (*found, *(listed for part, inside in parts for listed in _tags(inside, part, shop)))


def own_lists(entries: tuple[PublicEntry, ...], shop: Shop) -> tuple[PublicList, ...]:
    """The lists that pages show because they say `list: yes`: of all that lies below them."""
    return tuple(_own(entry, entries, shop) for entry in entries if entry.listing)


def _own(page: PublicEntry, entries: tuple[PublicEntry, ...], shop: Shop) -> PublicList:
    folder = page.path.removesuffix("index.html")
    languages = tuple(f"{language}/" for language in shop.languages)
    below = [
        entry
        for entry in entries
        if entry is not page and entry.path.startswith(folder) and (folder or not entry.path.startswith(languages))
    ]
    assert page.listing
    inside = ordered(below, page.listing.sort)
    return PublicList(folder.rstrip("/"), "", page.url, page.path, inside, folder, page)


def tag_indexes(made: tuple[PublicList, ...], base: str) -> tuple[TagIndex, ...]:
    """The page of all tags, for the site and for each language that has some below its folder."""
    tagged = [listed for listed in made if listed.tag]
    parts = sorted({listed.folder.partition("tags/")[0] for listed in tagged})
    return tuple(
        TagIndex(
            url=f"{base}{part}tags/",
            path=f"{part}tags/index.html",
            tags=tuple(
                sorted(
                    (listed for listed in tagged if listed.folder.partition("tags/")[0] == part),
                    key=lambda listed: listed.tag.casefold(),
                )
            ),
        )
        for part in parts
    )


def pages_of(whole: PublicList, size: int) -> tuple[ListPage, ...]:
    """The pages of a list with at most `size` entries on each (0: all on one); an empty list has one page."""
    entries = whole.entries
    cuts = [entries[at : at + size] for at in range(0, len(entries), size)] if size else [entries]
    pieces = cuts or [()]
    made: list[ListPage] = []
    for number, piece in enumerate(pieces, start=1):
        path = whole.path if number == 1 else f"{whole.folder}page/{number}/index.html"
        made.append(ListPage(whole, number, len(pieces), page_url(whole, number), path, piece))
    return tuple(made)


def page_url(whole: PublicList, number: int) -> str:
    """Where a page of a list lies: the first at the list's own address, the others below it."""
    return whole.url if number == 1 else f"{whole.url}page/{number}/"


def part_of(path: str, shop: Shop) -> str:
    """The folder of a language in which a path lies ("zh/"), "" for the rest of the site."""
    first, slash, _ = path.partition("/")
    return f"{first}/" if slash and first in shop.languages else ""


def _parts(entries: Iterable[PublicEntry], shop: Shop) -> list[tuple[str, list[PublicEntry]]]:
    parts: dict[str, list[PublicEntry]] = {}
    for entry in entries:
        parts.setdefault(part_of(entry.path, shop), []).append(entry)
    return sorted(parts.items())


def _sections(inside: list[PublicEntry], part: str, shop: Shop) -> Iterator[PublicList]:
    sections: dict[str, list[PublicEntry]] = {}
    for entry in inside:
        name, slash, below = entry.path.removeprefix(part).partition("/")
        if slash and "/" in below:
            sections.setdefault(name, []).append(entry)
    for name, found in sorted(sections.items()):
        folder = f"{part}{name}/"
        yield PublicList(name, "", shop.base_path + folder, f"{folder}index.html", tuple(found), folder)


def _tags(inside: list[PublicEntry], part: str, shop: Shop) -> Iterator[PublicList]:
    names: dict[str, str] = {}
    slugs = {name: tag_slug(name) for name in sorted({tag for entry in inside for tag in entry.tags})}
    for name, slug in slugs.items():
        # "Linen" and "linen" have one address, so they are one tag.
        names.setdefault(slug, name)
    tagged: dict[str, dict[str, PublicEntry]] = {slug: {} for slug in names}
    for entry in inside:
        for tag in entry.tags:
            tagged[slugs[tag]][entry.id] = entry
    for slug, name in names.items():
        folder = f"{part}tags/{slug}/"
        found = tuple(tagged[slug].values())
        yield PublicList("", name, shop.base_path + folder, f"{folder}index.html", found, folder)


def tag_slug(tag: str) -> str:
    """A tag as a part of an address; Chinese stays Chinese."""
    return slugify_unicode(tag, "-")


def tag_url(tag: str, path: str, shop: Shop) -> str:
    """Where the list of a tag lies, for a page at `path`: in the same part of the site."""
    return f"{shop.base_path}{part_of(path, shop)}tags/{tag_slug(tag)}/"


def ordered(entries: Iterable[PublicEntry], sort: Sort = "date") -> tuple[PublicEntry, ...]:
    """Entries in the order of their list."""
    match sort:
        case "weight":
            return tuple(sorted(entries, key=lambda entry: (entry.weight, entry.title, entry.id)))
        case "title":
            return tuple(sorted(entries, key=lambda entry: (entry.title, entry.id)))
        case "date":
            return tuple(sorted(entries, key=_newest_first))


def _newest_first(entry: PublicEntry) -> tuple[int, int, str, str]:
    return -(entry.day or date.min).toordinal(), entry.weight if entry.day is None else 0, entry.title, entry.id
