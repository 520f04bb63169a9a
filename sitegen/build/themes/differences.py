"""What a theme does otherwise than its parents, file by file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.themes.copied import digest
from sitegen.content.theme_files import own_words
from sitegen.content.theme_folders import Laid, ThemeFolder, lay, theme_folders
from sitegen.errors import Mistakes, Problem

BLOCK = re.compile(r"\{%[-+]?\s*block\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of the theme that a parent has too. `lines` are those of a unified diff, without ends of lines.

    `extends`: the file takes in the parent's and overrules its `blocks`, or what a stylesheet says. `stale`: the
    parent's file changed since it was copied. `added` and `removed` count lines, or bytes where the file is no text
    (`binary`).
    """

    path: str
    parent: str
    lines: tuple[str, ...]
    blocks: tuple[str, ...]
    added: int
    removed: int
    stale: bool
    extends: bool = False
    binary: bool = False

    @property
    def same(self) -> bool:
        """Whether the theme has the very file that its parent has."""
        return not (self.lines or self.extends or self.binary)


def differences(folder: Path, root: Path) -> tuple[Difference, ...]:
    """All files that take the place of a parent's, by path. Raises Mistakes where the theme can't be read."""
    problems: list[Problem] = []
    own, *parents = theme_folders(folder, root, problems)
    if problems:
        raise Mistakes(problems)
    return compared(own, lay(tuple(parents), root)) if parents else ()


def compared(own: ThemeFolder, above: Laid) -> tuple[Difference, ...]:
    """As `differences`, of folders that are read already."""
    files = (path for path in own.paths if path in above.top and "/" in path)
    return tuple(_difference(own, above, path) for path in files)


def _difference(own: ThemeFolder, above: Laid, path: str) -> Difference:
    before, after = above.content(path), (own.folder / path).read_bytes()
    parent = above.top[path].name
    stale = own.about.copied.get(path, digest(before)) != digest(before)
    try:
        old, new = before.decode(), after.decode()
    except UnicodeDecodeError:
        differ = before != after
        return Difference(path, parent, (), (), len(after) * differ, len(before) * differ, stale, binary=differ)
    if re.search(rf"""\{{%-?\s*(?:extends|include)\s+["'][^"'/]+/{re.escape(path)}["']""", new):
        blocks = tuple(dict.fromkeys(BLOCK.findall(new)))
        return Difference(path, parent, (), blocks, len(new.splitlines()), 0, stale, extends=True)
    if path.startswith("locale/"):
        lines = tuple(_words(own, above, path))
    else:
        named = (f"themes/{parent}/{path}", f"themes/{own.name}/{path}")
        lines = tuple(difflib.unified_diff(old.splitlines(), new.splitlines(), *named, lineterm=""))
    added = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
    removed = sum(line.startswith("-") and not line.startswith("---") for line in lines)
    return Difference(path, parent, lines, (), added, removed, stale)


def _words(own: ThemeFolder, above: Laid, path: str) -> Iterator[str]:
    """Key by key: the keys that a theme does not name are its parent's, so nothing is removed."""
    language = path.removesuffix(".yaml").rpartition("/")[2].rpartition(".")[2]
    old = _merged(above, language)
    new = own_words(_only(own, path), above.root, []).get(language, {})
    changed = {key: word for key, word in new.items() if old.get(key) != word}
    if changed:
        yield f"--- {above.label(path)}"
        yield f"+++ themes/{own.name}/{path}"
    for key, word in changed.items():
        if key in old:
            yield f"-{key}: {old[key]}"
        yield f"+{key}: {word}"


def _merged(above: Laid, language: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for folder in reversed(above.folders):
        words |= own_words(folder, above.root, []).get(language, {})
    return words


def _only(own: ThemeFolder, path: str) -> ThemeFolder:
    return ThemeFolder(own.name, own.folder, own.about, (path,))
