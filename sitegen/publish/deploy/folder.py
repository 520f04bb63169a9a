"""Deploy to a folder of this machine: written beside it and swapped in whole, or step by step where that can't be."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.protect.names import SITE_PATH
from sitegen.publish.atomic import exchange_at_once
from sitegen.publish.deploy.place import Empty, Foreign, Standing, State, Tick, Wanted, host_keeps
from sitegen.publish.deploy.steps import Changes, Put, steps

BESIDE = ".{}.sitegen-next"
NEW = ".sitegen-new"


class FolderPlace:
    """A folder, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def state(self) -> State:
        """What stands there now."""
        with _working(self.path):
            if self.path.exists() and not self.path.is_dir():
                return Foreign(self.path.name)
            names = sorted(entry.name for entry in self.path.iterdir()) if self.path.exists() else []
            others = [name for name in names if not host_keeps(f"{name}/")]
            if not others:
                return Empty()
            if "sg" not in others:
                return Foreign(others[0])
            manifest = self.path / SITE_PATH
            return Standing(manifest.read_bytes() if manifest.is_file() else b"")

    def compare(self, wanted: Wanted) -> Changes:
        """What it would take; a link in a file's place counts as another file."""
        with _working(self.path):
            there = set(files_of(self.path))
            both = there & wanted.digests.keys()
            same = {path for path in both if digest_of(self.path / path) == wanted.digests[path]}
        return Changes(
            tuple(sorted(wanted.digests.keys() - there)),
            tuple(sorted(both - same)),
            tuple(sorted(path for path in there - both if not host_keeps(path))),
        )

    def apply(self, wanted: Wanted, changes: Changes, tick: Tick) -> None:
        """Swap the whole folder where this user and this file system can, else go step by step."""
        with _working(self.path):
            if not self._swap(wanted, tick):
                self._step_by_step(wanted, changes, tick)

    def _swap(self, wanted: Wanted, tick: Tick) -> bool:
        beside = self.path.with_name(BESIDE.format(self.path.name))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir()
        except PermissionError:
            return False
        try:
            if not _takes_its_place(beside, self.path):
                return False
            for path in wanted.digests:
                _copy(wanted.site / path, beside / path)
                tick()
            for path in filter(host_keeps, files_of(self.path)):
                if path not in wanted.digests:
                    _copy(self.path / path, beside / path)
            if self.path.exists():
                return exchange_at_once(beside, self.path)
            beside.rename(self.path)
            return True
        finally:
            # The old site, where all went well.
            shutil.rmtree(beside, ignore_errors=True)

    def _step_by_step(self, wanted: Wanted, changes: Changes, tick: Tick) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        for step in steps(changes):
            for path in step.paths:
                if isinstance(step, Put):
                    self._replace(wanted.site / path, path)
                else:
                    self._remove(path)
                tick()
        for path in wanted.digests.keys() - {*changes.added, *changes.changed}:
            # Else the time of each file would say when it last changed.
            _stamp(wanted.site / path, self.path / path)
        self._sweep(changes.removed)

    def _replace(self, source: Path, path: str) -> None:
        target = self.path / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for above in reversed(Path(path).parents[:-1]):
            folder = self.path / above
            if folder.is_symlink() or folder.is_file():
                folder.unlink()
        temporary = target.with_name(target.name + NEW)
        _copy(source, temporary)
        temporary.replace(target)

    def _remove(self, path: str) -> None:
        target = self.path / path
        # A folder may have taken its place by now, or a file that of the folder above it.
        if os.path.lexists(target) and (target.is_symlink() or not target.is_dir()):
            target.unlink()

    def _sweep(self, removed: tuple[str, ...]) -> None:
        emptied = {above for path in removed for above in Path(path).parents[:-1]}
        for folder in sorted(emptied, key=lambda folder: -len(folder.parts)):
            # One that still holds something stays.
            with suppress(OSError):
                (self.path / folder).rmdir()


def files_of(folder: Path) -> Iterator[str]:
    """The path of everything below a folder that is no folder, links to folders too. Nothing where it is not there."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; "" for a link and for what is no file."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _takes_its_place(beside: Path, path: Path) -> bool:
    """Give the new folder the rights of the old one; False where only the old folder itself can keep them."""
    if not path.exists():
        beside.chmod(0o755)
        return True
    shutil.copymode(path, beside)
    old, new = path.stat(), beside.stat()
    # A folder that something is mounted on can't be renamed.
    return (old.st_uid, old.st_gid) == (new.st_uid, new.st_gid) and not os.path.ismount(path)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)
    _stamp(source, target)


def _stamp(source: Path, target: Path) -> None:
    at = source.stat().st_mtime_ns
    os.utime(target, ns=(at, at))


@contextmanager
def _working(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{error.strerror or error} ({Path(error.filename or path).name})"
        raise Unusable(f"'{path}' can't be used: {what}\nhint: free space, or change the folder's rights") from error
