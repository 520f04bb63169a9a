"""Keep a second tree of the site, hard-linked to the first, so that a build touches only what it changes.

A folder with ten thousand pages takes a second to link and longer to remove. So the tree that was the site before is
brought up to date after each build, and waits aside until it becomes the next site.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

MARKER = "of"


def site_print(record: bytes) -> str:
    """The print of what a build.json says of the site's files, "" where it says nothing."""
    try:
        said = json.loads(record)["site"]
        lines = "\n".join(f"{digest} {path}" for path, digest in sorted(said.items()))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return blake2b(lines.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def take(twin: Path, place: Path, record: str) -> bool:
    """Move the twin to where the next tree grows, if it is that of the output with this record."""
    marker = twin / MARKER
    try:
        fits = marker.read_text(encoding="utf-8") == record
        marker.unlink()
        if fits:
            (twin / place.name).rename(place)
    except OSError:
        return False
    return fits


def lay_aside(tree: Path, twin: Path, record: str) -> None:
    """Keep a tree that equals the site as its twin. Where that can't be, the next build starts without one."""
    with suppress(OSError):
        twin.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(twin / tree.name, ignore_errors=True)
        tree.rename(twin / tree.name)
        (twin / MARKER).write_text(record, encoding="utf-8")


def link_all(site: Path, tree: Path, paths: Iterable[str]) -> bool:
    """A new tree with the files of a site; False where they can't be linked."""
    made: set[str] = set()
    try:
        tree.mkdir()
        for path in paths:
            folder = path.rpartition("/")[0]
            if folder not in made:
                (tree / folder).mkdir(parents=True, exist_ok=True)
                made.add(folder)
            os.link(f"{site}/{path}", f"{tree}/{path}")
    except OSError:
        return False
    return True


def follow(site: Path, tree: Path, changed: Iterable[str], gone: Iterable[str]) -> bool:
    """Bring a tree that was the site to what the site is now; False where it can't be."""
    try:
        remove(tree, gone)
        for path in changed:
            make_room(tree, path)
            os.link(f"{site}/{path}", f"{tree}/{path}")
    except OSError:
        return False
    return True


def remove(tree: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            (tree / path).unlink()
        folder = path.rpartition("/")[0]
        while folder:
            try:
                (tree / folder).rmdir()
            except OSError:
                break
            folder = folder.rpartition("/")[0]


def make_room(tree: Path, path: str) -> None:
    """Let nothing stand where a file is to stand: no other file, no folder, and no file where it needs a folder."""
    target = tree / path
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    above = tree
    for part in path.split("/")[:-1]:
        above /= part
        if above.is_file() or above.is_symlink():
            above.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
