"""Look through the theme that a shop has written itself: overrides of nothing, files that nobody asks for, words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sitegen
from sitegen.build.themes.doctor import examine
from sitegen.errors import Mistakes, Problem


def theme_problems(root: Path, name: str) -> Iterator[Problem]:
    """What `sitegen theme doctor` would say of the shop's theme, where the shop has written it itself."""
    folder = root / "themes" / name
    if not (folder / "theme.yaml").is_file() or _came_along(folder, name):
        return
    try:
        yield from (finding.problem for finding in examine(folder, root))
    except Mistakes:
        # Who read the theme has told that already, and better.
        return


def _came_along(folder: Path, name: str) -> bool:
    """Whether it is the very theme that comes with sitegen: in sitegen's own repository it lies at the shop's place."""
    package = Path(sitegen.__file__).parent
    # An editable install keeps the themes beside the package.
    ours = package.parent / "themes" / name
    return ours.is_dir() and ours.samefile(folder)
