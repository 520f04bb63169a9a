"""Gather the names that would betray a thing that is for few: of files, addresses, tags, segments and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sitegen.model.picture import Scaled
from sitegen.model.project import Project
from sitegen.model.readable import GatedAsset, Site
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
COPY_NAMES = (10, 20)
"""How many digits of its recipe's key a picture in another size has in its name (see render.images)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that nobody may find in a public file, as the mark that would show it (see prints.marks)."""

    mark: str
    name: str
    place: Place


def names(
    project: Project, things: Iterable[Thing], shown: Iterable[Shown], site: Site | None = None
) -> dict[str, Name]:
    """The names by their marks; a name that something public has too betrays nothing. With `site`, the pictures that
    were made of gated ones are known too.
    """
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
        *(_copies(project, assets, site) if site else ()),
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
    public = _public_bytes(project, assets)
    for path, asset in project.assets.items():
        place = Place(ASSETS + path)
        digest = sha256(asset.content).digest()
        if digest not in public:
            yield Name(f"{BYTES}{digest.hex()}", path, place)
        if path not in assets:
            folders, _, name = path.rpartition("/")
            for one in (*names_in(f"/{folders}/"), *names_in(f"/{name.rpartition('.')[0]}")):
                yield Name(f"{PART}{one}", one, place)


def _public_bytes(project: Project, assets: frozenset[str]) -> set[bytes]:
    """The digests of all whole files that lie in the open on purpose."""
    public = {sha256(project.assets[path].content).digest() for path in assets & project.assets.keys()}
    return public | {sha256(content).digest() for content in project.theme.static.values()}


def _copies(project: Project, assets: frozenset[str], site: Site) -> Iterator[Name]:
    """What gated pictures become: the bytes that their members see, and the name that each size has in the open, which
    is a digest of what it is made of."""
    public = _public_bytes(project, assets)

    def is_open(path: str) -> bool:
        # One and the same picture may lie twice in the folder, once for anybody.
        return path in assets or sha256(project.assets[path].content).digest() in public

    for thing in site.gated:
        if isinstance(thing, GatedAsset):
            path = thing.id.partition("#")[0].removeprefix("assets/")
            if path in project.assets and not is_open(path):
                yield Name(f"{BYTES}{sha256(thing.content).hexdigest()}", path, Place(ASSETS + path))
    for recipe in (*site.pictures.values(), *(picture.recipe for picture in site.gated_pictures)):
        if isinstance(recipe, Scaled) and not is_open(recipe.source):
            name = f"{recipe.source}, {recipe.width} pixels wide"
            yield from (Name(f"{PART}{recipe.key[:end]}", name, Place(ASSETS + recipe.source)) for end in COPY_NAMES)
