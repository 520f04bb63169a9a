"""Print files to be made: what they are made of, by which they are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sitegen.build.cards.folders import JOB_FILE
from sitegen.build.order import GENERATOR, PrintOrder
from sitegen.data.checking.codes import country_code
from sitegen.data.postal import postal_lines
from sitegen.model.card import Card, CardDesign
from sitegen.model.gift import Slip
from sitegen.model.postal import Address, Addressee
from sitegen.model.print_house import PrintHouse, Sheet
from sitegen.model.project import Project
from sitegen.model.shop import Shop
from sitegen.render.cards.proof_picks import Pick

PROOF_FILES = (("proof", ".pdf"), ("contact-sheet", ".png"), ("share-wide", ".png"), ("share-square", ".png"))
"""Names and endings of a proof's files."""
LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "zxing-cpp", "fonttools")


@dataclass(frozen=True, slots=True)
class Job:
    """One print file to be made: the cards of one design, with what is wrong with their addresses.

    `folder` is where it stands below output/cards, `design` the design's name. For each card in order, `lacking` holds
    what its postal address lacks, in words, `bundles` the bundle of the post, `days` the planned day. `slips` are those
    of the cards that go with gifts.
    """

    campaign: str
    folder: str
    file: str
    title: str
    design: str
    cards: tuple[Card, ...]
    lacking: tuple[tuple[str, ...], ...]
    bundles: tuple[str, ...]
    days: tuple[date, ...]
    instant: datetime
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofJob:
    """A proof to be made: the cards of one campaign and design that somebody should look at.

    `folder` is where it stands below output/cards, `mark` stands in the names of its files where a campaign has several
    designs. `pictures`: with a contact sheet and pictures for sharing; they take longer than the proof itself.
    """

    campaign: str
    folder: str
    mark: str
    title: str
    shop: str
    design: str
    picks: tuple[Pick, ...]
    pictures: bool
    instant: datetime


@dataclass(frozen=True, slots=True)
class Stock:
    """What all print files of a build are printed with: `digests` of the designs by name, the house, the sheets.

    `whole_pages`: by the reference engine, whatever the design; `skip_refused`: leave out what may not be printed.
    `labels` and `envelopes` name the stock for addresses, "" for none; `labels_start` is the first free label of the
    first sheet. `sender` stands on envelopes; `language` is spoken where they are packed.
    """

    designs: Mapping[str, CardDesign]
    digests: Mapping[str, str]
    house: PrintHouse
    sheet: Sheet | None
    whole_pages: bool
    skip_refused: bool
    labels: str
    labels_start: int
    envelopes: str
    sender: Addressee
    language: str

    @property
    def others(self) -> Mapping[str, str]:
        """The files beside each print file by their names, with a mark of what each is made on."""
        labels = (self.labels, self.labels_start) if self.labels else ""
        wanted = {"sheets": self.sheet, "labels": labels, "envelopes": self.envelopes}
        return {name: hashlib.sha256(repr(on).encode()).hexdigest()[:16] for name, on in wanted.items() if on}


def stock(project: Project, printing: PrintOrder) -> Stock:
    """What an order prints with."""
    designs = {design.name: design for design in project.theme.designs}
    return Stock(
        designs=designs,
        digests={name: _digest_of(design) for name, design in designs.items()},
        house=project.print_house,
        sheet=printing.sheet or project.print_house.sheet,
        whole_pages=printing.whole_pages,
        skip_refused=printing.skip_refused,
        labels=printing.labels,
        labels_start=printing.labels_start,
        envelopes=printing.envelopes,
        sender=_sender(project.shop),
        language=project.shop.language,
    )


def _sender(shop: Shop) -> Addressee:
    home = country_code(shop.address.country)
    own = Address(shop.address.street, shop.address.postcode, shop.address.city, region="", country=home)
    return Addressee(0, "", shop.name, tuple(postal_lines(own, home).split("\n")), home)


def libraries() -> Mapping[str, str]:
    """The versions of everything that a print file's bytes depend on."""
    return {"sitegen": GENERATOR.partition(" ")[2], **{name: version(name) for name in LIBRARIES}}


def fingerprint(job: Job | ProofJob, made_with: Stock) -> str:
    """SHA-256 (hexadecimal) of everything that the bytes of a job's files depend on."""
    house = repr((made_with.house, made_with.whole_pages, made_with.sender, made_with.language))
    parts = (repr(job), made_with.digests[job.design], house)
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
    kept = _former(output, job.folder, "files").get(job.file)
    try:
        content = (output / "cards" / job.folder / job.file).read_bytes()
    except OSError:
        return None
    whole = kept and (kept["inputs"], kept["content"]) == (inputs, hashlib.sha256(content).hexdigest())
    return content if whole else None


def former_proof(output: Path, job: ProofJob, inputs: str) -> tuple[tuple[str, bytes], ...] | None:
    """The former build's proof where its inputs were the same and its bytes are whole, else None."""
    folder = output / "cards" / job.folder
    try:
        files = tuple((name, (folder / name).read_bytes()) for name in proof_names(job))
    except OSError:
        return None
    return files if _former(output, job.folder, "proofs").get(job.design) == proof_mark(inputs, files) else None


def proof_mark(inputs: str, files: tuple[tuple[str, bytes], ...]) -> str:
    """By what a proof is known again (SHA-256, hexadecimal): the fingerprint of its inputs, and its files."""
    parts = (inputs, *(f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in files))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def proof_names(job: ProofJob) -> tuple[str, ...]:
    """The files of a proof."""
    files = PROOF_FILES if job.pictures else PROOF_FILES[:1]
    return tuple(f"{name}{job.mark}{ending}" for name, ending in files)


def _former(output: Path, folder: str, part: str) -> dict[str, Any]:
    try:
        return dict(json.loads((output / "cards" / folder / JOB_FILE).read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
