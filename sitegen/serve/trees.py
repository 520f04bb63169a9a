"""Compare the site of one build with that of the next: which files changed, and which pages in their styles alone."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sitegen.build.record import KEYRING_FILE, RECORD
from sitegen.publish.tree import SITE

SHEET = re.compile(rb'(<link rel="stylesheet" href=")([^"]+)(")')
MOST_NAMED = 2000
"""Changed files that browsers are told one by one; of more, each browser takes it that its page is one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the site: a digest of it, one of it without the addresses of its stylesheets, and those addresses."""

    whole: str
    plain: str
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


def tree_of(output: Path, former: Tree) -> Tree:
    """What stands in an output's site by its path, as its build.json has it, without keyrings, which no page shows.

    Only pages are read that were others in the `former` tree.
    """
    written: Mapping[str, str] = json.loads((output / RECORD).read_text(encoding="utf-8"))["site"]
    tree: dict[str, Seen] = {}
    for path, digest in written.items():
        seen = former.get(path)
        if seen and seen.whole == digest:
            tree[path] = seen
        elif not KEYRING_FILE.match(path):
            tree[path] = _seen(output / SITE / path, digest)
    return tree


def _seen(file: Path, digest: str) -> Seen:
    if file.suffix != ".html":
        return Seen(digest, digest)
    content = file.read_bytes()
    sheets = tuple(match[2].decode() for match in SHEET.finditer(content))
    return Seen(digest, hashlib.sha256(SHEET.sub(rb"\1\3", content)).hexdigest(), sheets)


def compare(before: Tree, after: Tree) -> Change:
    """What changed between two sites."""
    files = set(before.keys() ^ after.keys())
    sheets: dict[str, str] = {}
    for path, seen in after.items():
        former = before.get(path)
        if former is None or former == seen:
            continue
        if former.plain == seen.plain and len(former.sheets) == len(seen.sheets):
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
