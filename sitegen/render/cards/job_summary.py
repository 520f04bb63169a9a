"""Sum a campaign's print job up for people and programs: what was made of what, and what was not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Job:
    """What all files of a job have in common. `versions` are those of the libraries that its bytes depend on.

    `instant` (UTC) is the one printed in the files; `picture` is the contact sheet's file name, "" without one;
    `proofs` holds for each design the SHA-256 of its proof's inputs and files.
    """

    campaign: str
    title: str
    print_house: str
    instant: datetime
    versions: Mapping[str, str]
    picture: str = ""
    proofs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobFile:
    """One print file: its records from `first` to `last`, how many of each language, SHA-256 of inputs and bytes."""

    name: str
    design: str
    first: int
    last: int
    languages: Mapping[str, int]
    inputs: str
    content: str

    @property
    def records(self) -> int:
        """The cards in the file; refused ones leave gaps between first and last."""
        return sum(self.languages.values())


def job_summary(job: Job, files: Iterable[JobFile], refused: int, skipped: int) -> bytes:
    """job.json (UTF-8, a key order that never changes): totals, print files, designs, languages, versions.

    `refused` cards may not be printed, `skipped` ones were left out for another reason (outside of --from and --to).
    It names no customer. `planned` in the totals is the sum of all others.
    """
    files = tuple(files)
    made = sum(file.records for file in files)
    value = {
        "campaign": job.campaign,
        "title": job.title,
        "print_house": job.print_house,
        "instant": job.instant.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "totals": {"planned": made + refused + skipped, "made": made, "refused": refused, "skipped": skipped},
        "designs": _sums((file.design, file.records) for file in files),
        "languages": _sums(pair for file in files for pair in file.languages.items()),
        "picture": job.picture,
        "proofs": dict(sorted(job.proofs.items())),
        "files": {file.name: _described(file) for file in files},
        "versions": dict(sorted(job.versions.items())),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _described(file: JobFile) -> dict[str, object]:
    told = asdict(file)
    del told["name"], told["languages"]
    return {"records": file.records, "pages": 2 * file.records, **told}


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, number in pairs:
        sums[name] = sums.get(name, 0) + number
    return dict(sorted(sums.items()))
