"""Small families of themes in a folder, with which inheritance is tried."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.theme import Theme
from sitegen.render.theme import templates

BOUNDS = 'sitegen: ">=0.1,<2"\n'


def write(root: Path, theme: str, files: Mapping[str, str], parent: str = "") -> Path:
    """A theme in root/themes/, with a theme.yaml unless `files` has one."""
    folder = root / "themes" / theme
    about = f"name: {theme}\n{BOUNDS}" + (f"parent: {parent}\n" if parent else "")
    for path, text in {"theme.yaml": about, **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def read(root: Path, theme: str) -> Theme:
    """The theme, which must have no mistake."""
    problems: list[Problem] = []
    made = read_theme(root / "themes" / theme, root, problems)
    assert problems == []
    return made


def rendered(theme: Theme, template: str, **views: object) -> str:
    """A template of the theme, filled."""
    return templates(theme, {}).render(template, "a test", views)
