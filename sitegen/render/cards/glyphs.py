"""Which characters the fonts of a design can print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO

from fontTools.ttLib import TTFont

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.refusal import Refused

_FONT_NAMES = (".ttf", ".otf")
_NO_GLYPH_NEEDED = frozenset("\u00ad \u00a0\n")
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16


def printable(design: CardDesign) -> frozenset[str]:
    """Every character that at least one font of the design has, by its cmap."""
    return frozenset(chr(point) for font in _fonts(design) for point in font.getBestCmap())


def families(design: CardDesign) -> frozenset[str]:
    """The family names that the design's font files give themselves."""
    named = (font["name"].getDebugName(key) for font in _fonts(design) for key in (_FAMILY, _TYPOGRAPHIC_FAMILY))
    return frozenset(name for name in named if name)


def missing(card: Card, texts: Iterable[tuple[str, str]], known: frozenset[str]) -> Iterator[Refused]:
    """A refusal for each text (slot and HTML, as it will be set) with characters outside `known`."""
    for slot, content in texts:
        text = unescape(re.sub(r"<[^>]*>", "", content))
        lacking = sorted(character for character in set(text) - known - _NO_GLYPH_NEEDED)
        if lacking:
            named = ", ".join(f"'{character}' (U+{ord(character):04X}{_named(character)})" for character in lacking)
            advice = "write it in another way, or add a font with this character to the design's fonts"
            yield Refused(card.record, card.customer_id, slot, f"no font of the design has {named}", advice)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" {name.lower()}" if name and not name.startswith("CJK") else ""


def _fonts(design: CardDesign) -> Iterator[TTFont]:
    for path, content in sorted(design.files.items()):
        if path.lower().endswith(_FONT_NAMES):
            yield TTFont(BytesIO(content), lazy=True)
