"""Which characters the fonts of a design can print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from urllib.parse import unquote, urljoin

from fontTools.ttLib import TTFont

from sitegen.model.card import CardDesign
from sitegen.render.cards.fetcher import BASE

_TAG = re.compile(r"<[^>]*>")
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_FONT_NAMES = (".ttf", ".otf")
_NO_GLYPH_NEEDED = frozenset("\u00ad \u00a0\n")
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
MOST_MARKS = 3


def printable(design: CardDesign) -> frozenset[str]:
    """Every character that at least one font of the design has, by its cmap."""
    return frozenset(chr(point) for font in _fonts(design) for point in font.getBestCmap())


def families(design: CardDesign) -> frozenset[str]:
    """The family names that the design's font files give themselves."""
    named = (font["name"].getDebugName(key) for font in _fonts(design) for key in (_FAMILY, _TYPOGRAPHIC_FAMILY))
    return frozenset(name for name in named if name)


def alike(design: CardDesign) -> Iterator[tuple[str, ...]]:
    """Characters that share a glyph in one of the design's fonts, in groups of two or more."""
    for font in _fonts(design):
        shapes: dict[str, list[str]] = {}
        for point, glyph in font.getBestCmap().items():
            shapes.setdefault(glyph, []).append(chr(point))
        yield from (tuple(same) for same in shapes.values() if len(same) > 1)


def lacking(content: str, known: frozenset[str]) -> str:
    """The characters of a text (HTML, as it will be set) outside `known`, in words; "" where there are none."""
    text = unescape(_TAG.sub("", content))
    strange = sorted(set(text) - known - _NO_GLYPH_NEEDED)
    return ", ".join(f"'{character}' (U+{ord(character):04X}{_named(character)})" for character in strange)


def heaped(content: str) -> str:
    """What is wrong with a text whose letters carry more marks than stand in a line, in words; "" for nothing.

    The marks would reach into the lines above and below. No language writes more than MOST_MARKS (Unicode calls text
    safe below 30, for computers; Vietnamese, once composed, needs one, and Hebrew with all points three).
    """
    marks = 0
    for character in unescape(content) if not content.isascii() else "":
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks > MOST_MARKS:
            return f"a letter carries more than {MOST_MARKS} marks"
    return ""


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" {name.lower()}" if name and not name.startswith("CJK") else ""


def _fonts(design: CardDesign) -> Iterator[TTFont]:
    """The fonts that the design's style loads: a theme may have more, but what is set can't fall back on those."""
    loaded = {unquote(urljoin(BASE, url).removeprefix(BASE)).partition("?")[0] for url in _URL.findall(design.style)}
    for path, content in sorted(design.files.items()):
        if path in loaded and path.lower().endswith(_FONT_NAMES):
            yield TTFont(BytesIO(content), lazy=True)
