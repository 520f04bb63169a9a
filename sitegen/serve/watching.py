"""Watch what a shop is made of, and name what was saved: each burst of changes once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from sitegen.content.folder import SHOP_FILE
from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import SitegenError
from sitegen.model.shop import FolderSource, PostgresSource
from sitegen.publish.lock_file import LOCK_FILE

QUIET, LONGEST = 90, 1500
"""Milliseconds: a burst has ended when nothing was saved for so long, and is told at the latest after the other."""
LOOK = 500
"""Milliseconds after which one looks whether there is another folder to watch."""
POLL = 250
PASSING = re.compile(r"(^\.|~$|^4913$|^#.*#$|\.(tmp|swp|swx|part|crdownload|bak)$|-journal$|-wal$|-shm$)")
"""Names that editors, and databases, give to files of the moment."""
PEOPLE = ("content/segments/", "content/programme/", SHOP_FILE, LOCK_FILE)
"""What decides who is a member, and of what, besides the customer file."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, relative to the shop's folder where it lies in it. `people`: it may change who belongs where."""

    paths: tuple[str, ...]
    people: bool


def watch(root: Path, end: Event, poll: bool) -> Iterator[Saved]:
    """Each burst of changes until `end` is set. `poll`: look by oneself, where the system tells nothing."""
    import watchfiles  # noqa: PLC0415 - only a preview watches

    data, lock = _data(root), _lock(root)
    folders = _folders(root, data)
    while not end.is_set():
        bursts = watchfiles.watch(
            *folders,
            watch_filter=lambda _, path: not _passes(Path(path), root),
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=end,
            raise_interrupt=False,
            force_polling=poll or None,
            poll_delay_ms=POLL,
            ignore_permission_denied=True,
        )
        for burst in bursts:
            paths = {_told(Path(path), root) for _, path in burst}
            # The lock is one file of the shop's own folder, which may hold much that nobody needs to watch.
            if (now := _lock(root)) != lock:
                lock = now
                paths.add(LOCK_FILE)
            if paths & {SHOP_FILE}:
                data = _data(root)
            if paths:
                people = any(path.startswith((*PEOPLE, *data)) for path in paths)
                yield Saved(tuple(sorted(paths)), people)
            if (there := _folders(root, data)) != folders:
                fresh = tuple(_told(folder, root) for folder in there if folder not in folders)
                folders = there
                if fresh:
                    yield Saved(fresh, people=True)
                break


def _passes(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts if path.is_relative_to(root) else (path.name,)
    return any(PASSING.search(part) for part in parts)


def _told(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _folders(root: Path, data: tuple[str, ...]) -> tuple[Path, ...]:
    """The folders to watch: content, themes, and the customer file's where it lies elsewhere."""
    own = [root / "content", root / "themes"]
    own += [root / place if (root / place).is_dir() else (root / place).parent for place in data]
    there = [folder for folder in dict.fromkeys(own) if folder.is_dir()]
    return tuple(one for one in there if not any(one != other and one.is_relative_to(other) for other in there))


def _data(root: Path) -> tuple[str, ...]:
    """Where the customer file lies, as `_told` spells it; nothing where it is on a server, or nobody can know."""
    try:
        source = shop_of(root).source
    except (SitegenError, OSError):
        return ("content/customers",)
    if isinstance(source, PostgresSource):
        return ()
    return (_told(root / (source.folder if isinstance(source, FolderSource) else source.file), root),)


def _lock(root: Path) -> tuple[int, int]:
    try:
        found = (root / LOCK_FILE).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
