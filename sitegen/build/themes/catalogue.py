"""Which themes a shop can take, and which it has taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import SHOP_FILE, theme_folder, theme_names
from sitegen.content.shop.shop_file import shop_of
from sitegen.content.theme_about import read_about
from sitegen.errors import Mistakes, Problem


@dataclass(frozen=True, slots=True)
class Listed:
    """A theme. `own`: it lies in the shop's themes/; else it came with sitegen. `taken`: the shop's pages have it."""

    name: str
    title: str
    own: bool
    parent: str
    taken: bool


def themes(root: Path) -> tuple[Listed, ...]:
    """All themes, by name. Raises Mistakes where a theme.yaml can't be read."""
    taken = shop_of(root).theme
    folders = [folder for name in theme_names(root) if (folder := theme_folder(root, name))]
    abouts = [(folder, read_about(folder, root, [])) for folder in folders]
    return tuple(
        Listed(folder.name, about.title, is_own(root, folder), about.parent, folder.name == taken)
        for folder, about in abouts
    )


def is_own(root: Path, folder: Path) -> bool:
    """Whether a theme's folder is the shop's, to be changed by the shop."""
    return folder.parent == root / "themes"


def folder_of(root: Path, name: str = "") -> Path:
    """The folder of a theme; without a name, of the one that the shop has taken. Raises Mistakes for an unknown one."""
    wanted = name or shop_of(root).theme
    folder = theme_folder(root, wanted)
    if folder is None:
        file = "" if name else SHOP_FILE
        hint = did_you_mean(wanted, theme_names(root))
        raise Mistakes([Problem(file, 0, 0, "missing-theme", f"there is no theme '{wanted}'", hint)])
    return folder
