"""What every kind of place can do for a deploy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from sitegen.publish.deploy.steps import Changes

HOSTS_OWN = ".well-known/"
"""Below this the host keeps its own files (certificates), unless the site has one of the same name."""

Tick: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The site as it shall stand: its folder, and the SHA-256 of each file by its path."""

    site: Path
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing stands there."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something else than a site of ours stands there; `example` is one of its names."""

    example: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A site stands there. `manifest` is its site.json, b"" where the first deploy never came to its end."""

    manifest: bytes


State: TypeAlias = Empty | Foreign | Standing


class Place(Protocol):
    """A place for a site. All of it raises Unusable where the place can't be reached, read or written."""

    def state(self) -> State:
        """What stands there now."""
        ...

    def compare(self, wanted: Wanted) -> Changes:
        """What it would take to make it the site that is wanted; every byte is compared."""
        ...

    def apply(self, wanted: Wanted, changes: Changes, tick: Tick) -> None:
        """Make it so, safely; `tick` is called for each file or step that is done."""
        ...


def host_keeps(path: str) -> bool:
    """Whether a file that we did not make may stay."""
    return path.startswith(HOSTS_OWN)
