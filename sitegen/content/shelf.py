"""Keep pages as they were read, so that the next reading opens only the files that changed since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from sitegen.content.references import Targets
from sitegen.content.stamps import Stamp, is_firm, stamps_below
from sitegen.model.page import Page
from sitegen.model.segment import Segment

PAGES = "content/pages"


@dataclass(frozen=True, slots=True)
class Settled:
    """A page in which nothing is wrong, the segments that it made, and what it points to: pages and assets."""

    page: Page
    made: tuple[Segment, ...]
    pages: frozenset[str]
    assets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page's file as it was stamped before it was read, and what became of it."""

    stamp: Stamp
    settled: bytes


@dataclass(slots=True)
class Shelf:
    """What was read the last time. `context` stands for everything else that pages were read by, `theme` for a theme in
    which nothing is wrong; `begun` is the time of the files' own clock (ns) when this reading began: what changed later
    may change again within one tick of it. `dump` and `load` make bytes of a page and a page of bytes; `base` are the
    pages of the file that is only written anew where much changed.
    """

    context: str = ""
    pages: Mapping[str, Kept] = field(default_factory=dict)
    theme: str = ""
    begun: int = 0
    dump: Callable[[object], bytes] | None = None
    load: Callable[[bytes], object] | None = None
    changed: bool = False
    base: Mapping[str, Kept] = field(default_factory=dict)


class Rack:
    """The shelf in use: what stands on it, and what will stand on it the next time."""

    def __init__(self, shelf: Shelf, root: Path, said: Collection[str]) -> None:
        self.shelf, self.root = shelf, root
        self.context = blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self.known = shelf.pages if shelf.context == self.context else {}
        self.kept: dict[str, Kept] = {}
        self.stamps = {f"{PAGES}/{path}": said for path, said in stamps_below(root / PAGES).items()}

    def take(self, path: str) -> Settled | None:
        """A page that is as it was, by its file's path below the shop's folder."""
        kept = self.known.get(path)
        if kept is None or kept.stamp != self.stamps.get(path) or self.shelf.load is None:
            return None
        settled = self.shelf.load(kept.settled)
        if not isinstance(settled, Settled):
            return None
        self.kept[path] = kept
        return settled

    def put(self, path: str, settled: Settled) -> None:
        """Keep a page for the next time, unless its file may still change without showing it."""
        found = self.stamps.get(path)
        if found and self.shelf.dump and is_firm(found, self.shelf.begun):
            self.kept[path] = Kept(found, self.shelf.dump(settled))

    def drop(self, path: str) -> None:
        """Forget a page in which something turned out to be wrong."""
        self.kept.pop(path, None)

    def close(self) -> None:
        """Let what was read be what stands on the shelf."""
        self.shelf.changed |= self.shelf.context != self.context or self.kept != self.known
        self.shelf.context, self.shelf.pages = self.context, self.kept


def fits(settled: Settled, targets: Targets) -> bool:
    """Whether everything that a page points to is still there."""
    return all(one in targets.pages for one in settled.pages) and all(one in targets.assets for one in settled.assets)
