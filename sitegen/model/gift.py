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
