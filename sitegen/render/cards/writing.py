"""Make the texts of a card safe to set: one normal form, no control and no direction characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace

from sitegen.model.card import Card

SOFT_HYPHEN = "\u00ad"
_NO_BREAK_SPACE = "\u00a0"
_SPACES = {
    **dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006", " "),
    **dict.fromkeys("\u2008\u2009\u200a\u205f", " "),
    **dict.fromkeys("\u2007\u202f", _NO_BREAK_SPACE),
}
"""Breaks and narrow spaces, which fonts for letters seldom have: numbers in French come with U+202F."""
_FIELDS = tuple(field.name for field in fields(Card))


def cleaned(card: Card) -> Card:
    """The card with every text cleaned; numbers stay. A card that is clean comes back itself."""
    changes: dict[str, str | tuple[str, ...]] = {}
    for name in _FIELDS:
        value: object = getattr(card, name)
        if isinstance(value, str):
            if (text := clean(value)) != value:
                changes[name] = text
        elif isinstance(value, tuple) and (lines := tuple(clean(str(line)) for line in value)) != value:
            changes[name] = lines
    return replace(card, **changes) if changes else card  # type: ignore[arg-type]


def clean(text: str) -> str:
    """Composed characters (NFC), white space as single spaces, without control, format and bidi characters.

    A right-to-left override in a name could turn the words of a whole line around; tabs and null bytes have no
    shape. Soft hyphens stay, since writers put them into long words on purpose.
    """
    # Nearly all texts are clean, and every card asks for twenty of them, more than once.
    if text.isprintable() and "  " not in text and text == text.strip() and unicodedata.is_normalized("NFC", text):
        return text
    spaced = (_SPACES.get(character, character) for character in text)
    kept = "".join(character for character in spaced if _has_shape(character))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", kept)).strip()


def _has_shape(character: str) -> bool:
    return character == SOFT_HYPHEN or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
