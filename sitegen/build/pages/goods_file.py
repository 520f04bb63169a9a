"""Keep what pages show of the customer file in .sitegen/, each shelf as long as its tables stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen.build.pages.kept import keep, kept
from sitegen.model.goods import Shelf

FILE = ".sitegen/pages/goods.bin"
BEGUN = ".sitegen/pages/goods-begun"


@dataclass(frozen=True, slots=True)
class Filled:
    """A shelf as it was read: `question` stands for all that its `things` hang on."""

    question: str
    things: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """The shelves that were read."""

    filled: Mapping[Shelf, Filled] = field(default_factory=dict)


def kept_shelves(root: Path) -> Mapping[Shelf, Filled]:
    """The shelves of the last reading, none where there was none."""
    found = kept(root / FILE)
    return found.filled if isinstance(found, Shelves) else {}


def keep_shelves(root: Path, filled: Mapping[Shelf, Filled]) -> None:
    """Keep shelves for the next time."""
    keep(root / FILE, Shelves(filled))


def forget_shelves(root: Path) -> None:
    """Give up what is kept: an idea may stand there in the words of a customer who wants to be forgotten."""
    (root / FILE).unlink(missing_ok=True)


def begun(root: Path) -> int:
    """This instant by the clock that stamps files, which is the file system's own (ns)."""
    path = root / BEGUN
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path.stat().st_mtime_ns
