"""List what can be read: public files by anybody, locked things by their members, mails by whoever gets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.model.readable import GatedAsset, GatedBlock, GatedPage, Site
from sitegen.model.segment import PUBLIC
from sitegen.model.staff_page import STAFF_ID, STAFF_PAGES
from sitegen.protect.audit.readers import ANYBODY, Readers
from sitegen.protect.audit.sources import Thing, mailed_texts

SEALED = re.compile(r"sg/\d+/o/.+|a/.+\.bin")
PACK = re.compile(r"sg/\d+/k/.+")


@dataclass(frozen=True, slots=True)
class Surface:
    """Something that `readers` can read. `file` is the file of content/ that it was made of, "" where that is open.

    `sealed`: locked bytes, in which nothing may be readable at all; `mail`: it is no part of the site.
    """

    name: str
    content: bytes
    readers: tuple[str, ...] = ANYBODY
    file: str = ""
    sealed: bool = False
    mail: bool = False


def public_surfaces(files: Iterable[tuple[str, bytes]]) -> Iterator[Surface]:
    """The files of output/site by their paths, and last the paths themselves.

    Packs of members' slots are left out: they are made of nothing but fixed-size slots, and they are many.
    """
    paths: list[str] = []
    for path, content in files:
        if not PACK.fullmatch(path):
            paths.append(f"/{path}")
            yield Surface(f"output/site/{path}", content, sealed=SEALED.fullmatch(path) is not None)
    yield Surface("output/site", "\n".join(paths).encode())


def gated_surfaces(site: Site) -> Iterator[Surface]:
    """What the members of each segment read. Whoever looks after customers may read what all of them read."""
    for thing in (one for one in site.gated if not one.id.startswith(STAFF_PAGES)):
        file = f"content/{thing.id.partition('#')[0]}"
        match thing:
            case GatedPage():
                text = f"{thing.title}\n{thing.description}\n{thing.html}"
                yield Surface(file, text.encode(), thing.segments, file)
            case GatedBlock():
                yield Surface(file, thing.html.encode(), thing.segments, file)
            case GatedAsset():
                yield Surface(file, thing.content, thing.segments, file)
    for navigation in (one for one in site.navigation if not one.segment.startswith(STAFF_ID)):
        text = "\n".join(f"{item.title}\n{item.teaser}" for item in navigation.items)
        yield Surface(f"the menu for '{navigation.segment}'", text.encode(), (navigation.segment,))
    for index in site.search:
        if index.segment != PUBLIC:
            text = "\n".join(f"{document.title}\n{document.text}" for document in index.documents)
            yield Surface(f"the search for '{index.segment}'", text.encode(), (index.segment,))


def mail_surfaces(things: Iterable[Thing], readers: Readers) -> Iterator[Surface]:
    """What leaves the house, for each group of readers of a campaign."""
    for thing in things:
        for text in mailed_texts(thing, readers):
            yield Surface(text.file, " ".join(text.words).encode(), text.readers, text.file, mail=True)
