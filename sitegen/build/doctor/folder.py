"""Say what is unsafe in the shop's folder: keys that others can read, customers that git would publish."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from sitegen.build.doctor.checks import Check, fine, problem, warning
from sitegen.content.folder import files_below, theme_folder
from sitegen.content.theme_folders import lay, theme_folders
from sitegen.model.shop import FolderSource, Shop
from sitegen.publish.key_file import DEV_KEYS, OTHERS

PRIVATE = ".sitegen"
OUTPUTS = ("output/mail", "output/cards", "output/texts", "output/work")
STRANGER = re.compile(
    r"""<(script|link|img|iframe|object|embed|source)\b[^>]*?\b(?:src|href|data)\s*=\s*["']?(?:https?:)?//"""
)
IMPORTED = re.compile(r"""(?:@import\s+(?:url\()?|\burl\(|\bimport\s*(?:\(\s*)?|\bfrom\s+)["']?(?:https?:)?//""")
READ = (".html", ".xml", ".css", ".js", ".svg")


def key_checks(root: Path, key_file: Path | None, dev: bool) -> Iterator[Check]:
    """Who may read the keys, and whether they are the shop's own."""
    folder = root / PRIVATE
    if folder.is_dir() and folder.stat().st_mode & OTHERS:
        yield problem(PRIVATE, f"others may look into {PRIVATE}/", f"chmod 700 {PRIVATE}")
    elif folder.is_dir():
        yield fine(PRIVATE, "is its owner's alone")
    files = [(DEV_KEYS, root / DEV_KEYS), (f"{PRIVATE}/keys", root / PRIVATE / "keys")]
    files += [("key file", key_file)] if key_file else []
    for name, file in files:
        if file.is_file() and file.stat().st_mode & OTHERS:
            yield problem(
                name, "others than its owner may read the keys in it", f"chmod 600 {file.name}, then new keys"
            )
    if dev:
        said = "development keys are in use: fine for looking, refused by `sitegen deploy`"
        yield warning("keys", said, "`sitegen keys new` makes the shop's own; then set SITEGEN_KEY_FILE")
    else:
        yield fine("keys", "the shop's own are held")


def git_checks(root: Path, shop: Shop) -> Iterator[Check]:
    """What git would carry away."""
    if _git(root, "rev-parse", "--is-inside-work-tree") != 0:
        return
    tracked = [name for name in (PRIVATE, *OUTPUTS) if _git(root, "ls-files", "--error-unmatch", name) == 0]
    for name in tracked:
        todo = f"git rm -r --cached {name}; what was pushed is known, so make new keys or tell whom it concerns"
        yield problem("git", f"{name}/ is in the repository", todo)
    ignored = {name: _is_ignored(root, name) for name in (PRIVATE, *OUTPUTS)}
    for name in (name for name, is_ignored in ignored.items() if not is_ignored and name not in tracked):
        yield problem(
            "git", f"{name}/ is not ignored, and holds what nobody else may see", f"add /{name}/ to .gitignore"
        )
    if isinstance(shop.source, FolderSource) and not _is_ignored(root, shop.source.folder):
        folder = shop.source.folder.strip("/")
        said = f"{folder}/ is not ignored: the customers would go wherever the repository goes"
        yield warning("git", said, f"add /{folder}/ to .gitignore, unless they are made up")
    if not tracked and all(ignored.values()):
        yield fine("git", "keys, mails, cards and work lists stay out of the repository")


def theme_checks(root: Path, theme: str) -> Iterator[Check]:
    """What the theme asks of other hosts. The policy forbids it all, so it would only be missing."""
    folder = theme_folder(root, theme)
    if folder is None:
        yield problem("theme", f"there is no theme '{theme}'", "is the name in content/site.yaml right?")
        return
    laid = lay(theme_folders(folder, root, []), root)
    found = tuple(place for one in laid.folders for place in _strangers(one.folder))
    for place in found:
        todo = "keep a copy in the theme's static/ folder; scripts of others never belong on a members' page"
        yield problem("theme", f"themes/{place} asks another host", todo)
    if not found:
        yield fine("theme", f"'{theme}' asks no other host for anything")
    if not laid.below("fonts/print/"):
        yield warning("fonts", f"'{theme}' brings no fonts for paper", "put the cards' fonts into its fonts/print/")


def _strangers(folder: Path) -> Iterator[str]:
    for top in ("site", "static"):
        for path in files_below(folder / top):
            if path.endswith(READ):
                lines = (folder / top / path).read_text(encoding="utf-8", errors="replace").splitlines()
                for number, line in enumerate(lines, start=1):
                    if STRANGER.search(line) or IMPORTED.search(line):
                        yield f"{folder.name}/{top}/{path}:{number}"


def _is_ignored(root: Path, name: str) -> bool:
    # A name inside it, because a folder may ignore all that is in it and not itself.
    return _git(root, "check-ignore", "--quiet", f"{name}/x.csv") == 0


def _git(root: Path, *arguments: str) -> int:
    try:
        done = subprocess.run(("git", *arguments), cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - a list; the git that the user has
    except FileNotFoundError:
        return 127
    return done.returncode
