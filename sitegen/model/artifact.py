"""What may be written below output/: bytes with a name, of a kind that says who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class OpenArtifact:
    """A file of the site that anybody may read, on purpose. `path` is relative to output/site/."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SealedArtifact:
    """A file of the site that only key holders can read: an object, a pack, a shell. `path` as above."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PrivateArtifact:
    """A file that is never deployed: a mail, a print file. `path` is relative to output/ (`mail/...`)."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StandingArtifact:
    """A file of the site that stands at its place already, open or sealed, as the last build wrote it."""

    path: str


Artifact: TypeAlias = OpenArtifact | SealedArtifact | PrivateArtifact | StandingArtifact
"""The only thing that the writer accepts."""
