"""Begin a child theme, and copy a parent's file into it so that it can be changed."""

from __future__ import annotations

from pathlib import Path

from sitegen import __version__
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.themes.catalogue import folder_of, is_own
from sitegen.build.themes.copied import digest, with_copied
from sitegen.build.themes.starting import first_files
from sitegen.content.addresses import is_part
from sitegen.content.folder import read_text, theme_names
from sitegen.content.theme_folders import Laid, lay, theme_folders
from sitegen.errors import Mistakes, Problem
from sitegen.publish.atomic import write_file

NO_NAMES = frozenset({"site", "mail", "receiver", "work", "cards", "static", "fonts", "locale"})
"""Folders of a theme: with such a name nobody could tell "site/page.html" from a path in the theme 'site'."""
INHERITED = ("site/", "mail/", "receiver/", "work/", "cards/", "static/", "fonts/", "locale/")


def new_theme(root: Path, name: str, parent: str) -> tuple[str, ...]:
    """Write themes/<name>/, a child of `parent`; what was written, relative to the shop.

    Raises Mistakes where the name can't be a theme's or is taken, and where there is no such parent.
    """
    if not is_part(name) or name in NO_NAMES or name != name.lower():
        hint = "write one word in small letters, with hyphens, like winter-garden"
        raise Mistakes([Problem("", 0, 0, "bad-name", f"'{name}' can't be the name of a theme", hint)])
    if name in theme_names(root) or (root / "themes" / name).exists():
        message = f"there is a theme '{name}' already"
        raise Mistakes([Problem(f"themes/{name}", 0, 0, "taken-name", message, "choose another name")])
    folder_of(root, parent)
    files = first_files(name, parent, __version__)
    return tuple(_write(root, f"themes/{name}/{path}", text.encode()) for path, text in files.items())


def copy_file(root: Path, path: str, name: str = "") -> tuple[str, ...]:
    """Copy a file, or all files of a folder, from the parents of a theme of the shop; what was written.

    theme.yaml then remembers what the parent's file was like. Raises Mistakes where there is nothing to copy, or the
    theme has that file already, or is none of the shop's own.
    """
    folder = folder_of(root, name)
    if not is_own(root, folder):
        message = f"the theme '{folder.name}' comes with sitegen, and would be replaced by the next version"
        hint = f"begin your own: sitegen theme new my-{folder.name} --parent {folder.name}"
        raise Mistakes([Problem("content/site.yaml", 0, 0, "not-your-theme", message, hint)])
    problems: list[Problem] = []
    own, *parents = theme_folders(folder, root, problems)
    if problems:
        raise Mistakes(problems)
    if not parents:
        message = f"the theme '{own.name}' has no parent to copy from"
        raise Mistakes([own.about.parent_place.problem("no-parent", message, "add a line 'parent: hearth'")])
    above = lay(tuple(parents), root)
    wanted = _wanted(above, path.strip("/"))
    if taken := [one for one in wanted if one in own.paths]:
        message = f"the theme '{own.name}' has this file already"
        hint = "`sitegen theme diff` shows how it differs from the parent's"
        raise Mistakes(Problem(f"themes/{own.name}/{one}", 0, 0, "taken-name", message, hint) for one in taken)
    written = tuple(_write(root, f"themes/{own.name}/{one}", above.content(one)) for one in wanted)
    about = folder / "theme.yaml"
    digests = {**own.about.copied, **{one: digest(above.content(one)) for one in wanted}}
    write_file(about, with_copied(read_text(about, root), digests).encode())
    return written


def _wanted(above: Laid, path: str) -> tuple[str, ...]:
    known = above.below(*INHERITED)
    found = tuple(one for one in known if one == path or one.startswith(f"{path}/"))
    if not found:
        message = f"no parent has a file '{path}'"
        raise Mistakes([Problem("", 0, 0, "missing-file", message, did_you_mean(path, known))])
    return found


def _write(root: Path, file: str, content: bytes) -> str:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    write_file(root / file, content)
    return file
