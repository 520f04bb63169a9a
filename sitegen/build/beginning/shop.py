"""Begin a shop: a folder that builds at once, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import __version__
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.beginning.editor_schemas import write_schemas, write_settings
from sitegen.content.folder import SHOP_FILE, theme_folder, theme_names
from sitegen.content.shop_skeleton import Wanted, shop_files
from sitegen.content.theme_files import read_theme
from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.model.channel import Kind

FIRST_CARD = "thank-you-thread"
HARMLESS = {".git", ".DS_Store"}
"""What a folder may hold in which a shop begins."""


@dataclass(frozen=True, slots=True)
class NewShop:
    """What the shop is called, which language it speaks, which theme it wears, and the day of today."""

    name: str
    language: str
    theme: str
    today: date


def new_shop(folder: Path, wish: NewShop) -> int:
    """Write the shop into `folder`, which is missing or empty; how many files it has.

    Raises Unusable where something is in the folder, and Mistakes where there is no such theme.
    """
    _refuse(folder)
    files = shop_files(Wanted(wish.name, wish.language, wish.theme, _first_card(wish.theme), wish.today, __version__))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the folder, so that what is whole can be renamed and never copied.
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.new-", dir=folder.parent) as aside:
            whole = Path(aside) / "shop"
            _write(whole, files)
            write_settings(whole)
            write_schemas(whole)
            _move(whole, folder)
    except OSError as error:
        raise Unusable(f"the shop can't be written to '{folder}': {error.strerror or error}") from None
    return len(files) + 1


def _refuse(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Unusable(f"'{folder}' is a file\nhint: name a folder that is not there yet")
    there = sorted(path.name for path in folder.iterdir() if path.name not in HARMLESS) if folder.is_dir() else []
    if not there:
        return
    if (folder / SHOP_FILE).is_file():
        raise Unusable(f"there is a shop in '{folder}' already; it was left as it is")
    raise Unusable(f"'{folder}' is not empty: '{there[0]}' is in it\nhint: name a folder that is not there yet")


def _first_card(theme: str) -> str:
    """The design of the shop's first card, "" where the theme has none for a word of thanks."""
    # A shop that is not there yet has no themes of its own.
    nowhere = Path(__file__).parent
    folder = theme_folder(nowhere, theme)
    if folder is None:
        hint = did_you_mean(theme, theme_names(nowhere))
        raise Mistakes([Problem("", 0, 0, "missing-theme", f"there is no theme '{theme}'", hint)])
    designs = {design.name: design.kinds for design in read_theme(folder, nowhere, []).designs}
    fitting = [name for name, kinds in designs.items() if not kinds or Kind.THANKS in kinds]
    return FIRST_CARD if FIRST_CARD in fitting else next(iter(fitting), "")


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def _move(whole: Path, folder: Path) -> None:
    """Bring the shop to its place: by one rename, or piece by piece into a folder that is there already."""
    if not folder.exists():
        whole.rename(folder)
        return
    moved: list[Path] = []
    try:
        for part in sorted(whole.iterdir(), key=lambda part: part.name == "content"):
            # The content comes last: until then the folder is no shop.
            part.rename(folder / part.name)
            moved.append(folder / part.name)
    except BaseException:
        for part in moved:
            shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
        raise
