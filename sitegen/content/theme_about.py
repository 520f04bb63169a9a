"""Read theme.yaml: what a theme is called, whose child it is, and for which sitegen it is made."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from sitegen import __version__
from sitegen.content.folder import read_text
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.tree import Mapping, Place, Scalar, Sequence

ABOUT = "theme.yaml"
UPPER = ("<", "<=", "==", "===", "~=")
"""Operators that leave out what comes later."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A family that the theme brings along, its licence by its SPDX name, and the file with the licence's words."""

    family: str
    licence: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class About:
    """What theme.yaml says; absent text is "". `copied`: digests of the parent's files when they were copied, by path.

    `bounded`: whether `sitegen` says up to which version the theme is meant.
    """

    name: str
    title: str
    parent: str
    parent_place: Place
    bounds: str
    bounds_place: Place
    bounded: bool
    fonts: tuple[FontFile, ...]
    copied: Names[str, str]
    picture_sizes: str = ""


def read_about(folder: Path, root: Path, problems: list[Problem], version: str = __version__) -> About:
    """What the theme in `folder` says of itself; mistakes are added to `problems`."""
    label = f"themes/{folder.name}/{ABOUT}"
    keys = Keys(read_yaml(read_text(folder / ABOUT, root), label), problems, ABOUT)
    for key in ("version", "author", "licence", "description", "homepage"):
        keys.text(key)
    bounds = keys.text("sitegen")
    about = About(
        name=keys.text("name", folder.name),
        title=keys.text("title", folder.name),
        parent=keys.text("parent"),
        parent_place=keys.place("parent"),
        bounds=bounds,
        bounds_place=keys.place("sitegen"),
        bounded=_check_bounds(keys, bounds, version),
        fonts=tuple(_fonts(keys)),
        copied=_copied(keys),
        picture_sizes=keys.text("picture_sizes"),
    )
    keys.finish()
    return about


def unbounded(about: About) -> Problem:
    """The warning that a later sitegen may break the theme without a word."""
    said = f"'{about.bounds}' has no end" if about.bounds else "it does not say for which sitegen it is made"
    hint = f'write sitegen: "{bounds_of(__version__)}"; then a version that it was never tried with says so'
    return about.bounds_place.problem("theme-without-end", f"the theme '{about.name}' may break unseen: {said}", hint)


def bounds_of(version: str) -> str:
    """The bounds for a theme that begins with this version: up to the next that may change what themes rely on."""
    now = Version(version)
    following = f"0.{now.minor + 3}" if now.major == 0 else str(now.major + 1)
    return f">={now.major}.{now.minor},<{following}"


def _check_bounds(keys: Keys, bounds: str, version: str) -> bool:
    if not bounds:
        return False
    place = keys.place("sitegen")
    try:
        specifiers = SpecifierSet(bounds)
    except InvalidSpecifier:
        hint = f'write bounds like "{bounds_of(version)}", in quotes'
        keys.problems.append(place.problem("wrong-value", f"'sitegen' can't be '{bounds}'", hint))
        return True
    if not specifiers.contains(version, prereleases=True):
        name = keys.text("name") or keys.text("title")
        message = f"the theme '{name}' is made for sitegen {bounds}, and this is {version}"
        hint = "take a version of the theme that fits, or try it and change the bounds; `sitegen theme doctor` helps"
        keys.problems.append(place.problem("theme-for-another-version", message, hint))
    return any(one.operator in UPPER for one in specifiers)


def _fonts(keys: Keys) -> list[FontFile]:
    node = keys.node("fonts")
    if node is None:
        return []
    items = node.items if isinstance(node, Sequence) else ()
    found: list[FontFile] = []
    for item in items:
        if not isinstance(item, Mapping):
            break
        one = Keys(item, keys.problems, "a font")
        found.append(
            FontFile(
                one.text("family", required=True),
                one.text("licence", required=True),
                one.text("text", required=True),
                item.place,
            )
        )
        one.finish()
    else:
        if items:
            return found
    hint = "write a list of fonts with family, licence and text"
    keys.problems.append(node.place.problem("wrong-form", "'fonts' must be a list of fonts", hint))
    return found


def _copied(keys: Keys) -> dict[str, str]:
    inner = keys.keys("copied")
    if inner is None:
        return {}
    return {entry.key.text: entry.value.text for entry in inner.rest() if isinstance(entry.value, Scalar)}
