"""The alphabet of text messages: what it holds, what it costs to leave it, and how many segments a text takes."""

from __future__ import annotations

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""The default alphabet of 3GPP TS 23.038 (GSM 03.38); an extended character takes two places."""

ALONE, JOINED = 160, 153
ALONE_UCS2, JOINED_UCS2 = 70, 67
"""Places of a text that is alone, and of each part of a longer one, whose header takes the rest (3GPP TS 23.040)."""

_PLAINER = {
    **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
    **dict.fromkeys("“”„‟″«»‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−•·", "-"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\u00ad\ufeff\ufe0e\ufe0f", ""),
    **dict(zip("⁄×łŁđĐı", "/xlLdDi", strict=True)),
    "œ": "oe",
    "Œ": "OE",
}
"""What a decomposition does not know; spaces, dots and accents come from Unicode's own (NFKD)."""


def forcing_character(text: str) -> str:
    """The first character outside the default alphabet, or "": one of them makes the whole text UCS-2."""
    return next((character for character in text if is_forcing(character)), "")


def is_forcing(character: str) -> bool:
    """Whether the default alphabet lacks a character."""
    return character not in BASIC and character not in EXTENDED


def segments(text: str) -> int:
    """How many messages the text takes: 160 places in one or 153 in each of several, in UCS-2 70 or 67.

    A character of two places (an extended one, or one beyond U+FFFF) is never cut in two.
    """
    if forcing_character(text):
        return _segments([2 if ord(character) > 0xFFFF else 1 for character in text], ALONE_UCS2, JOINED_UCS2)
    return _segments([2 if character in EXTENDED else 1 for character in text], ALONE, JOINED)


def _segments(places: list[int], alone: int, joined: int) -> int:
    if sum(places) <= alone:
        return 1
    count, used = 1, 0
    for width in places:
        if used + width > joined:
            count, used = count + 1, 0
        used += width
    return count


def plainer(character: str) -> str | None:
    """What says the same in the default alphabet (a dash "-", a hard space " ", ç "c"), None where nothing does."""
    if character in _PLAINER:
        return _PLAINER[character]
    parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    said = "".join(_PLAINER.get(part, part) for part in parts)
    return said if said and not forcing_character(said) else None


def name(character: str) -> str:
    """The character as one can look it up: `’ U+2019 RIGHT SINGLE QUOTATION MARK`."""
    shown = character if character.isprintable() and not character.isspace() else ""
    return f"{shown} U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
