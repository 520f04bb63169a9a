"""What a build counts, keeps and writes into build.json."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.build.halves import keyrings_fit
from sitegen.build.order import GENERATOR, SITE_PARTS, Order, Part, Summary
from sitegen.model.artifact import Artifact, OpenArtifact, SealedArtifact
from sitegen.model.plan import Count
from sitegen.protect.objects import ContentRing
from sitegen.publish.tree import SITE, Staging

KEYRING_FILE = re.compile(r"^sg/(\d+/k/.+|site\.json)$")
RECORD = "build.json"


@dataclass(slots=True)
class Tally:
    """Counts by name in the order in which they were first met, and digest and length of each file of the site.

    `rendered` and `unchanged` count the pages that were made and those that were taken over.
    """

    counts: dict[str, int] = field(default_factory=dict)
    excluded: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    rendered: int = 0
    unchanged: int = 0

    def count(self, name: str, number: int = 1) -> None:
        """Add to a count."""
        self.counts[name] = self.counts.get(name, 0) + number

    def note(self, artifact: Artifact) -> None:
        """Remember the digest of a file of the site; private files are nobody's business, not even by their hash."""
        if isinstance(artifact, OpenArtifact | SealedArtifact):
            self.digests[artifact.path] = hashlib.sha256(artifact.content).hexdigest()
            self.lengths[artifact.path] = len(artifact.content)

    def note_standing(self, path: str, length: int, digest: str) -> None:
        """Remember a file of the site that stands as it was written before."""
        self.digests[path], self.lengths[path] = digest, length

    def summary(self) -> Summary:
        """The counts as values."""
        return Summary(
            tuple(Count(name, number) for name, number in self.counts.items()),
            tuple(Count(name, number) for name, number in self.excluded.items()),
            tuple(self.notices),
            self.rendered,
            self.unchanged,
        )

    def record(self, output: Path, order: Order, summary: Summary, kept: Iterable[str]) -> bytes:
        """build.json: what was built when from what days, and the SHA-256 of each file of the site.

        `kept` are the files of the site that were taken over as they stood.
        """
        files = _former(output)
        if order.parts & SITE_PARTS:
            files = {path: files.get(path) or _digest(output / SITE / path) for path in kept} | self.digests
        value = {
            "generator": GENERATOR,
            "built": datetime.fromtimestamp(order.instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "days": [order.first.isoformat(), order.last.isoformat()],
            "parts": sorted(order.parts),
            "dev": order.dev,
            **({"drafts": True} if order.drafts else {}),
            "made": {count.name: count.number for count in summary.made},
            "excluded": {count.name: count.number for count in summary.excluded},
            "site": dict(sorted(files.items())),
        }
        return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def keep_the_rest(tree: Staging, order: Order, ring: ContentRing) -> tuple[str, ...]:
    """Where only pages or only keyrings are built, take the other half of the site over as it is; the files' paths.

    Keyrings that would not open the new pages, which `ring` locks, are left out.
    """
    if SITE not in tree.folders or order.parts >= SITE_PARTS:
        return ()
    site = tree.output / SITE
    if Part.PAGES in order.parts and not keyrings_fit(site, ring, order.dev):
        return ()
    files = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    kept = tuple(name for name in files if bool(KEYRING_FILE.match(name)) == (Part.PAGES in order.parts))
    for name in kept:
        tree.keep(f"{SITE}/{name}")
    return kept


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _former(output: Path) -> dict[str, Any]:
    try:
        found = json.loads((output / RECORD).read_text(encoding="utf-8"))["site"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(found) if isinstance(found, dict) else {}
