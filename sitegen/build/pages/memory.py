"""What a build remembers of its pages: what each of them read and became, and the files that stand in the output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sitegen.build.pages.kept import keep, kept
from sitegen.build.pages.program import code_print
from sitegen.publish.tree import Former, Staging
from sitegen.publish.twin import site_print
from sitegen.render.reads import Fingerprint, Read
from sitegen.render.site.made import Made
from sitegen.render.template_parts import Parts

FOLDER = ".sitegen/pages"
TWINS = ".sitegen/twins"
SEALED = ("sg/", "a/", "m/")
"""Below these lie locked files and their shells."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A file of the site as it was written: its length in bytes and its SHA-256."""

    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """A unit: what it read, all of it (`own` for itself alone, `shared` the same as others), what it became, and why
    it was rendered the last time. The HTML of public pages stands in the output and not here.
    """

    own: Mapping[Read, Fingerprint]
    shared: Mapping[Read, Fingerprint]
    made: Made
    reason: str


@dataclass(frozen=True, slots=True)
class Memory:
    """`code` and `locks` stand for the program and the keys; `files` are those of the site, made at `instant`;
    `record` is the print of what build.json says of them, `assets` the prints of locked ones by their ids. `secrets`
    are what must not be said in the open (protect.audit.quick), `templates` what templates
    refer to. Without anything that fits, there are no units.
    """

    code: str = ""
    locks: str = ""
    instant: int = 0
    record: str = ""
    units: Mapping[str, Remembered] = field(default_factory=dict)
    files: Mapping[str, Stood] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[bytes, bytes, bytes, bytes] | None = None
    templates: Mapping[str, Parts] = field(default_factory=dict)


def recall(root: Path, folder: str) -> Memory:
    """What the last build into an output folder remembered; nothing where its output is no longer the same."""
    memory = kept(_path(root, folder))
    if not isinstance(memory, Memory) or memory.code != code_print() or not memory.record:
        return Memory()
    return memory if memory.record == record_print(root / folder) else Memory()


def remember(root: Path, folder: str, memory: Memory) -> None:
    """Keep it for the next build."""
    keep(_path(root, folder), memory)


def former(root: Path, folder: str, memory: Memory) -> Former:
    """The site as the memory knows it."""
    return Former(frozenset(memory.files), memory.instant, memory.record, root / TWINS / _name(folder))


def standing_in(memory: Memory, tree: Staging) -> Memory:
    """The memory without the files that are not in the output as they were written; who fell must be made again."""
    fallen = {path for path, stood in memory.files.items() if not tree.stands(path, stood.length)}
    if not fallen:
        return memory
    files = {path: stood for path, stood in memory.files.items() if path not in fallen}
    sealed = any(path.startswith(SEALED) for path in fallen)
    return replace(memory, files=files, locks="" if sealed else memory.locks)


def record_print(output: Path) -> str:
    """The print of what build.json says of the site's files, "" where it says nothing."""
    try:
        return site_print((output / "build.json").read_bytes())
    except OSError:
        return ""


def _path(root: Path, folder: str) -> Path:
    return root / FOLDER / f"{_name(folder)}.bin"


def _name(folder: str) -> str:
    return folder.strip("./").replace("/", "-") or "output"
