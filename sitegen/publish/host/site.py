"""What a host must know of a built site: where it lies, and what kinds of paths it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from sitegen.protect import names
from sitegen.protect.policy import Shelf

FINGERPRINTED = {
    # Of a picture that a mail shows or that stands for a page, the name is nothing but the digits of its content.
    "assets": (Shelf.ASSET, r"(?:\.[0-9a-f]{10}|[0-9a-f]{19})"),
    "static": (Shelf.THEME, r"\.[0-9a-f]{10}"),
    "fonts": (Shelf.THEME, r"\.[0-9a-f]{10}"),
    "sg": (Shelf.RUNTIME, r"-[0-9a-f]{12}"),
}
"""Top folders whose files change their names with their bytes: their shelf, and the mark in their names."""
NOTHING: Mapping[str, str] = MappingProxyType({})
BESIDE = ("feed.xml", "event.ics")
"""Names of files that lie beside pages, whose names stay."""
INDEX = "index.html"
MISSING = "404.html"


@dataclass(frozen=True, slots=True)
class Endings:
    """The files of a top folder that carry a fingerprint: their endings, with the full stop, sorted."""

    folder: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawer:
    """A folder below a/ that holds what one audience may open: its name, and the audience's opaque id."""

    place: str
    audience: str


@dataclass(frozen=True, slots=True, order=True)
class Moved:
    """A former address of a page ("old/flax") and where the page lies now ("care/linen/"), relative to the site."""

    former: str
    now: str

    def target(self, base: str) -> str:
        """The address now, from the top of the host, percent-encoded."""
        return quote(base + self.now, safe="/~")

    def source(self, base: str) -> str:
        """The former address likewise, without a slash at its end."""
        return quote(base + self.former, safe="/~")


@dataclass(frozen=True, slots=True)
class HostSite:
    """A site as its host sees it.

    `origin` is scheme and host, `base` the path below it with both slashes. `folders` are the top folders of public
    pages, `files` the public files that are neither pages nor fingerprinted, `fingerprinted` those that are, `scripts`
    the paths of the browser half.
    `audiences` are the opaque ids of all audiences that hold a key, `drawers` their folders where each has its own.
    `moved` are the former addresses of public pages.
    """

    origin: str
    base: str
    folders: tuple[str, ...]
    files: tuple[str, ...]
    fingerprinted: tuple[Endings, ...]
    scripts: tuple[str, ...]
    site_id: str
    epoch: int
    audiences: tuple[str, ...]
    drawers: tuple[Drawer, ...]
    moved: tuple[Moved, ...] = ()

    @property
    def host(self) -> str:
        """The name under which the site is known."""
        return urlsplit(self.origin).netloc

    @property
    def https(self) -> bool:
        """Whether the site is served over https."""
        return self.origin.startswith("https://")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site lies: `origin` and `base` as in HostSite."""

    origin: str
    base: str


@dataclass(frozen=True, slots=True)
class Doors:
    """Which audiences there are: `site_id` as 32 hex digits, the epoch, their opaque ids, and their folders, if any."""

    site_id: str
    epoch: int
    audiences: tuple[str, ...]
    drawers: tuple[Drawer, ...] = ()


def host_site(place: Place, doors: Doors, public: Iterable[str], redirects: Mapping[str, str] = NOTHING) -> HostSite:
    """The facts of a site, from the paths (relative to it) of its files that anybody may read, and its redirects."""
    folders: set[str] = set()
    files: set[str] = set()
    scripts: set[str] = set()
    endings: dict[str, set[str]] = {}
    for path in public:
        top, _, rest = path.partition("/")
        ending = fingerprint_ending(path)
        if ending is not None:
            endings.setdefault(top, set()).add(ending)
            scripts.update([path] if top == "sg" else [])
        elif rest and path.rpartition("/")[2] in {INDEX, *BESIDE}:
            folders.add(top)
        # What begins with a full stop is for tools, not for readers.
        elif path != INDEX and not any(part.startswith(".") for part in path.split("/")):
            files.add(path)
    return HostSite(
        origin=place.origin,
        base=place.base,
        folders=tuple(sorted(folders)),
        files=tuple(sorted(files)),
        fingerprinted=tuple(Endings(top, tuple(sorted(found))) for top, found in sorted(endings.items())),
        scripts=tuple(sorted(scripts)),
        site_id=doors.site_id,
        epoch=doors.epoch,
        audiences=doors.audiences,
        drawers=doors.drawers,
        moved=tuple(sorted(Moved(former.strip("/"), now) for former, now in redirects.items())),
    )


def fingerprint_ending(path: str) -> str | None:
    """The ending of a fingerprinted file (".css", "" for none), None for a file whose name stays when it changes."""
    top, _, name = path.partition("/")
    if top not in FINGERPRINTED or path == names.SITE_PATH:
        return None
    found = re.fullmatch(rf".*[^/]{FINGERPRINTED[top][1]}(\.[0-9A-Za-z]+)?", name)
    return None if found is None else found[1] or ""
