"""Print one job: check, set, read back, impose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from sitegen.build.print_job import Job, ProofJob, Stock, fingerprint, proof_names
from sitegen.build.print_shop import Made, Proof
from sitegen.model.card import Card, CardDesign
from sitegen.model.print_house import Sheet
from sitegen.render.cards.blanking import public
from sitegen.render.cards.contact_sheet import Group, contact_sheet
from sitegen.render.cards.imposition.layout import layout
from sitegen.render.cards.imposition.order import Position, positions
from sitegen.render.cards.imposition.slug import Slug
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.printing import Imprint, print_file, sheet_file
from sitegen.render.cards.proof import ProofTitle, proof_pages, voided
from sitegen.render.cards.refusal import CardsRefused, Refused, unaddressed
from sitegen.render.cards.share import SQUARE, WIDE, Said, share_image
from sitegen.render.cards.verify import verified

FONTS = (".ttf", ".otf")


def make(stock: Stock, press: Press, plate: Plate, job: Job) -> Made:
    """The job's print file, read back and found right, and its sheets where the stock has paper for them.

    Where cards may not be printed, nothing is, unless the stock says to leave them out.
    """
    chosen = replace(plate, way=Way.PAGES) if stock.whole_pages else plate
    imprint = Imprint(stock.house, job.campaign, job.title, job.instant)
    refused = list(_unaddressed(job))
    pdf = b""
    try:
        pdf = print_file(press, chosen, job.cards, imprint).pdf
    except CardsRefused as error:
        refused += error.refused
    unfit = {one.record for one in refused}
    cards = tuple(card for card in job.cards if card.record not in unfit)
    if refused and (not stock.skip_refused or 0 in unfit or not cards):
        return Made(b"", b"", (), tuple(refused))
    if refused:
        pdf = print_file(press, chosen, cards, imprint).pdf
    if faults := verified(pdf, cards, press):
        return Made(b"", b"", (), faults)
    try:
        sheets = _sheets(stock.sheet, press.design, job, cards, (pdf, imprint)) if stock.sheet else b""
    except CardsRefused as error:
        return Made(b"", b"", (), error.refused)
    return Made(pdf, sheets, cards, tuple(refused))


def places(stock: Stock, design: CardDesign, cards: tuple[Card, ...]) -> dict[int, Position]:
    """Where the front of each card lies on the sheets, by record; nothing where there are none."""
    if stock.sheet is None:
        return {}
    plan = layout(stock.sheet, design.width, design.height, stock.house.bleed, len(cards))
    return {card.record: front for card, (front, _) in zip(cards, positions(plan), strict=True)}


def _unaddressed(job: Job) -> Iterator[Refused]:
    for card, lacks in zip(job.cards, job.lacking, strict=True):
        yield from unaddressed(card.record, card.customer_id, lacks)


def _sheets(sheet: Sheet, design: CardDesign, job: Job, cards: tuple[Card, ...], made: tuple[bytes, Imprint]) -> bytes:
    name = sha256(f"{job.campaign}/{job.file}".encode()).hexdigest()[:8].upper()
    fonts = tuple(content for path, content in sorted(design.files.items()) if path.endswith(FONTS))
    about = Slug(name, job.title, tuple(card.record for card in cards), fonts)
    return sheet_file(made[0], sheet, about, design.fold, made[1])


def prove(stock: Stock, press: Press, plate: Plate, job: ProofJob) -> Proof:
    """The proof of the picked cards, their members' codes made void, as pages and as one picture; and the campaign's
    pictures for sharing. What the house says of files holds here too.
    """
    imprint = Imprint(stock.house, job.campaign, job.title, job.instant)
    picked = print_file(press, plate, tuple(voided(pick.card) for pick in job.picks), imprint).pdf
    first = job.picks[0].card
    nameless = prepared(public(press, first))
    shown = print_file(nameless, plate, (voided(first),), imprint).pdf
    said = Said(job.title, job.shop, first.language)
    made = (
        proof_pages(picked, job.picks, press, ProofTitle(job.title, job.instant)),
        contact_sheet([Group(picked, job.picks, press.design)], job.title, press),
        share_image(shown, said, WIDE, press),
        share_image(shown, said, SQUARE, press),
    )
    return Proof(fingerprint(job, stock), tuple(zip(proof_names(job), made, strict=True)))
