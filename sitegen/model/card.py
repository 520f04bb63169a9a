"""Card designs: a sheet of paper, its art, and what is written on it; and the card of one customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which page of a card."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on one side. Millimetres; x to the right and y down from the top left corner of the trim."""

    side: Side
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one text stands.

    `sizes` is the ladder of type sizes in points, largest first: a text that is too long is set in the next
    smaller one, and refused after the last. A slot of one line never breaks it.
    """

    name: str
    box: Box
    sizes: tuple[float, ...]
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class CardDesign:
    """A design of the theme, read whole.

    Lengths are millimetres. `template` is the Jinja source of card.html (two pages, front and back), `style` the
    CSS of card.css, `files` the images and fonts that either names, by the path that they use. `art` names the
    picture of each side among the files: it covers the bleed and is drawn once, under the text. `qr` is the square
    of the member's code with its quiet zone, or None where the design shows no code.
    """

    name: str
    title: str
    kinds: tuple[str, ...]
    width: float
    height: float
    bleed: float
    safe: float
    template: str
    style: str
    files: Mapping[str, bytes]
    slots: tuple[Slot, ...]
    art: Mapping[Side, str]
    qr: Box | None


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on the card of one customer: a view with the fields that a card may show.

    `greeting` is trusted HTML: paragraphs, strong, em and br of the merged body; everything else is plain text.
    `lines` is the postal address. `link` is the member's link, an absolute https URL, or "" for a card without a
    QR code; `code` is the same code in groups, to be typed, or "".
    """

    record: int
    customer_id: str
    name: str
    lines: tuple[str, ...]
    greeting: str
    link: str
    code: str
    adviser: str
    adviser_title: str
    adviser_phone: str
    store: str
    shop: str
    hotline: str
    language: str
