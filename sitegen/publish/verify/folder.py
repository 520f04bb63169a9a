"""Compare a folder with what was built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.publish.deploy.folder import FolderPlace
from sitegen.publish.deploy.place import Wanted
from sitegen.publish.deploy.steps import Changes
from sitegen.publish.verify.findings import Finding, Kind, Report


def verify_folder(folder: Path, digests: Mapping[str, str]) -> Report:
    """Every file by its SHA-256, and every file that must not be there. Raises Unusable where it can't be read."""
    changes = FolderPlace(folder).compare(Wanted(folder, digests))
    return Report(str(folder), len(digests), findings_of(changes))


def findings_of(changes: Changes) -> tuple[Finding, ...]:
    """What it would take to mend a place, as findings about it."""
    told = (
        *(Finding(path, Kind.MISSING, "is not there") for path in changes.added),
        *(Finding(path, Kind.CHANGED, "has other bytes than those that were built") for path in changes.changed),
        *(Finding(path, Kind.EXTRA, "is there, but was never built") for path in changes.removed),
    )
    return tuple(sorted(told))
