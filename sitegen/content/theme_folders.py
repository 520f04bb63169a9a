"""Lay a theme's folder over its parents': which file of which folder counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import files_below, read_text, theme_folder, theme_names
from sitegen.content.theme_about import About, read_about, unbounded
from sitegen.errors import Mistakes, Problem


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """One theme's own folder, what its theme.yaml says, and the paths of its own files."""

    name: str
    folder: Path
    about: About
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A theme's folder (the first) and its parents', the nearest first; `top`: in which folder a path counts."""

    root: Path
    folders: tuple[ThemeFolder, ...]
    top: Mapping[str, ThemeFolder]

    def below(self, *folders: str) -> tuple[str, ...]:
        """The paths below some folders, sorted."""
        return tuple(path for path in self.top if path.startswith(folders))

    def text(self, path: str) -> str:
        """The text of the file that counts. Raises Mistakes where it is not UTF-8."""
        return read_text(self.top[path].folder / path, self.root)

    def content(self, path: str) -> bytes:
        """The bytes of the file that counts."""
        return (self.top[path].folder / path).read_bytes()

    def label(self, path: str) -> str:
        """How messages name a path: by the folder in which it lies; a missing one would lie in the first."""
        return f"themes/{self.top.get(path, self.folders[0]).name}/{path}"


def lay(folders: tuple[ThemeFolder, ...], root: Path) -> Laid:
    """The folders over each other, the first on top."""
    top = {path: folder for folder in reversed(folders) for path in folder.paths}
    return Laid(root, folders, dict(sorted(top.items())))


def theme_folders(folder: Path, root: Path, problems: list[Problem]) -> tuple[ThemeFolder, ...]:
    """The theme in `folder` and its parents, the nearest first.

    What a theme.yaml says wrongly is added to `problems`. Raises Mistakes where one can't be read, where there is no
    such parent, and where themes are each other's parents: without its parent nothing of a theme can be judged.
    """
    chain = [_read(folder, root, problems)]
    while parent := chain[-1].about.parent:
        place = chain[-1].about.parent_place
        above = theme_folder(root, parent)
        if above is None:
            hint = did_you_mean(parent, theme_names(root))
            message = f"there is no theme '{parent}' to be the parent"
            raise Mistakes([place.problem("missing-theme", message, hint)])
        names = [one.name for one in chain]
        if above.name in names:
            circle = " -> ".join([*names[names.index(above.name) :], above.name])
            message = f"a theme can't be its own parent: {circle}"
            raise Mistakes([place.problem("theme-circle", message, "take one of these 'parent' lines out")])
        chain.append(_read(above, root, problems))
    return tuple(chain)


def warnings(folders: tuple[ThemeFolder, ...], root: Path) -> tuple[Problem, ...]:
    """Of the shop's own themes: those that would also be taken for a sitegen that comes in years."""
    own = (one for one in folders if one.folder.parent == root / "themes")
    return tuple(unbounded(one.about) for one in own if not one.about.bounded)


def _read(folder: Path, root: Path, problems: list[Problem]) -> ThemeFolder:
    return ThemeFolder(folder.name, folder, read_about(folder, root, problems), files_below(folder))
