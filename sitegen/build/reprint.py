"""Take over print files of the former build whose inputs are all as they were: printing is the slowest step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sitegen.build.order import GENERATOR
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.card import Card, CardDesign

JOB_FILE = "job.json"
LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "zxing-cpp", "fonttools")


@dataclass(frozen=True, slots=True)
class Job:
    """One print file to be made: all that its bytes depend on, beside the libraries."""

    campaign: str
    file: str
    title: str
    design: CardDesign
    cards: tuple[Card, ...]
    instant: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What job.json says of one print file: SHA-256 of its inputs and of its bytes."""

    inputs: str
    content: str


def fingerprint(job: Job) -> str:
    """SHA-256 of everything that the print file's bytes depend on."""
    digest = hashlib.sha256()
    for part in (GENERATOR, *(f"{name} {version(name)}" for name in LIBRARIES), job.title, job.instant.isoformat()):
        digest.update(part.encode() + b"\0")
    design = job.design
    for name, content in sorted(design.files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    measures = (
        design.width,
        design.height,
        design.bleed,
        design.safe,
        design.slots,
        sorted(design.art.items()),
        design.qr,
        design.fold,
    )
    digest.update(repr((design.name, design.template, design.style, measures)).encode())
    digest.update(repr(job.cards).encode())
    return digest.hexdigest()


def former_file(output: Path, job: Job, inputs: str) -> bytes | None:
    """The former build's print file where its inputs were the same and its bytes are whole, else None."""
    folder = output / "cards" / job.campaign
    try:
        kept = json.loads((folder / JOB_FILE).read_text(encoding="utf-8"))["files"][job.file]
        content = (folder / job.file).read_bytes()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = kept == asdict(Record(inputs, hashlib.sha256(content).hexdigest()))
    return content if whole else None


def job_files(records: Mapping[str, Mapping[str, Record]]) -> Iterator[PrivateArtifact]:
    """job.json of each campaign, from its records by file name."""
    for campaign, files in records.items():
        value = {"files": {name: asdict(record) for name, record in files.items()}}
        yield PrivateArtifact(f"cards/{campaign}/{JOB_FILE}", (json.dumps(value, indent=1) + "\n").encode())
