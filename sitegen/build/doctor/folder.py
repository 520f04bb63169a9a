"""Say what is unsafe or missing in the shop's folder: open keys, customers that git would publish, room."""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from sitegen.build.doctor.checks import Check, fine, problem, warning
from sitegen.content.folder import files_below, theme_folder
from sitegen.content.theme_folders import lay, theme_folders, warnings
from sitegen.errors import Mistakes, Problem
from sitegen.model.shop import FolderSource, Shop
from sitegen.publish.key_file import DEV_KEYS, OTHERS

PRIVATE = ".sitegen"
OUTPUTS = ("output/mail", "output/cards", "output/texts", "output/work")
MEGABYTE = 1_000_000
LITTLE, TOO_LITTLE = 1000 * MEGABYTE, 200 * MEGABYTE
STRANGER = re.compile(
    r"""<(script|link|img|iframe|object|embed|source)\b[^>]*?\b(?:src|href|data)\s*=\s*["']?(?:https?:)?//"""
)
IMPORTED = re.compile(r"""(?:@import\s+(?:url\()?|\burl\(|\bimport\s*(?:\(\s*)?|\bfrom\s+)["']?(?:https?:)?//""")
READ = (".html", ".xml", ".css", ".js", ".svg")


def key_checks(root: Path, key_file: Path | None, dev: bool) -> Iterator[Check]:
    """Who may read the keys, and whether they are the shop's own."""
    folder = root / PRIVATE
    if folder.is_dir() and folder.stat().st_mode & OTHERS:
        yield problem(
            PRIVATE, f"others may look into {PRIVATE}/", "keys and the plan lie in it", f"chmod 700 {PRIVATE}"
        )
    elif folder.is_dir():
        yield fine(PRIVATE, "is its owner's alone")
    files = [(DEV_KEYS, root / DEV_KEYS), (f"{PRIVATE}/keys", root / PRIVATE / "keys")]
    files += [("key file", key_file)] if key_file else []
    for name, file in files:
        if file.is_file() and file.stat().st_mode & OTHERS:
            said = "others than its owner may read the keys in it"
            why = "whoever has the keys can open every page and every card"
            yield problem(name, said, why, f"chmod 600 {file.name}, then new keys")
        elif name == "key file" and not file.is_file():
            why = "no build and no deploy will start"
            yield problem(name, "SITEGEN_KEY_FILE names a file that is not there", why, "name the file, or unset it")
    if dev:
        why = "they are fine for looking; `sitegen deploy` refuses them, and cards printed with them open nothing"
        todo = "before you publish: `sitegen keys new` makes the shop's own; then set SITEGEN_KEY_FILE"
        yield warning("keys", "development keys are in use", why, todo)
    else:
        yield fine("keys", "the shop's own are held")


def git_checks(root: Path, shop: Shop) -> Iterator[Check]:
    """What git would carry away."""
    if _git(root, "rev-parse", "--is-inside-work-tree") != 0:
        return
    tracked = [name for name in (PRIVATE, *OUTPUTS) if _tracks(root, name)]
    for name in tracked:
        todo = f"git rm -r --cached {name}; what was pushed is known, so make new keys or tell whom it concerns"
        yield problem("git", f"{name}/ is in the repository", "it goes wherever the repository goes", todo)
    ignored = {name: _is_ignored(root, name) for name in (PRIVATE, *OUTPUTS)}
    for name in (name for name, is_ignored in ignored.items() if not is_ignored and name not in tracked):
        why = "the next commit may take it along, and it holds what nobody else may see"
        yield problem("git", f"{name}/ is not ignored", why, f"add /{name}/ to .gitignore")
    if isinstance(shop.source, FolderSource):
        yield from _customers(root, shop.source.folder.strip("/"))
    if not tracked and all(ignored.values()):
        yield fine("git", "keys, mails, cards and work lists stay out of the repository")


def _customers(root: Path, folder: str) -> Iterator[Check]:
    why = "the customers go wherever the repository goes, and stay in its history"
    if _tracks(root, folder):
        todo = f"unless they are made up: git rm -r --cached {folder}, and add /{folder}/ to .gitignore"
        yield warning("git", f"{folder}/ is in the repository", why, todo)
    elif not _is_ignored(root, folder):
        yield warning("git", f"{folder}/ is not ignored", why, f"add /{folder}/ to .gitignore, unless they are made up")


def theme_checks(root: Path, theme: str) -> Iterator[Check]:
    """For which sitegen the theme is made, and what it asks of other hosts: the policy forbids that all."""
    folder = theme_folder(root, theme)
    if folder is None:
        why = "nothing can be built without one"
        yield problem("theme", f"there is no theme '{theme}'", why, "is the name in content/site.yaml right?")
        return
    mistakes: list[Problem] = []
    try:
        folders = theme_folders(folder, root, mistakes)
    except Mistakes as unread:
        mistakes, folders = list(unread.problems), ()
    for one in mistakes:
        yield problem("theme", one.message, "pages, letters and cards are made with it", one.hint or "mend theme.yaml")
    for one in warnings(folders, root):
        yield warning("theme", one.message, "a later sitegen may break it without a word", one.hint)
    if not folders:
        return
    laid = lay(folders, root)
    found = tuple(place for one in laid.folders for place in _strangers(one.folder))
    for place in found:
        why = "readers' browsers will not load it, and nobody else may see who reads"
        todo = "keep a copy in the theme's static/ folder; scripts of others never belong on a members' page"
        yield problem("theme", f"themes/{place} asks another host", why, todo)
    if not found and not mistakes:
        yield fine("theme", f"'{theme}' asks no other host for anything")
    if not laid.below("fonts/print/"):
        todo = "put the cards' fonts into its fonts/print/"
        yield warning("fonts", f"'{theme}' brings no fonts for paper", "cards print with their own fonts alone", todo)


def room_checks(root: Path) -> Iterator[Check]:
    """Whether there is room for a build, and whether one is running."""
    free = shutil.disk_usage(root).free
    said, why = f"{free // MEGABYTE:,} MB are free", "a build stands beside the old one until it is whole"
    if free < LITTLE:
        level = problem if free < TOO_LITTLE else warning
        yield level("disk", said, why, "make room: old print files in output/cards/ are the largest")
    else:
        yield fine("disk", said)
    if _is_held(root / PRIVATE / "build.lock"):
        why = "only one may write at a time, so that no half of two stands in output/"
        todo = f"wait until it has ended; `fuser {PRIVATE}/build.lock` names its process if it hangs"
        yield warning("lock", "a build of this shop is running", why, todo)


def _is_held(lock: Path) -> bool:
    """Whether a process holds the lock; one that has ended, however, holds nothing."""
    if not lock.is_file():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


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


def _tracks(root: Path, name: str) -> bool:
    return _git(root, "ls-files", "--error-unmatch", name) == 0


def _git(root: Path, *arguments: str) -> int:
    try:
        done = subprocess.run(("git", *arguments), cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - a list; the git that the user has
    except FileNotFoundError:
        return 127
    return done.returncode
