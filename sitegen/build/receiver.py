"""Make the receiver ready from the shop's folder: its words and looks, and one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sitegen.content.folder import theme_folder
from sitegen.content.shop_file import shop_of
from sitegen.content.survey_files import read_surveys
from sitegen.content.theme_files import read_theme
from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme
from sitegen.protect.tokens import sealer
from sitegen.send.receiver.setting import Setting

FALLBACK = "hearth"
"""Whose pages a theme borrows that has none for the receiver."""


def prepare(root: Path, key: bytes, now: Callable[[], datetime], ticks: Callable[[], float]) -> Setting:
    """All that the receiver needs to know of the shop in `root`; `key` is SITEGEN_RECEIVER_KEY.

    Raises Mistakes where site.yaml, a survey or the theme can't be read.
    """
    problems: list[Problem] = []
    shop = shop_of(root)
    setting = Setting(
        shop=shop,
        theme=_theme(root, shop.theme, problems),
        surveys=read_surveys(root, shop.languages, problems),
        sealer=sealer(key),
        ledger=root / shop.ledger,
        now=now,
        ticks=ticks,
    )
    if problems:
        raise Mistakes(problems)
    return setting


def _theme(root: Path, name: str, problems: list[Problem]) -> Theme:
    """The shop's theme without its cards; where it has no receiver/, that of the theme that comes along."""
    for wanted in (name, FALLBACK):
        folder = theme_folder(root, wanted)
        if folder and (wanted == FALLBACK or (folder / "receiver").is_dir()):
            return replace(read_theme(folder, root, problems), designs=())
    hint = "the theme 'hearth' comes with sitegen: install it again"
    raise Mistakes([Problem("content/site.yaml", 0, 0, "missing-theme", f"there is no theme '{name}'", hint)])
