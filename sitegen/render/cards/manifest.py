"""Say which page of which file is whose card, where it lies on the sheets, and in what state it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from hashlib import sha256
from io import StringIO
from operator import itemgetter

from sitegen.model.card import Card
from sitegen.render.cards.imposition.order import Position
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.writing import cleaned
from sitegen.render.spreadsheet import guarded

COLUMNS = ("record", "customer_id", "name", "file", "page", "sheet", "position", "bundle", "design",
           "content_sha256", "link_sha256", "status")  # fmt: skip
_NOTHING = ("",) * (len(COLUMNS) - 3)
_NOT_CONTENT = frozenset({"record", "customer_id", "link", "code"})


class Status(StrEnum):
    """What became of a card."""

    MADE = "made"
    REFUSED = "refused"
    REPRINTED = "reprinted"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One card in a print file: `page` is the number of its front page, counted from 1."""

    record: int
    customer_id: str
    name: str
    page: int
    content_sha256: str
    link_sha256: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of cards beside their print files, by record: the front's place on the sheets (where they are
    imposed), the postal bundle, and the records that were printed again."""

    places: Mapping[int, Position] = field(default_factory=dict)
    bundles: Mapping[int, str] = field(default_factory=dict)
    reprinted: frozenset[int] = frozenset()


def record_of(card: Card, page: int) -> PageRecord:
    """The manifest's line for a card. Neither link nor code can be read back from it.

    The content's hash covers all that may be written on the card, and its link; the number of the record may change.
    """
    values = (getattr(card, one.name) for one in fields(card) if one.name not in _NOT_CONTENT)
    parts = ("\x1e".join(value) if isinstance(value, tuple) else str(value) for value in values)
    content = _digest("\x1f".join((*parts, _digest(card.link))))
    return PageRecord(card.record, card.customer_id, card.name, page, content, _digest(card.link) if card.link else "")


def page_records(cards: tuple[Card, ...]) -> tuple[PageRecord, ...]:
    """The lines of a print file that holds these cards, two pages each, in this order."""
    return tuple(record_of(cleaned(card), 2 * number + 1) for number, card in enumerate(cards))


def manifest(
    files: Iterable[tuple[str, str, tuple[PageRecord, ...]]],
    refused: Iterable[Refused] = (),
    known: Whereabouts | None = None,
) -> bytes:
    """manifest.csv of a campaign (UTF-8, a line per card in the order of records, the head in COLUMNS).

    `files` holds name, design and cards of each print file; `refused` what was left out of them. It names customers,
    so it is as private as the cards: output/cards has mode 700 and is never deployed. A print house needs names to find
    a spoiled card; links and codes, which would open doors, it gets as hashes only. Names and ids that a spreadsheet
    would calculate have an apostrophe before them.
    """
    known = known or Whereabouts()
    made = [_line(page, (file, design), known) for file, design, pages in files for page in pages]
    left_out = dict.fromkeys((one.record, guarded(one.customer_id)) for one in refused if one.record)
    made += [(*who, *_NOTHING, Status.REFUSED) for who in left_out]
    made.sort(key=itemgetter(0))
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(made)
    return text.getvalue().encode()


def _line(page: PageRecord, file: tuple[str, str], known: Whereabouts) -> tuple[int | str, ...]:
    place = known.places.get(page.record)
    sheet, position = (str(place.sheet), f"row {place.row}, column {place.column}") if place else ("", "")
    status = Status.REPRINTED if page.record in known.reprinted else Status.MADE
    return (page.record, guarded(page.customer_id), guarded(page.name), file[0], page.page, sheet, position,
            known.bundles.get(page.record, ""), file[1], page.content_sha256, page.link_sha256, status)  # fmt: skip


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
