"""The order in which a site may change under its visitors' eyes.

Between any two steps, and any two files of one step, a member's browser opens what it is shown. Why:

- An object's path names its epoch and period, so a file that is replaced is opened by the same segment keys as
  before. What is locked with other keys has another path, and the old files stay until the end.
- Packs lie in a folder of their build. site.json says which one counts, so it goes last of all that is written.
- Everything that is added comes before everything that may refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.protect.names import SITE_PATH

PAGE = re.compile(r".+\.(html|xml|txt|webmanifest)|_headers|_redirects")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a place lacks, has otherwise, and has too much: paths relative to the site, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Put:
    """Write these files, each whole, in any order."""

    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete these files."""

    name: str
    paths: tuple[str, ...]


Step = Put | Remove


def steps(changes: Changes) -> tuple[Step, ...]:
    """The steps that turn the old site into the new one; steps without files are left out."""
    added, changed = changes.added, changes.changed
    planned = (
        # First of all, so that even the rest of a first deploy that was killed is known as a site of ours.
        Put("locked files and keyrings", _some(added, _is_locked)),
        Put("new files", _some(added, _is_plain)),
        Put("new pages", _some(added, _is_page)),
        Put("changed files", tuple(path for path in changed if path != SITE_PATH)),
        Put("site.json", tuple(path for path in added + changed if path == SITE_PATH)),
        Remove("old files", changes.removed),
    )
    return tuple(step for step in planned if step.paths)


def _some(paths: tuple[str, ...], kind: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(path for path in paths if kind(path))


def _is_locked(path: str) -> bool:
    return path.startswith("sg/") and path != SITE_PATH


def _is_page(path: str) -> bool:
    return not path.startswith("sg/") and bool(PAGE.fullmatch(path))


def _is_plain(path: str) -> bool:
    return not path.startswith("sg/") and not _is_page(path)
