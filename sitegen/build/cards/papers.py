"""Everything that goes with a campaign's print files: manifest, summary, refusals, deliveries, slips, proof."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

from sitegen.build.cards.folders import JOB_FILE, card_folder
from sitegen.build.cards.print_job import Job, ProofJob, Stock, libraries, proof_mark
from sitegen.build.cards.print_line import Printed
from sitegen.build.cards.print_shop import Proof
from sitegen.build.post.messages import Desk
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.gift import Slip
from sitegen.render.cards.imposition.order import Position
from sitegen.render.cards.job_summary import Job as Summary
from sitegen.render.cards.job_summary import JobFile, job_summary
from sitegen.render.cards.manifest import PageRecord, Whereabouts, manifest, page_records
from sitegen.render.cards.proof_picks import ProofPicker
from sitegen.render.cards.refusal import Refused, report

DELIVERIES = "deliveries.jsonl"
"""What `cards --printed` writes into the ledger: a line for each card."""


@dataclass(slots=True, eq=False)
class Papers:
    """Collects what is told of a campaign's cards while its print files pass by.

    `lost` counts the cards that can't be printed for the fault of another card of their file, or of their design.
    """

    desk: Desk
    campaign: Campaign
    stock: Stock
    refused: list[Refused] = field(default_factory=list)
    lost: int = 0
    files: list[JobFile] = field(default_factory=list)
    pages: list[tuple[str, str, tuple[PageRecord, ...]]] = field(default_factory=list)
    places: dict[int, Position] = field(default_factory=dict)
    bundles: dict[int, str] = field(default_factory=dict)
    deliveries: list[bytes] = field(default_factory=list)
    pickers: dict[str, ProofPicker] = field(default_factory=dict)
    packed: dict[str, list[Card]] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    proofs: dict[str, str] = field(default_factory=dict)
    picture: str = ""

    @property
    def folder(self) -> str:
        """Where all of it stands, below output/cards."""
        return card_folder(self.campaign, self.desk.order.first)

    def put(self, printed: Printed) -> Iterator[PrivateArtifact]:
        """Take a print file in, and give it on."""
        job, made = printed.job, printed.made
        self.refused += made.refused
        known = {*(card.record for card in made.cards), *(one.record for one in made.refused)}
        self.lost += sum(card.record not in known for card in job.cards)
        if not made.cards:
            return
        self._note(job, made.cards)
        languages = Counter(card.language for card in made.cards)
        first, last = made.cards[0].record, made.cards[-1].record
        digest = sha256(made.pdf).hexdigest()
        # A file that lacks cards is never taken over: the next build may print them, or must refuse them again.
        inputs = "" if made.refused else printed.key
        self.files.append(JobFile(job.file, job.design, first, last, languages, inputs, digest))
        yield self._file(job.file, made.pdf)
        for name, content in made.others:
            yield self._file(f"{name}/{job.file}", content)
        if self.stock.sheet:
            # Only who imposes pays for the layout's arithmetic.
            from sitegen.build.cards.printing import places  # noqa: PLC0415 - it imports WeasyPrint

            self.places |= places(self.stock, self.stock.designs[job.design], made.cards)

    def look(self, job: Job) -> None:
        """Consider the cards of a job for the proof."""
        picker = self.pickers.setdefault(job.design, ProofPicker(job.campaign))
        for card in job.cards:
            picker.look(card)

    def _note(self, job: Job, cards: tuple[Card, ...]) -> None:
        self.pages.append((job.file, job.design, page_records(cards)))
        picker = self.pickers.setdefault(job.design, ProofPicker(job.campaign))
        days = dict(zip((card.record for card in job.cards), job.days, strict=True))
        bundles = dict(zip((card.record for card in job.cards), job.bundles, strict=True))
        self.slips += [slip for slip in job.slips if slip.record in {card.record for card in cards}]
        if self.desk.order.printing.package:
            self.packed.setdefault(job.design, []).extend(cards)
        for card in cards:
            picker.look(card)
            self.bundles[card.record] = bundles[card.record]
            self.deliveries.append(_delivery(card, days[card.record], job.design))

    def proof_jobs(self) -> Iterator[ProofJob]:
        """A proof for each design of which there are cards."""
        instant = datetime.fromtimestamp(self.desk.order.instant, UTC)
        for design, picker in self.pickers.items():
            mark = f"-{design}" if len(self.pickers) > 1 else ""
            shop, title = self.desk.project.shop.name, self.campaign.title
            pictures = bool(self.desk.order.printing.campaign)
            yield ProofJob(self.campaign.id, self.folder, mark, title, shop, design, picker.picked(), pictures, instant)

    def put_proof(self, job: ProofJob, proof: Proof) -> Iterator[PrivateArtifact]:
        """Take a proof's files in, and give them on."""
        self.proofs[job.design] = proof_mark(proof.key, proof.files)
        for name, content in proof.files:
            self.picture = self.picture or (name if name.startswith("contact-sheet") else "")
            yield self._file(name, content)

    def packages(self) -> Iterator[PrivateArtifact]:
        """Art, data and a sample of each design, where they are asked for."""
        instant = datetime.fromtimestamp(self.desk.order.instant, UTC)
        for design, cards in self.packed.items():
            # Only who makes packages pays for WeasyPrint's import in this process.
            from sitegen.build.cards.printing import packed  # noqa: PLC0415 - it imports WeasyPrint

            yield self._file(f"package-{design}.zip", packed(self.stock, design, cards, (self.campaign, instant)))

    def artifacts(self) -> Iterator[PrivateArtifact]:
        """Manifest, deliveries, summary, what was left out, and the slips of gifts."""
        known = Whereabouts(self.places, self.bundles)
        left_out = len({one.record for one in self.refused})
        instant = datetime.fromtimestamp(self.desk.order.instant, UTC)
        about = Summary(
            campaign=self.campaign.id,
            title=self.campaign.title,
            print_house=self.stock.house.name,
            instant=instant,
            versions=libraries(),
            picture=self.picture,
            proofs=self.proofs,
        )
        yield self._file("manifest.csv", manifest(self.pages, self.refused, known))
        yield self._file(DELIVERIES, b"".join(self.deliveries))
        if self.refused:
            yield self._file("refused.csv", report(self.refused))
        if self.slips:
            yield self._file("slips.pdf", self._slips(instant))
        yield self._file(JOB_FILE, job_summary(about, self.files, left_out, 0))

    def _slips(self, instant: datetime) -> bytes:
        # Only a build that prints gifts pays for WeasyPrint's import in this process.
        from sitegen.render.cards.slips import slip_file  # noqa: PLC0415 - it imports WeasyPrint

        design = self.stock.designs[self.files[0].design]
        return slip_file(self.slips, design, self.stock.language, (self.campaign.title, instant))

    def _file(self, name: str, content: bytes) -> PrivateArtifact:
        return PrivateArtifact(f"cards/{self.folder}/{name}", content)


def _delivery(card: Card, day: date, design: str) -> bytes:
    """A line of JSON for the ledger. The address stands in it as a hash alone, of how it is written on the card.

    A gift goes to somebody who is no customer: of their address not even that stays, and the edition says which it is.
    """
    spelled = card.edition if card.giver else " ".join("\n".join((card.name, *card.lines)).casefold().split())
    value = {
        "record": card.record,
        "customer_id": card.customer_id,
        "edition": card.edition,
        "day": day.isoformat(),
        "design": design,
        "address_key": sha256(spelled.encode()).hexdigest(),
    }
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()
