"""Make the name of a file of what people call a thing."""

from __future__ import annotations

import re
import unicodedata

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"})
ENDINGS = (".md", ".yaml", ".yml")


def slug(name: str) -> str:
    """The name in small letters, with hyphens for all that is no letter or digit: "Grüße im März" is gruesse-im-maerz.

    Letters lose their accents; those of other scripts stay. "" where nothing is left.
    """
    name = next((name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending)), name)
    small = unicodedata.normalize("NFC", name).lower().translate(SPELLED_OUT)
    plain = "".join(_plain(letter) for letter in small).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    # Marks of other scripts are letters to their readers: only Latin ones are accents.
    return parts[0] if parts[0].isascii() and all(map(unicodedata.combining, parts[1:])) else letter
