"""Begin a card design: a folder in the shop's own theme, with every slot explained."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template

from sitegen import __version__
from sitegen.build.beginning.drafts import title_of
from sitegen.build.themes.catalogue import folder_of, is_own
from sitegen.build.themes.starting import first_files
from sitegen.content.folder import files_below
from sitegen.content.project import read_project
from sitegen.content.skeleton_words import FOLDER
from sitegen.errors import Mistakes, Problem
from sitegen.publish.atomic import write_file

SKELETON = FOLDER / "card"
FILLED = ("design.yaml",)


@dataclass(frozen=True, slots=True)
class BegunCard:
    """The design's folder, relative to the shop, and the theme that had to be begun for it, "" where none had."""

    folder: str
    theme: str = ""


def new_card(root: Path, name: str) -> BegunCard:
    """Write themes/<theme>/cards/<name>/, into the shop's own theme, or into a new child of the one it wears.

    Raises Mistakes where a design of that name is there already, and where the shop can't be read.
    """
    project = read_project(root)
    wearing = folder_of(root, "")
    own = is_own(root, wearing)
    theme = wearing.name if own else f"my-{wearing.name}"
    folder = f"themes/{theme}/cards/{name}"
    if name in {design.name for design in project.theme.designs} or (root / folder).exists():
        hint = "choose another name"
        raise Mistakes([Problem(folder, 0, 0, "taken-name", f"there is a card design '{name}' already", hint)])
    about = root / "themes" / theme / "theme.yaml"
    fresh = not own and not about.exists()
    try:
        if fresh:
            about.parent.mkdir(parents=True, exist_ok=True)
            write_file(about, first_files(theme, wearing.name, __version__)["theme.yaml"].encode())
        _write(root / folder, name)
    except OSError:
        shutil.rmtree(root / folder, ignore_errors=True)
        raise
    return BegunCard(folder, "" if own else theme)


def _write(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    words = {"name": name, "title": json.dumps(title_of(name), ensure_ascii=False)}
    for path in files_below(SKELETON):
        content = (SKELETON / path).read_bytes()
        if path in FILLED:
            content = Template(content.decode()).substitute(words).encode()
        write_file(folder / path, content)
