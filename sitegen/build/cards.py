"""A campaign's cards: print files of a fixed number of records, and their manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby, islice
from multiprocessing import get_context

from sitegen.build.gifts import Packing, gift_card, words_of
from sitegen.build.messages import Desk
from sitegen.build.reprint import Job, Record, fingerprint, former_file, job_files
from sitegen.build.site import CARD_KEY
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.artifact import Artifact, PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.channel import Kind
from sitegen.model.plan import Recipient
from sitegen.model.tree import Place
from sitegen.protect.keys import require
from sitegen.protect.member_link import MemberLink, member_link
from sitegen.render.cards.manifest import PageRecord, manifest, page_records
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.greeting import greeting, greeting_template
from sitegen.render.merge import MergeTemplate
from sitegen.render.variant import variant

TOLD = 20
"""Cards of one print file that are refused one by one; the rest is a number."""
RECORDS = 500
"""Cards in one print file: a damaged file costs little, and a press still reuses the art."""
WORTH_A_PROCESS = 40
"""Fewer cards are printed before another process has even started."""


def cards(desk: Desk, lines: Iterator[Recipient], done: Callable[[], None]) -> Iterator[Artifact]:
    """Print files and a manifest for each campaign. Raises Mistakes (exit 7) with all that may not be printed."""
    card_key = require(desk.order.roots.card, CARD_KEY)
    instant = datetime.fromtimestamp(desk.order.instant, UTC)
    packing = Packing(desk)
    jobs = tuple(_jobs(desk, packing.noting(lines), card_key, instant))
    refused: list[Problem] = []
    pages: dict[str, list[tuple[str, str, tuple[PageRecord, ...]]]] = {}
    records: dict[str, dict[str, Record]] = {}
    for job, inputs, printed in _printed(desk, jobs):
        if isinstance(printed, bytes):
            pages.setdefault(job.campaign, []).append((job.file, job.design.name, page_records(job.cards)))
            records.setdefault(job.campaign, {})[job.file] = Record(inputs, sha256(printed).hexdigest())
            yield PrivateArtifact(f"cards/{job.campaign}/{job.file}", printed)
        else:
            refused.extend(_problems(desk.campaign(job.campaign), printed))
        for _ in job.cards:
            done()
    if refused:
        raise Mistakes(refused, Exit.CARD)
    for campaign, files in pages.items():
        yield PrivateArtifact(f"cards/{campaign}/manifest.csv", manifest(files))
    yield from packing.artifacts(instant)
    yield from job_files(records)


def _problems(campaign: Campaign, refused: tuple[Refused, ...]) -> Iterator[Problem]:
    place = Place(campaign.place.file)
    for one in refused[:TOLD]:
        message, _, hint = str(one).partition("\nhint: ")
        yield place.problem("card", message, hint)
    if len(refused) > TOLD:
        yield place.problem("card", f"… and {len(refused) - TOLD} more of its cards may not be printed")


def _jobs(desk: Desk, lines: Iterator[Recipient], card_key: bytes, instant: datetime) -> Iterator[Job]:
    """The print files of each campaign: one design to a file, in whose name it stands where there are several."""
    for name, group in groupby(lines, key=lambda line: line.campaign):
        campaign = desk.campaign(name)
        writer = _Writer(desk, campaign, card_key)
        for chosen, dealt in groupby(group, key=lambda line: line.design):
            design = desk.project.theme.design(chosen)
            assert design, chosen
            mark = f"-{chosen}" if len(campaign.cards) > 1 else ""
            for number, batch in enumerate(_batches(dealt), start=1):
                written = tuple(writer.card(line) for line in batch)
                yield Job(name, f"cards{mark}-{number:03d}.pdf", campaign.title, design, written, instant)


def _batches(lines: Iterator[Recipient]) -> Iterator[tuple[Recipient, ...]]:
    while batch := tuple(islice(lines, RECORDS)):
        yield batch


def _printed(desk: Desk, jobs: tuple[Job, ...]) -> Iterator[tuple[Job, str, bytes | tuple[Refused, ...]]]:
    """Each job with its inputs' fingerprint and its PDF, taken over or printed, or what was refused of it."""
    inputs = [fingerprint(job) for job in jobs]
    former = [former_file(desk.output, job, made_of) for job, made_of in zip(jobs, inputs, strict=True)]
    fresh = _fresh(tuple(job for job, kept in zip(jobs, former, strict=True) if kept is None), desk.order.processes)
    for job, made_of, kept in zip(jobs, inputs, former, strict=True):
        yield job, made_of, next(fresh) if kept is None else kept


def _fresh(jobs: tuple[Job, ...], processes: int) -> Iterator[bytes | tuple[Refused, ...]]:
    if processes < 2 or sum(len(job.cards) for job in jobs) < WORTH_A_PROCESS:
        yield from map(_print, jobs)
        return
    # WeasyPrint is not safe with threads, nor with a fork of a process that has drawn already: spawn.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_print, jobs)


def _print(job: Job) -> bytes | tuple[Refused, ...]:
    # Only a build that prints pays for WeasyPrint's import.
    from sitegen.render.cards.reference import print_file  # noqa: PLC0415

    try:
        return print_file(job.design, job.cards, job.title, job.instant).pdf
    except CardsRefused as error:
        return error.refused


@dataclass(slots=True)
class _Writer:
    """Writes the cards of one campaign, with record numbers from 1."""

    desk: Desk
    campaign: Campaign
    card_key: bytes = field(repr=False)
    record: int = 0
    greetings: dict[frozenset[str], MergeTemplate] = field(default_factory=dict)

    def card(self, line: Recipient) -> Card:
        self.record += 1
        shop = self.desk.project.shop
        link = self.link(line)
        language = self.campaign.language or shop.language
        card = Card(
            record=self.record,
            customer_id=line.customer_id,
            name=str(line.values.get("full_name", "")),
            lines=tuple(line.address.split("\n")),
            greeting=greeting(self.template(line), line, language, shop),
            link=link.url,
            code=link.grouped,
            adviser=str(line.values.get("adviser_name", "")),
            adviser_title=str(line.values.get("adviser_title", "")),
            adviser_phone=str(line.values.get("adviser_phone", "")),
            store=str(line.values.get("store_name", "")),
            shop=shop.name,
            hotline=shop.hotline.phone,
            language=language,
            edition=line.edition,
        )
        return gift_card(card, line.gift, words_of(line.gift, line, self.campaign, shop)) if line.gift else card

    def link(self, line: Recipient) -> MemberLink:
        shop = self.desk.project.shop
        if self.campaign.kind is Kind.GIFT:
            # A gift card goes to a third person: it opens nobody's door.
            return MemberLink("", "", shop.url + "/")
        return member_link(self.card_key, self.desk.lock, line.customer_id, shop.url)

    def template(self, line: Recipient) -> MergeTemplate:
        found = variant(self.campaign.body, line.segments)
        if found not in self.greetings:
            self.greetings[found] = greeting_template(self.campaign, line.segments)
        return self.greetings[found]
