"""Compare the site of one build with that of the next: which files changed, and which pages in their styles alone."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sitegen.build.record import KEYRING_FILE

SHEET = re.compile(rb'(<link rel="stylesheet" href=")([^"]+)(")')
MOST_NAMED = 2000
"""Changed files that browsers are told one by one; of more, each browser takes it that its page is one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the site: a digest of it (of a page without its stylesheets' addresses), and those addresses."""

    digest: bytes
    sheets: tuple[str, ...] = ()


Tree: TypeAlias = Mapping[str, Seen]


@dataclass(frozen=True, slots=True)
class Change:
    """From one site to the next: files that are new, different or gone, and stylesheets that another one follows.

    `files` is None where there are too many to name; `pages` counts those that a reader would call pages.
    """

    files: frozenset[str] | None = frozenset()
    sheets: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return self.files is None or bool(self.files or self.sheets)


def tree_of(site: Path) -> Tree:
    """What stands in a site's folder by its path, without keyrings, which no page shows."""
    return {path: _seen(file, path) for path, file in _files(str(site)) if not KEYRING_FILE.match(path)}


def _files(folder: str, below: str = "") -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry.path


def _seen(file: str, path: str) -> Seen:
    content = Path(file).read_bytes()
    if not path.endswith(".html"):
        return Seen(hashlib.blake2b(content, digest_size=16).digest())
    sheets = tuple(match[2].decode() for match in SHEET.finditer(content))
    plain = SHEET.sub(rb"\1\3", content) if sheets else content
    return Seen(hashlib.blake2b(plain, digest_size=16).digest(), sheets)


def compare(before: Tree, after: Tree) -> Change:
    """What changed between two sites."""
    files = {path for path in before.keys() ^ after.keys()}
    sheets: dict[str, str] = {}
    for path, seen in after.items():
        former = before.get(path)
        if former is None or former == seen:
            continue
        if former.digest == seen.digest and len(former.sheets) == len(seen.sheets):
            sheets |= {old: new for old, new in zip(former.sheets, seen.sheets, strict=True) if old != new}
        else:
            files.add(path)
    pages = len({_page(path) for path in files} - {""})
    return Change(frozenset(files) if len(files) <= MOST_NAMED else None, sheets, pages)


def _page(path: str) -> str:
    """What a file is a page's by: its HTML, or the object in which it lies locked; "" of anything else."""
    return path if path.endswith((".html", ".bin")) else ""


def together(changes: tuple[Change, ...]) -> Change:
    """Several changes, one after the other, as one."""
    files: set[str] | None = set()
    sheets: dict[str, str] = {}
    for change in changes:
        files = None if files is None or change.files is None else files | change.files
        sheets = {old: change.sheets.get(new, new) for old, new in sheets.items()}
        sheets |= {old: new for old, new in change.sheets.items() if old not in sheets}
    followed = {old: new for old, new in sheets.items() if old != new}
    return Change(frozenset(files) if files is not None else None, followed, sum(one.pages for one in changes))
