"""Bring a finished build to the place where it is read, and read it back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from sitegen.build.order import Progress
from sitegen.errors import Unusable
from sitegen.publish.atomic import write_file
from sitegen.publish.deploy.built import Built, read_built, refuse_backward, refuse_unfit
from sitegen.publish.deploy.folder import FolderPlace
from sitegen.publish.deploy.place import Place
from sitegen.publish.deploy.ssh import Ran, SshPlace
from sitegen.publish.deploy.steps import Changes
from sitegen.publish.deploy.target import BadTarget, FolderTarget, SshTarget, Target
from sitegen.publish.key_file import private_folder
from sitegen.publish.verify.findings import Report
from sitegen.publish.verify.folder import findings_of

FORMER = ".sitegen/former-paths.json"
MOST_FORMER = 5000
"""Paths of former builds that are kept in mind; `verify URL` asks for the latest of them."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A build on its way: what the place lacks, has otherwise, and has too much."""

    root: Path
    built: Built
    target: Target
    place: Place
    changes: Changes


def prepare(root: Path, target: Target, shell: str) -> Delivery:
    """Look at the build and at the place, and change nothing. `shell` is what rsync reaches hosts with.

    Raises Unusable or Mistakes where the build must not go there.
    """
    built = read_built(root / "output")
    refuse_unfit(built)
    place = _place(root, target, shell)
    refuse_backward(built, place.state(), str(target))
    return Delivery(root, built, target, place, place.compare(built.wanted))


def carry_out(delivery: Delivery, progress: Progress) -> Report:
    """Deploy, and compare every file that stands there now with what was built."""
    wanted = delivery.built.wanted
    with progress.step("deploying", None) as done:
        delivery.place.apply(wanted, delivery.changes, done)
    _remember(delivery.root, delivery.changes.removed, wanted.digests)
    with progress.step("reading it back"):
        left = delivery.place.compare(wanted)
    return Report(str(delivery.target), len(wanted.digests), findings_of(left))


def former_paths(root: Path) -> tuple[str, ...]:
    """Paths of files that former builds had, the latest first; none where nothing was ever deployed from here."""
    with suppress(OSError, ValueError):
        found = json.loads((root / FORMER).read_text(encoding="utf-8"))
        return tuple(path for path in found if isinstance(path, str)) if isinstance(found, list) else ()
    return ()


def _remember(root: Path, removed: Iterable[str], kept: Iterable[str]) -> None:
    here = set(kept)
    former = [path for path in dict.fromkeys((*removed, *former_paths(root))) if path not in here]
    private_folder(root / ".sitegen")
    write_file(root / FORMER, (json.dumps(former[:MOST_FORMER], indent=0) + "\n").encode(), 0o600)


def _place(root: Path, target: Target, shell: str) -> Place:
    match target:
        case FolderTarget(path):
            _refuse_own_folders(root.resolve(), path)
            return FolderPlace(path)
        case SshTarget():
            return SshPlace(target, _run, shell)
        case _:
            assert_never(target)


def _refuse_own_folders(root: Path, path: Path) -> None:
    """The shop's own folders, and whatever holds them, must not become a site."""
    own = [root / name for name in ("content", "themes", "output", ".sitegen", ".git")]
    if root.is_relative_to(path) or any(path.is_relative_to(folder) for folder in own):
        raise BadTarget(f"'{path}' holds the shop itself\nhint: name a folder that is the site's own")


def _run(command: tuple[str, ...], given: bytes) -> Ran:
    ended = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - a list, no shell
    texts = (text.decode("utf-8", errors="replace") for text in (ended.stdout, ended.stderr))
    return Ran(ended.returncode, *texts)


def refuse_another_site(site_id: str, built: Built) -> None:
    """Raise where the build is not of the site that sitegen.lock names."""
    if built.manifest.site_id.hex() != site_id:
        raise Unusable("the build in output/ is of another site than sitegen.lock names\nhint: build again")
