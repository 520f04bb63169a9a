"""Print one job: check, set, read back, impose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sitegen.build.cards.print_job import Job, ProofJob, Stock, fingerprint, proof_names
from sitegen.build.cards.print_shop import Made, Proof
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.blanking import blank, public
from sitegen.render.cards.blocks import Printing
from sitegen.render.cards.compile import plate
from sitegen.render.cards.contact_sheet import Group, contact_sheet
from sitegen.render.cards.envelopes import envelopes
from sitegen.render.cards.imposition.layout import layout
from sitegen.render.cards.imposition.order import Position, positions
from sitegen.render.cards.imposition.slug import Slug
from sitegen.render.cards.labels import addressee, labels
from sitegen.render.cards.package import Pages, package
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.preflight.refusals import refusals
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.printing import Imprint, finished, print_file, sheet_file
from sitegen.render.cards.proof import ProofTitle, proof_pages, voided
from sitegen.render.cards.refusal import CardsRefused, Refused, unaddressed
from sitegen.render.cards.share import SQUARE, WIDE, Said, share_image
from sitegen.render.cards.slips import unfit
from sitegen.render.cards.stationery import ENVELOPES, LABELS
from sitegen.render.cards.typecase import address_fonts
from sitegen.render.cards.verify import verified

FONTS = (".ttf", ".otf")


def make(stock: Stock, press: Press, compiled: Plate, job: Job) -> Made:
    """The job's print file, read back and found right, and its sheets where the stock has paper for them.

    Where cards may not be printed, nothing is, unless the stock says to leave them out.
    """
    chosen = replace(compiled, way=Way.PAGES) if stock.whole_pages else compiled
    imprint = Imprint(stock.house, job.campaign, job.title, job.instant)
    refused = [*_unaddressed(job), *_unpacked(stock, press.design, job)]
    pdf = b""
    try:
        pdf = print_file(press, chosen, job.cards, imprint).pdf
    except CardsRefused as error:
        refused += error.refused
    unfit = {one.record for one in refused}
    cards = tuple(card for card in job.cards if card.record not in unfit)
    if refused and (not stock.skip_refused or 0 in unfit or not cards):
        return Made(b"", (), (), tuple(refused))
    if refused:
        pdf = print_file(press, chosen, cards, imprint).pdf
    if faults := verified(pdf, cards, press) or refusals(pdf, press.design, cards, stock.house):
        return Made(b"", (), (), faults)
    try:
        others = tuple(_others(stock, press.design, job, cards, (pdf, imprint)))
    except CardsRefused as error:
        return Made(b"", (), (), error.refused)
    return Made(pdf, others, cards, tuple(refused))


def places(stock: Stock, design: CardDesign, cards: tuple[Card, ...]) -> dict[int, Position]:
    """Where the front of each card lies on the sheets, by record; nothing where there are none."""
    if stock.sheet is None:
        return {}
    plan = layout(stock.sheet, design.width, design.height, stock.house.bleed, len(cards))
    return {card.record: front for card, (front, _) in zip(cards, positions(plan), strict=True)}


def _unaddressed(job: Job) -> Iterator[Refused]:
    for card, lacks in zip(job.cards, job.lacking, strict=True):
        yield from unaddressed(card.record, card.customer_id, lacks)


def _unpacked(stock: Stock, design: CardDesign, job: Job) -> tuple[Refused, ...]:
    """Cards of gifts whose slips can't be printed: nobody could pack the box."""
    return unfit(job.slips, design, stock.language) if job.slips else ()


def _others(
    stock: Stock, design: CardDesign, job: Job, cards: tuple[Card, ...], made: tuple[bytes, Imprint]
) -> Iterator[tuple[str, bytes]]:
    """What is wanted beside the print file: the name of each in OTHERS, and its bytes."""
    pdf, imprint = made
    if stock.sheet:
        name = sha256(f"{job.folder}/{job.file}".encode()).hexdigest()[:8].upper()
        fonts = tuple(content for path, content in sorted(design.files.items()) if path.endswith(FONTS))
        about = Slug(name, job.title, tuple(card.record for card in cards), fonts)
        yield "sheets", sheet_file(pdf, stock.sheet, about, design.fold, imprint)
    printing = Printing(address_fonts(design.files), job.title, job.instant)
    if stock.labels:
        start = stock.labels_start if job.cards[0].record == 1 else 1
        yield "labels", finished(labels(map(addressee, cards), LABELS[stock.labels], printing, start), imprint)
    if stock.envelopes:
        kind = ENVELOPES[stock.envelopes]
        yield "envelopes", finished(envelopes(map(addressee, cards), stock.sender, kind, printing), imprint)


def prove(stock: Stock, press: Press, compiled: Plate, job: ProofJob) -> Proof:
    """The proof of the picked cards, their members' codes made void, as pages; where they are wanted, as one picture
    too, with the campaign's pictures for sharing. What the house says of files holds here too.
    """
    imprint = Imprint(stock.house, job.campaign, job.title, job.instant)
    picked = print_file(press, compiled, tuple(voided(pick.card) for pick in job.picks), imprint).pdf
    made = [proof_pages(picked, job.picks, press, ProofTitle(job.title, job.instant))]
    if job.pictures:
        made.append(contact_sheet([Group(picked, job.picks, press.design)], job.title, press))
        made += _shared(press, compiled, job, imprint)
    return Proof(fingerprint(job, stock), tuple(zip(proof_names(job), made, strict=True)))


def _shared(press: Press, compiled: Plate, job: ProofJob, imprint: Imprint) -> Iterator[bytes]:
    first = job.picks[0].card
    shown = print_file(prepared(public(press, first)), compiled, (voided(first),), imprint).pdf
    said = Said(job.title, job.shop, first.language)
    yield share_image(shown, said, WIDE, press)
    yield share_image(shown, said, SQUARE, press)


def packed(stock: Stock, design: str, cards: Sequence[Card], about: tuple[Campaign, datetime]) -> bytes:
    """The package for a house that merges by itself: art, data, and one card whose code opens no door."""
    campaign, instant = about
    imprint = Imprint(stock.house, campaign.id, campaign.title, instant)
    press = prepared(stock.designs[design])
    made, sample = plate(press), voided(cards[0])
    art = print_file(prepared(blank(press, sample)), made, (sample,), imprint).pdf
    return package(press, cards, Pages(art, print_file(press, made, (sample,), imprint).pdf), campaign.title)
