"""Find the shop and read its files: the edge where paths become values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import sitegen
from sitegen.errors import Mistakes, Problem, Unusable

SHOP_FILE = "content/site.yaml"


def find_shop(start: Path) -> Path:
    """The nearest folder from `start` upward that holds content/site.yaml."""
    for folder in (start, *start.parents):
        if (folder / SHOP_FILE).is_file():
            return folder
    raise Unusable(
        f"no shop here: neither this folder nor one above it holds {SHOP_FILE}\nhint: `sitegen init DIR` makes one"
    )


def theme_folder(root: Path, name: str) -> Path | None:
    """The theme's folder: the shop's own, else the installed package's, else None."""
    return next((themes / name for themes in _themes(root) if (themes / name / "theme.yaml").is_file()), None)


def theme_names(root: Path) -> tuple[str, ...]:
    """The names of all themes that the shop may take."""
    return tuple(sorted({file.parent.name for themes in _themes(root) for file in themes.glob("*/theme.yaml")}))


def _themes(root: Path) -> tuple[Path, ...]:
    package = Path(sitegen.__file__).parent
    # An editable install keeps the themes beside the package, a wheel inside it.
    return root / "themes", package / "themes", package.parent / "themes"


def files_below(folder: Path, suffix: str = "") -> tuple[str, ...]:
    """Paths of the files below a folder, relative to it, sorted; hidden files and folders are passed over."""
    return tuple(sorted(path for path, _ in entries_below(folder) if path.endswith(suffix)))


def entries_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below a folder with their paths relative to it; hidden files and folders are passed over."""
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            found = list(os.scandir(folder / above))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in found:
            path = above + entry.name
            if entry.name.startswith("."):
                continue
            # A link to a folder is not followed: it may lead out of the shop, or round in a circle.
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            elif entry.is_file():
                yield path, entry


def read_text(path: Path, root: Path) -> str:
    """The file's text. Raises Mistakes where it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        hint = "save the file as UTF-8"
        raise Mistakes([Problem(name, line, 0, "not-utf-8", "the file is not UTF-8", hint)]) from None
