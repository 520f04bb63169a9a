"""Gather the names that would betray a thing that is for few: of files, addresses, tags, segments and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sitegen.model.project import Project
from sitegen.model.tree import Place
from sitegen.protect.audit.prints import BYTES, PART, SHORTEST, VALUE, names_in
from sitegen.protect.audit.readers import ANYBODY
from sitegen.protect.audit.sources import Shown, Thing
from sitegen.protect.audit.words import words

EVERY_SITE = frozenset(
    {"assets", "static", "fonts", "tags", "news", "index", "feed", "sitemap", "robots"}
    | {"html", "xml", "txt", "json", "css", "svg"}
)
"""Names that every site has."""
ASSETS = "content/assets/"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that nobody may find in a public file, as the mark that would show it (see prints.marks)."""

    mark: str
    name: str
    place: Place


def names(project: Project, things: Iterable[Thing], shown: Iterable[Shown]) -> dict[str, Name]:
    """The names by their marks; a name that something public has too betrays nothing."""
    found = tuple(things)
    assets = _open_assets(shown)
    public = {name for thing in found if thing.is_open for name in _names(thing)} | EVERY_SITE
    public |= {name for path in (*project.theme.static, *assets) for name in names_in(f"/{path}")}
    # Where the site itself lies is known to everybody who is sent there.
    public |= set(names_in(project.shop.base_path))
    secret = [
        *(
            Name(f"{PART}{name}", name, thing.thing.place)
            for thing in found
            if not thing.is_open
            for name in _names(thing)
        ),
        *_segments(project),
        *_assets(project, assets),
    ]
    return {one.mark: one for one in reversed(secret) if one.name not in public}


def _names(thing: Thing) -> Iterator[str]:
    one = thing.thing
    yield from names_in(f"/{thing.id.partition('/')[2].removesuffix('.md')}")
    yield from names_in(f"/{one.url_path}")
    for alias in one.aliases:
        yield from names_in(f"/{alias}")
    yield from (name for name in ("-".join(words(tag)) for tag in one.tags) if len(name) >= SHORTEST)


def _segments(project: Project) -> Iterator[Name]:
    for segment in project.segments:
        if segment.named:
            yield Name(f"{PART}{segment.id.casefold()}", segment.id, segment.place)
            yield Name(f"{VALUE}{segment.id.casefold()}", segment.id, segment.place)


def _open_assets(shown: Iterable[Shown]) -> frozenset[str]:
    """The assets that lie on the site for anybody, on purpose."""
    return frozenset(one.path for one in shown if one.mailed or (one.live and one.readers == ANYBODY))


def _assets(project: Project, assets: frozenset[str]) -> Iterator[Name]:
    public = {sha256(project.assets[path].content).digest() for path in assets & project.assets.keys()}
    public |= {sha256(content).digest() for content in project.theme.static.values()}
    for path, asset in project.assets.items():
        place = Place(ASSETS + path)
        digest = sha256(asset.content).digest()
        if digest not in public:
            yield Name(f"{BYTES}{digest.hex()}", path, place)
        if path not in assets:
            folders, _, name = path.rpartition("/")
            for one in (*names_in(f"/{folders}/"), *names_in(f"/{name.rpartition('.')[0]}")):
                yield Name(f"{PART}{one}", one, place)
