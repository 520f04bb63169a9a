"""The output tree: everything is written aside, and takes its place in one step when all of it stands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from sitegen.errors import Exit, SitegenError, Unusable
from sitegen.model.artifact import Artifact, OpenArtifact, PrivateArtifact, SealedArtifact, StandingArtifact
from sitegen.publish.atomic import ASIDE, exchange, write_file
from sitegen.publish.twin import follow, lay_aside, link_all, make_room, remove, site_print, take

NEXT = ".next"
SITE = "site"


class BadPath(SitegenError):
    """An artifact whose path would lead out of its folder, or stands twice: a bug in a renderer."""

    exit_code = Exit.BUG


@dataclass(frozen=True, slots=True)
class Former:
    """The site that the last build left: its files by path, when it was made (Unix seconds), its record's print.

    `twin` is the folder in which a second, hard-linked tree of it may wait.
    """

    files: frozenset[str]
    instant: int
    record: str
    twin: Path


@dataclass(slots=True)
class Staging:
    """A new output tree beside the old one. `folders` are the top folders that this build makes anew.

    `renews`: the tree of the site began as a copy of the former one, so that what is equal need not be written.
    """

    output: Path
    instant: int
    folders: tuple[str, ...]
    former: Former | None = None
    renews: bool = False
    folders_made: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    @property
    def next(self) -> Path:
        """Where the new tree grows."""
        return self.output / NEXT

    def write(self, artifact: Artifact) -> None:
        """Put one artifact into the new tree."""
        match artifact:
            case OpenArtifact() | SealedArtifact():
                self._check(f"{SITE}/{artifact.path}", private=False)
                with _writing():
                    self._write_site(artifact.path, artifact.content)
            case StandingArtifact():
                self._note(artifact.path)
                self.keep(f"{SITE}/{artifact.path}")
            case PrivateArtifact():
                self._check(artifact.path, private=True)
                with _writing():
                    self._fill(f"{self.next}/{artifact.path}", artifact.content, 0o600)
            case _:
                assert_never(artifact)

    def _write_site(self, path: str, content: bytes) -> None:
        target = f"{self.next}/{SITE}/{path}"
        if path in self.seen:
            self._note(path)
        if not (self.renews and self.former and path in self.former.files and _is(target, content)):
            if self.renews:
                make_room(self.next / SITE, path)
            self._fill(target, content, 0o644)
            self.changed.add(path)
        self._note(path)

    def _note(self, path: str) -> None:
        if path in self.seen:
            raise BadPath(f"two artifacts have the path '{SITE}/{path}'")
        self.seen.add(path)

    def _fill(self, target: str, content: bytes, mode: int) -> None:
        folder = target.rpartition("/")[0]
        if folder not in self.folders_made:
            # Asking for the same folder a hundred thousand times takes as long as writing its files.
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.folders_made.add(folder)
        try:
            with Path(target).open("xb") as file:
                file.write(content)
                os.fchmod(file.fileno(), mode)
                file.flush()
                os.utime(file.fileno(), (self.instant, self.instant))
        except FileExistsError:
            raise BadPath(f"two artifacts have the path '{target.removeprefix(f'{self.next}/')}'") from None

    def made(self) -> frozenset[str]:
        """The folders into which this build has written, relative to the output."""
        return frozenset(folder.removeprefix(f"{self.next}/") for folder in self.folders_made)

    def written(self) -> frozenset[str]:
        """The paths of the site that this process wrote anew since it was last asked."""
        made = frozenset(self.changed)
        self.seen.clear()
        self.changed.clear()
        return made

    def take_in(self, written: frozenset[str]) -> None:
        """Note what another process wrote; as artifacts that stand, these files still become known one by one."""
        self.changed |= written

    def stands(self, path: str, length: int) -> bool:
        """Whether a file of the former site stands as it was written: of that length, at that time."""
        if self.former is None or path not in self.former.files:
            return False
        tree = self.next / SITE if self.renews else self.output / SITE
        try:
            found = os.stat(f"{tree}/{path}")  # noqa: PTH116 - asked for ten thousand files, where a Path costs more
        except OSError:
            return False
        return found.st_size == length and found.st_mtime_ns == self.former.instant * 1_000_000_000

    def keep(self, path: str) -> None:
        """Take a file that stands in the output already over into the new tree, unless this build wrote it."""
        top, _, rest = path.partition("/")
        if top == SITE:
            self.seen.add(rest)
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

    def prune(self) -> None:
        """Remove what the former site had and this one has not; the site's new tree is whole then."""
        if self.renews and self.former:
            with _writing():
                remove(self.next / SITE, self.former.files - self.seen)

    def commit(self, record: bytes) -> None:
        """Let the new folders take the places of the old ones, and write build.json last.

        Where one of them can't, those that did already go back.
        """
        self.prune()
        follows = self.renews and self._untouched()
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
                # What was taken over is the same file in both trees, so that its time may change only now.
                for path in self.seen - self.changed if folder == SITE else ():
                    os.utime(f"{place}/{path}", (self.instant, self.instant))
            write_file(self.output / "build.json", record)
            back.pop_all()
        if SITE in self.folders and self.former:
            self._lay_aside(self.former, site_print(record), follows)

    def _untouched(self) -> bool:
        """Whether nobody has put anything into the folders of the former site, or taken it out."""
        former, time = self.former, (self.former.instant if self.former else 0) * 1_000_000_000
        folders = _folders(former.files) if former else ()
        try:
            # Asked for ten thousand folders, where a Path costs more.
            return all(os.stat(f"{self.output}/{SITE}/{path}").st_mtime_ns == time for path in folders)  # noqa: PTH116
        except OSError:
            return False

    def _lay_aside(self, former: Former, record: str, follows: bool) -> None:
        """Keep a second tree of the new site for the next build; the old one `follows` where it is as it was built."""
        site, tree = self.output / SITE, self.next / SITE
        if follows:
            fits = follow(site, tree, self.changed, former.files - self.seen)
        else:
            shutil.rmtree(tree, ignore_errors=True)
            fits = link_all(site, tree, sorted(self.seen))
        if fits:
            self._finish(tree, 0o755)
            lay_aside(tree, former.twin, record)

    def _finish(self, made: Path, mode: int) -> None:
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(mode)
        # A constant time: when a file last changed would say when its members' data did.
        stamp = (self.instant, self.instant)
        if made.name == SITE:
            for path in _folders(self.seen):
                os.utime(f"{made}/{path}", stamp)
        else:
            for below in (path for path in made.rglob("*") if path.is_dir()):
                os.utime(below, stamp)
        os.utime(made, stamp)


def _folders(files: Iterable[str]) -> set[str]:
    """All folders that lie above these files, and "" for the top."""
    folders = {path.rpartition("/")[0] for path in files}
    return folders | {above for folder in folders for above in _above(folder)} | {""}


def _above(folder: str) -> Iterator[str]:
    while folder:
        folder = folder.rpartition("/")[0]
        if folder:
            yield folder


def _is(target: str, content: bytes) -> bool:
    """Whether a file holds these bytes."""
    try:
        with Path(target).open("rb") as file:
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False


@contextmanager
def staging(
    output: Path, instant: int, folders: tuple[str, ...], former: Former | None = None, renew: bool = True
) -> Iterator[Staging]:
    """A new tree that vanishes without trace unless it is committed; what a killed build left is removed first.

    It begins as the twin of the `former` site where there is one and `renew` allows it. Raises Unusable where output/
    can't be written.
    """
    tree = Staging(output, instant, folders, former)
    with _writing():
        output.mkdir(parents=True, exist_ok=True)
        _bring_back(tree)
        shutil.rmtree(tree.next, ignore_errors=True)
        # Private files grow in it, before their own folder is closed.
        tree.next.mkdir(mode=0o700)
        if former and SITE in folders and renew:
            tree.renews = take(former.twin, tree.next / SITE, former.record)
    try:
        yield tree
    finally:
        if tree.renews and former and not tree.changed and (tree.next / SITE).is_dir():
            # Nothing was written, so that the next build can begin where this one did.
            lay_aside(tree.next / SITE, former.twin, former.record)
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
