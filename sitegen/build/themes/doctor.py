"""Look through a theme: what is missing, misspelt, stale, unreadable or without a licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.themes.differences import Difference, compared
from sitegen.build.themes.faces import check_faces
from sitegen.build.themes.finding import Finding, Level, odd
from sitegen.build.themes.overrides import check_overrides, check_static
from sitegen.build.themes.palette import check_palette
from sitegen.build.themes.words import check_words
from sitegen.content.project import examined
from sitegen.content.theme_check import check_theme
from sitegen.content.theme_files import read_theme
from sitegen.content.theme_folders import Laid, ThemeFolder, lay, theme_folders
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.model.theme import Theme


@dataclass(frozen=True, slots=True)
class Patient:
    """A theme as its folders and as values, its own files apart from its parents', and the shop."""

    own: ThemeFolder
    laid: Laid
    above: Laid | None
    theme: Theme
    project: Project


def examine(folder: Path, root: Path) -> tuple[Finding, ...]:
    """All that can be said of the theme in `folder`, problems first. Raises Mistakes where theme.yaml is no YAML."""
    problems: list[Problem] = []
    theme = read_theme(folder, root, problems)
    folders = theme_folders(folder, root, [])
    above = lay(folders[1:], root) if len(folders) > 1 else None
    project, _ = examined(root)
    patient = Patient(folders[0], lay(folders, root), above, theme, project)
    found = [Finding(Level.PROBLEM, one) for one in (*problems, *check_theme(theme, project.campaigns))]
    found += [Finding(Level.WARNING, one) for one in theme.warnings]
    return tuple(sorted(set(found) | set(_look(patient)), key=lambda one: (one.level.value, one.problem)))


def _look(patient: Patient) -> Iterator[Finding]:
    own, theme = patient.own, patient.theme
    if own.about.name != own.name:
        message = f"the theme in the folder '{own.name}' calls itself '{own.about.name}'"
        yield odd(f"themes/{own.name}/theme.yaml", "theme-name", message, "give both one name: the folder's counts")
    inherited = frozenset(patient.above.top) if patient.above else frozenset()
    layouts = {f"{folder}/{page.layout}.html" for page in patient.project.pages for folder in ("site", "site/sealed")}
    yield from check_overrides(own, inherited, theme, layouts)
    yield from check_static(own, theme, patient.laid)
    yield from check_words(own, patient.laid, theme, patient.project.shop.languages)
    yield from check_palette(patient.laid, theme)
    yield from check_faces(own, patient.laid)
    if patient.above:
        yield from _copies(own, compared(own, patient.above))


def _copies(own: ThemeFolder, differences: Iterable[Difference]) -> Iterator[Finding]:
    differences = tuple(differences)
    for one in differences:
        file = f"themes/{own.name}/{one.path}"
        if one.stale:
            message = f"the file of '{one.parent}' changed since you copied it"
            hint = f"look: sitegen theme diff {own.name}; take over what you need, then delete its line below 'copied'"
            yield odd(file, "stale-copy", message, hint)
        elif one.same:
            hint = "delete it: then you get what the parent's becomes"
            yield odd(file, "same-as-parent", f"this is the very file of '{one.parent}'", hint)
    for path in sorted(set(own.about.copied) - {one.path for one in differences}):
        message = f"'copied' names '{path}', which this theme and its parents do not both have"
        yield odd(f"themes/{own.name}/theme.yaml", "stale-copy", message, "delete that line")
