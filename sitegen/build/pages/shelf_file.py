"""Take the shelf of read pages from .sitegen/, and put it back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.pages.kept import keep, kept, packed, unpacked
from sitegen.build.pages.program import code_print
from sitegen.content.shelf import Kept, Shelf
from sitegen.content.stamps import Stamp, stamp

FILE = ".sitegen/pages/read.bin"
BEGUN = ".sitegen/pages/begun"


LATER = ".sitegen/pages/read-later.bin"
"""What changed since the other file was written: of ten thousand pages somebody edits one."""
MUCH = 0.05
"""The share of the pages from which on all of them are written again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The file: which program wrote it, the context of its pages, and the pages by their files' paths."""

    program: str
    context: str
    theme: str
    pages: dict[str, Kept]


@dataclass(frozen=True, slots=True)
class Later:
    """What changed since: on top of which file (by its stamp), in which context, the pages that are other ones, and
    the paths of those that are gone."""

    base: Stamp
    context: str
    theme: str
    pages: dict[str, Kept]
    gone: frozenset[str]


def taken(root: Path, clean: bool = False) -> Shelf:
    """The shelf of the last reading, empty where there is none of this program or where it is to be `clean`."""
    begun = root / BEGUN
    begun.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The clock that stamps files is the file system's own.
    begun.write_bytes(b"")
    shelf = Shelf(begun=begun.stat().st_mtime_ns, dump=packed, load=unpacked)
    found = None if clean else kept(root / FILE)
    if isinstance(found, Standing) and found.program == code_print():
        shelf.base = found.pages
        shelf.context, shelf.theme, shelf.pages = found.context, found.theme, found.pages
        later = kept(root / LATER)
        if isinstance(later, Later) and later.base == stamp(root / FILE):
            left = {path: page for path, page in found.pages.items() if path not in later.gone}
            shelf.context, shelf.theme, shelf.pages = later.context, later.theme, left | later.pages
    return shelf


@contextmanager
def undisturbed() -> Iterator[None]:
    """Read without looking for rubbish: ten thousand pages are none, and to look through them takes as long."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def put_back(root: Path, shelf: Shelf) -> None:
    """Keep what was read for the next time."""
    if not shelf.changed:
        return
    changed = {path: page for path, page in shelf.pages.items() if shelf.base.get(path) is not page}
    gone = shelf.base.keys() - shelf.pages.keys()
    base = stamp(root / FILE)
    if base and len(changed) + len(gone) <= MUCH * len(shelf.base):
        keep(root / LATER, Later(base, shelf.context, shelf.theme, changed, frozenset(gone)))
    else:
        keep(root / FILE, Standing(code_print(), shelf.context, shelf.theme, dict(shelf.pages)))
