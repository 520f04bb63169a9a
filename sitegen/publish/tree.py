"""The output tree: everything is written aside, and takes its place in one step when all of it stands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from sitegen.errors import Exit, SitegenError, Unusable
from sitegen.model.artifact import Artifact, OpenArtifact, PrivateArtifact, SealedArtifact
from sitegen.publish.atomic import ASIDE, exchange, write_file

NEXT = ".next"
SITE = "site"


class BadPath(SitegenError):
    """An artifact whose path would lead out of its folder, or stands twice: a bug in a renderer."""

    exit_code = Exit.BUG


@dataclass(slots=True)
class Staging:
    """A new output tree beside the old one. `folders` are the top folders that this build makes anew."""

    output: Path
    instant: int
    folders: tuple[str, ...]
    folders_made: set[str] = field(default_factory=set)

    @property
    def next(self) -> Path:
        """Where the new tree grows."""
        return self.output / NEXT

    def write(self, artifact: Artifact) -> None:
        """Put one artifact into the new tree."""
        match artifact:
            case OpenArtifact() | SealedArtifact():
                path, mode = f"{SITE}/{artifact.path}", 0o644
            case PrivateArtifact():
                path, mode = artifact.path, 0o600
            case _:
                assert_never(artifact)
        self._check(path, private=isinstance(artifact, PrivateArtifact))
        with _writing():
            self._fill(f"{self.next}/{path}", artifact.content, mode)

    def _fill(self, target: str, content: bytes, mode: int) -> None:
        folder = target.rpartition("/")[0]
        if folder not in self.folders_made:
            # Asking for the same folder a hundred thousand times takes as long as writing its files.
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.folders_made.add(folder)
        if os.path.lexists(target):
            raise BadPath(f"two artifacts have the path '{target.removeprefix(f'{self.next}/')}'")
        with Path(target).open("xb") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.utime(file.fileno(), (self.instant, self.instant))

    def made(self) -> frozenset[str]:
        """The folders into which this build has written, relative to the output."""
        return frozenset(folder.removeprefix(f"{self.next}/") for folder in self.folders_made)

    def keep(self, path: str) -> None:
        """Take a file that stands in the output already over into the new tree, unless this build wrote it."""
        target = self.next / path
        if not target.exists():
            with _writing():
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(self.output / path, target)

    def _check(self, path: str, private: bool) -> None:
        parts = path.split("/")
        strange = any(part in {"", ".", ".."} for part in parts) or "\\" in path or "\0" in path
        if strange or parts[0] not in self.folders or len(parts) == 1 or (private and parts[0] == SITE):
            raise BadPath(f"an artifact may not be written to '{path}'")

    def _stamp(self, target: Path) -> None:
        # A constant time: when a file last changed would say when its members' data did.
        os.utime(target, (self.instant, self.instant))

    def commit(self, record: bytes) -> None:
        """Let the new folders take the places of the old ones, and write build.json last.

        Where one of them can't, those that did already go back.
        """
        with _writing(), ExitStack() as back:
            for folder in self.folders:
                made, place = self.next / folder, self.output / folder
                self._finish(made, 0o755 if folder == SITE else 0o700)
                if place.exists():
                    exchange(made, place)
                    back.callback(exchange, made, place)
                else:
                    made.rename(place)
                    back.callback(place.rename, made)
            write_file(self.output / "build.json", record)
            back.pop_all()

    def _finish(self, made: Path, mode: int) -> None:
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(mode)
        for below in (made, *(path for path in made.rglob("*") if path.is_dir())):
            self._stamp(below)


@contextmanager
def staging(output: Path, instant: int, folders: tuple[str, ...]) -> Iterator[Staging]:
    """A new tree that vanishes without trace unless it is committed; what a killed build left is removed first.

    Raises Unusable where output/ can't be written.
    """
    tree = Staging(output, instant, folders)
    with _writing():
        output.mkdir(parents=True, exist_ok=True)
        _bring_back(tree)
        shutil.rmtree(tree.next, ignore_errors=True)
        # Private files grow in it, before their own folder is closed.
        tree.next.mkdir(mode=0o700)
    try:
        yield tree
    finally:
        shutil.rmtree(tree.next, ignore_errors=True)


def _bring_back(tree: Staging) -> None:
    """Put the folders back that a build was just exchanging when it was killed."""
    for aside in tree.next.glob(f"*{ASIDE}"):
        place = tree.output / aside.name.removesuffix(ASIDE)
        if not place.exists():
            aside.rename(place)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{error.strerror or error} ({Path(error.filename or '').name})"
        raise Unusable(f"output/ can't be written: {what}\nhint: free space, or change the folder's rights") from error
