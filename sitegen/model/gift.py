"""A present that a customer sends to a third person, as its card and the slip of its box tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EDITION = "/gift/"
"""Stands between campaign and number in a gift's edition, "2026/gift-card/gift/G-001": no day reads like that."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift. `name` is the recipient's, `giver` what the giver wants to be called.

    `words` are the giver's, plain text, "" where the campaign's own are printed; an empty line parts paragraphs.
    `order_id` and `wrapping` are "" where the customer file says nothing.
    """

    gift_id: str
    order_id: str
    name: str
    giver: str
    words: str
    language: str
    wrapping: str
    send_on: date


@dataclass(frozen=True, slots=True)
class Slip:
    """What one gift's slip says. `record` is the number of its card, `language` that of the card's words.

    `words` is trusted HTML, as on the card; everything else is plain text, "" where there is nothing to say. `lines`
    is the recipient's postal address; the giver's `customer_id` is told where the slip is refused, and not printed.
    """

    record: int
    customer_id: str
    gift_id: str
    order_id: str
    send_on: str
    wrapping: str
    name: str
    lines: tuple[str, ...]
    giver: str
    words: str
    language: str
