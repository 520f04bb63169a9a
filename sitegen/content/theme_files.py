"""Read a theme with what it inherits: templates, static files, words and card designs."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.card_design_files import PRINT_FONTS, read_designs
from sitegen.content.folder import read_text
from sitegen.content.social_style import read_social
from sitegen.content.theme_folders import Laid, ThemeFolder, lay, theme_folders, warnings
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme
from sitegen.model.tree import Scalar

TEMPLATE_FOLDERS = ("site/", "mail/", "receiver/", "work/")
STATIC_FOLDERS = ("static/", "fonts/")


def read_theme(folder: Path, root: Path, problems: list[Problem]) -> Theme:
    """The theme in `folder`, whole; mistakes are added to `problems`."""
    folders = theme_folders(folder, root, problems)
    laid = lay(folders, root)
    above = {one.name: lay(folders[number:], root) for number, one in enumerate(folders) if number}
    return Theme(
        name=folders[0].name,
        title=folders[0].about.title,
        templates={path: laid.text(path) for path in laid.below(*TEMPLATE_FOLDERS)},
        static={path: laid.content(path) for path in laid.below(*STATIC_FOLDERS) if not path.startswith(PRINT_FONTS)},
        strings=_strings(laid, problems),
        designs=read_designs(laid, problems),
        parents=tuple(above),
        inherited={
            f"{name}/{path}": one.text(path) for name, one in above.items() for path in one.below(*TEMPLATE_FOLDERS)
        },
        origins=_origins(laid, above),
        warnings=warnings(folders, root),
        social=read_social(laid, problems),
        picture_sizes=next((one.about.picture_sizes for one in folders if one.about.picture_sizes), "100vw"),
    )


def _origins(laid: Laid, above: dict[str, Laid]) -> dict[str, str]:
    """The theme in whose folder each path lies, also of those that are asked for by a parent's name."""
    origins = {path: folder.name for path, folder in laid.top.items()}
    for name, one in above.items():
        origins |= {f"{name}/{path}": one.top[path].name for path in one.below(*TEMPLATE_FOLDERS)}
    return origins


def _strings(laid: Laid, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """The words key by key: what a theme does not say, its parent says."""
    strings: dict[str, dict[str, str]] = {}
    for folder in reversed(laid.folders):
        for language, words in own_words(folder, laid.root, problems).items():
            strings.setdefault(language, {}).update(words)
    return strings


def own_words(folder: ThemeFolder, root: Path, problems: list[Problem]) -> dict[str, dict[str, str]]:
    """The words of one theme's own files, by language and key."""
    words: dict[str, dict[str, str]] = {}
    for path in folder.paths:
        if not (path.startswith("locale/") and path.endswith(".yaml")):
            continue
        # "locale/en.yaml" and "locale/mail.en.yaml" both hold English words.
        language = path.removesuffix(".yaml").rpartition("/")[2].rpartition(".")[2]
        try:
            tree = read_yaml(read_text(folder.folder / path, root), f"themes/{folder.name}/{path}")
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
            continue
        for entry in tree.entries:
            if isinstance(entry.value, Scalar):
                words.setdefault(language, {})[entry.key.text] = entry.value.text
    return words
