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


class Axis(StrEnum):
    """Which way a fold runs."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a card is folded once: millimetres from the left (vertical) or the top (horizontal) of its front page."""

    axis: Axis
    at: float


@dataclass(frozen=True, slots=True)
class CardDesign:
    """A design of the theme, read whole.

    Lengths are millimetres. `template` is the Jinja source of card.html (two pages, front and back), `style` the
    CSS of card.css, `files` the images and fonts that either names, by the path that they use. `art` names the
    picture of each side among the files: it covers the bleed and is drawn once, under the text. `qr` is the square
    of the member's code with its quiet zone, or None where the design shows no code. A folded card's two pages are
    its open sheet: FRONT the outside (back cover and front cover), BACK the inside.
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
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on the card of one customer: a view with the fields that a card may show.

    `greeting` is trusted HTML: paragraphs, strong, em and br of the merged body; everything else is plain text.
    `lines` is the postal address. `link` is the member's link, an absolute https URL, or "" for a card without a
    QR code; `code` is the same code in groups, to be typed, or "". `tier` and `since` (a day, in words) are the
    member's; `giver` is who gives, on a card for a third person. `shop_lines` is the shop's own postal address, `site`
    its web address as people say it, without scheme. `country` (ISO 3166-1 alpha-2) is where the card goes;
    `edition` is the issue of the campaign, of which a customer has one card. All of these are "" or () where there is
    nothing to say.
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
    tier: str = ""
    since: str = ""
    giver: str = ""
    shop_lines: tuple[str, ...] = ()
    site: str = ""
    country: str = ""
    edition: str = ""
