"""A shop in values, rendered with ids that a test can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sitegen.content.project import read_project
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.render.site.entries import Day, Entries, entries
from sitegen.render.site.whole import Setting, render_site
from tests.content.shop_folder import write_shop

TODAY = Day(date(2026, 9, 8))


def identify(logical: str) -> str:
    """A spelled id that still tells what it stands for."""
    return "id-" + "".join(character if character.isalnum() else "-" for character in logical)


def shell(spelled: str) -> str:
    """The folder of a shell page."""
    return f"m/{spelled}/"


SETTING = Setting(identify, shell, "sg/runtime.js", "default-src 'none'", dev=True, generator="sitegen test")


def project(root: Path, **changed: str) -> Project:
    """The small shop with files added or changed."""
    return read_project(write_shop(root, **changed))


def site(root: Path, **changed: str) -> Site:
    """Its site."""
    return render_site(project(root, **changed), TODAY, SETTING)


def day_entries(root: Path, day: Day = TODAY, /, **changed: str) -> Entries:
    """Its entries."""
    return entries(project(root, **changed), day, lambda id_: shell(identify(id_)))


def public(made: Site) -> dict[str, str]:
    """The public files by path."""
    return {file.path: file.content.decode() for file in made.public}
