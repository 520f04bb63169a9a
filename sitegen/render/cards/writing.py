"""Make the texts of a card safe to set: one normal form, no control and no direction characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from functools import lru_cache

from sitegen.model.card import Card

SOFT_HYPHEN = "\u00ad"
_BREAKS = frozenset("\t\n\r\v\f\u0085\u2028\u2029")


def cleaned(card: Card) -> Card:
    """The card with every text cleaned; numbers stay."""
    changes: dict[str, str | tuple[str, ...]] = {}
    for field in fields(card):
        value: object = getattr(card, field.name)
        if isinstance(value, str):
            changes[field.name] = clean(value)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(clean(str(line)) for line in value)
    return replace(card, **changes)  # type: ignore[arg-type]


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """Composed characters (NFC), white space as single spaces, without control, format and bidi characters.

    A right-to-left override in a name could turn the words of a whole line around; tabs and null bytes have no
    shape. Soft hyphens stay, since writers put them into long words on purpose.
    """
    spaced = (" " if character in _BREAKS else character for character in text)
    kept = "".join(character for character in spaced if _has_shape(character))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", kept)).strip()


def _has_shape(character: str) -> bool:
    return character == SOFT_HYPHEN or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
