"""Say which page of which file is whose card, and in what state it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO

from sitegen.model.card import Card
from sitegen.render.cards.writing import cleaned

COLUMNS = ("record", "customer_id", "name", "file", "page", "design", "content_sha256", "link_sha256", "status")


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One card in a print file: `page` is the number of its front page, counted from 1."""

    record: int
    customer_id: str
    name: str
    page: int
    content_sha256: str
    link_sha256: str


def record_of(card: Card, page: int) -> PageRecord:
    """The manifest's line for a card. Neither link nor code can be read back from it."""
    parts = (card.name, *card.lines, card.greeting, card.adviser, card.adviser_title, card.adviser_phone,
             card.store, card.shop, card.hotline, card.language, _digest(card.link))  # fmt: skip
    link = _digest(card.link) if card.link else ""
    return PageRecord(card.record, card.customer_id, card.name, page, _digest("\x1f".join(parts)), link)


def page_records(cards: tuple[Card, ...]) -> tuple[PageRecord, ...]:
    """The lines of a print file that holds these cards, two pages each, in this order."""
    return tuple(record_of(cleaned(card), 2 * number + 1) for number, card in enumerate(cards))


def manifest(files: Iterable[tuple[str, str, tuple[PageRecord, ...]]]) -> bytes:
    """CSV (UTF-8, a line per card, the head in COLUMNS) of a campaign's print files: name, design and cards of each."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for file, design, pages in files:
        for page in pages:
            lines.writerow([page.record, page.customer_id, page.name, file, page.page, design,
                            page.content_sha256, page.link_sha256, "made"])  # fmt: skip
    return text.getvalue().encode()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
