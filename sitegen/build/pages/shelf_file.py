"""Take the shelf of read pages from .sitegen/, and put it back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.pages.kept import keep, kept, unpacked
from sitegen.build.pages.program import code_print
from sitegen.content.shelf import Kept, Shelf

FILE = ".sitegen/pages/read.bin"
BEGUN = ".sitegen/pages/begun"


@dataclass(frozen=True, slots=True)
class Standing:
    """The file: which program wrote it, the context of its pages, and the pages by their files' paths."""

    program: str
    context: str
    theme: str
    pages: dict[str, Kept]


def taken(root: Path, clean: bool = False) -> Shelf:
    """The shelf of the last reading, empty where there is none of this program or where it is to be `clean`."""
    begun = root / BEGUN
    begun.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The clock that stamps files is the file system's own.
    begun.write_bytes(b"")
    shelf = Shelf(begun=begun.stat().st_mtime_ns, load=unpacked)
    found = None if clean else kept(root / FILE)
    if isinstance(found, Standing) and found.program == code_print():
        shelf.context, shelf.theme, shelf.pages = found.context, found.theme, found.pages
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
    if shelf.changed:
        keep(root / FILE, Standing(code_print(), shelf.context, shelf.theme, dict(shelf.pages)))
