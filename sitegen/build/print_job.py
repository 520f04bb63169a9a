"""Print files to be made: what they are made of, by which they are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sitegen.build.order import GENERATOR, PrintOrder
from sitegen.model.card import Card, CardDesign
from sitegen.model.print_house import PrintHouse, Sheet
from sitegen.render.cards.proof_picks import Pick

JOB_FILE = "job.json"
PROOF_FILES = (("proof", ".pdf"), ("contact-sheet", ".png"), ("share-wide", ".png"), ("share-square", ".png"))
"""Names and endings of a proof's files."""
LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "zxing-cpp", "fonttools")


@dataclass(frozen=True, slots=True)
class Job:
    """One print file to be made: the cards of one design, with what is wrong with their addresses.

    `design` is its name. For each card in order, `lacking` holds what its postal address lacks, in words, `bundles`
    the bundle of the post, `days` the planned day.
    """

    campaign: str
    file: str
    title: str
    design: str
    cards: tuple[Card, ...]
    lacking: tuple[tuple[str, ...], ...]
    bundles: tuple[str, ...]
    days: tuple[date, ...]
    instant: datetime


@dataclass(frozen=True, slots=True)
class ProofJob:
    """A proof to be made: the cards of one campaign and design that somebody should look at.

    `mark` stands in the names of its files where a campaign has several designs.
    """

    campaign: str
    mark: str
    title: str
    shop: str
    design: str
    picks: tuple[Pick, ...]
    instant: datetime


@dataclass(frozen=True, slots=True)
class Stock:
    """What all print files of a build are printed with: `digests` of the designs by name, the house, the sheets.

    `whole_pages`: by the reference engine, whatever the design; `skip_refused`: leave out what may not be printed.
    """

    designs: Mapping[str, CardDesign]
    digests: Mapping[str, str]
    house: PrintHouse
    sheet: Sheet | None
    whole_pages: bool
    skip_refused: bool


def stock(designs: Iterable[CardDesign], house: PrintHouse, printing: PrintOrder) -> Stock:
    """What an order prints with."""
    by_name = {design.name: design for design in designs}
    digests = {name: _digest_of(design) for name, design in by_name.items()}
    sheet = printing.sheet or house.sheet
    return Stock(by_name, digests, house, sheet, printing.whole_pages, printing.skip_refused)


def libraries() -> Mapping[str, str]:
    """The versions of everything that a print file's bytes depend on."""
    return {"sitegen": GENERATOR.partition(" ")[2], **{name: version(name) for name in LIBRARIES}}


def fingerprint(job: Job | ProofJob, made_with: Stock) -> str:
    """SHA-256 (hexadecimal) of everything that the bytes of a job's files depend on."""
    sheets = made_with.sheet if isinstance(job, Job) else None
    parts = (repr(job), made_with.digests[job.design], repr((made_with.house, sheets, made_with.whole_pages)))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _digest_of(design: CardDesign) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(design.files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    measures = (design.width, design.height, design.bleed, design.safe, design.slots, sorted(design.art.items()))
    digest.update(repr((design.name, design.template, design.style, measures, design.qr, design.fold)).encode())
    digest.update(repr(sorted(libraries().items())).encode())
    return digest.hexdigest()


def former_file(output: Path, job: Job, inputs: str) -> bytes | None:
    """The former build's print file where its inputs were the same and its bytes are whole, else None."""
    kept = _former(output, job.campaign, "files").get(job.file)
    try:
        content = (output / "cards" / job.campaign / job.file).read_bytes()
    except OSError:
        return None
    whole = kept and (kept["inputs"], kept["content"]) == (inputs, hashlib.sha256(content).hexdigest())
    return content if whole else None


def former_proof(output: Path, job: ProofJob, inputs: str) -> tuple[tuple[str, bytes], ...] | None:
    """The former build's proof where its inputs were the same, else None."""
    if _former(output, job.campaign, "proofs").get(job.design) != inputs:
        return None
    folder = output / "cards" / job.campaign
    try:
        return tuple((name, (folder / name).read_bytes()) for name in proof_names(job))
    except OSError:
        return None


def proof_names(job: ProofJob) -> tuple[str, ...]:
    """The files of a proof."""
    return tuple(f"{name}{job.mark}{ending}" for name, ending in PROOF_FILES)


def _former(output: Path, campaign: str, part: str) -> dict[str, Any]:
    try:
        return dict(json.loads((output / "cards" / campaign / JOB_FILE).read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
