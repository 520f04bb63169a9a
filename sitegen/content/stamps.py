"""Know whether a file is the one that was read, without opening it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from sitegen.content.folder import entries_below

Stamp: TypeAlias = tuple[int, int, int, int]
"""Length, times of the last change of content and of the entry (ns), and inode: another one, another file."""
LOG = "-wal"
TICK = 20_000_000
"""Nanoseconds within which two changes of a file may have the same time."""


def stamp(path: Path) -> Stamp | None:
    """A file's stamp; None where there is no such file."""
    try:
        return stamp_of(path.stat())
    except OSError:
        return None


def stamp_beside(path: Path) -> Stamp | None:
    """The stamp of a file that may be a SQLite database's log, `shop.sqlite-wal`; an empty log is none.

    Who opens the database as root changes the log's owner each time, so the time of its entry says nothing.
    """
    found = stamp(path)
    if found is None or not path.name.endswith(LOG):
        return found
    size, changed, _, inode = found
    return (size, changed, changed, inode) if size else None


def stamps_below(folder: Path) -> dict[str, Stamp]:
    """The stamps of the files below a folder, by their paths relative to it."""
    found: dict[str, Stamp] = {}
    for path, entry in entries_below(folder):
        try:
            found[path] = stamp_of(entry.stat())
        except OSError:
            # An editor may have moved it away just now.
            continue
    return found


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file that was just looked at."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_firm(found: Stamp, begun: int) -> bool:
    """Whether a file that still has this stamp can't have changed since `begun` (ns, by the files' own clock)."""
    return max(found[1], found[2]) < begun - TICK
