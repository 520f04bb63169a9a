"""Take HTML, XML and SVG apart: what is read as running text, and what stands in attributes and comments."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

INSIDE = r"""[^<>"']*+(?:(?:"[^"]*"|'[^']*')[^<>"']*+)*+"""
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
DATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|time|tspan|u|var|wbr)"
    r"(?=[\s>])",
    re.IGNORECASE,
)
"""Elements that do not part two words."""
TAG = re.compile(rf"(<[/?!]?[a-zA-Z]{INSIDE}>)")
ATTRIBUTE = re.compile(r"""\s([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
PROSE = frozenset({"alt", "title", "content", "aria-label", "placeholder", "label", "summary"})
"""Attributes that hold sentences, not names."""
DIFFERENT = 20_000
"""Tags that are kept as they were read: a site has few different ones, however many pages."""
Values = tuple[tuple[str, ...], tuple[str, ...]]
"""Sentences and names of attributes."""


@dataclass(frozen=True, slots=True)
class Markup:
    """`text` reads as a person would read it, pictures by their description; `asides` are comments and attributes.

    `names` are the values of the attributes that hold no sentence.
    """

    text: str
    asides: str
    names: tuple[str, ...]


def take_apart(source: str) -> Markup:
    """The parts of a document; what is not well-formed counts as text, so nothing is passed over."""
    asides = COMMENT.findall(source) if "<!--" in source else []
    shown = COMMENT.sub(" ", source) if asides else source
    shown = DATA.sub(r" \1 ", shown) if "<![" in shown else shown
    pieces = TAG.split(shown)
    names: set[str] = set()
    tags = {tag: _read(tag) for tag in pieces[1::2]}
    for _, prose, values in tags.values():
        asides += prose
        names.update(values)
    pieces[1::2] = [tags[tag][0] for tag in pieces[1::2]]
    text = "".join(pieces)
    if "=" in text:
        # A browser reads the attributes of a tag without an end all the same; and scripts hold values too.
        prose, values = _attributes(shown if "<" in text else "<".join(pieces[::2]))
        asides += prose
        names.update(values)
    return Markup(html.unescape(text), html.unescape("\n".join(asides)), tuple(map(html.unescape, sorted(names))))


@lru_cache(DIFFERENT)
def _read(tag: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What a reader sees instead of a tag, and the sentences and names of its attributes."""
    said = " ".join(_said(found) for found in ATTRIBUTE.finditer(tag) if found[1].lower() == "alt")
    shown = "" if INLINE.match(tag) and not said else f" {said} "
    return (shown, *_attributes(tag))


def _attributes(source: str) -> Values:
    found = [(one[1], _said(one)) for one in ATTRIBUTE.finditer(source)]
    prose = tuple(value for name, value in found if name in PROSE)
    return prose, tuple(value for name, value in found if name not in PROSE)


def _said(found: re.Match[str]) -> str:
    return found[2] or found[3] or found[4] or ""
